/** What the legacy service does, seen over HTTP. */
@NullMarked
package dev.cenotaph.load.legacy;

import org.jspecify.annotations.NullMarked;
