/** The demo: the legacy service and the gateway in front of it, each in a process of its own. */
@NullMarked
package dev.cenotaph.load.demo;

import org.jspecify.annotations.NullMarked;
