/** How the demo starts, and what it says when it cannot. */
@NullMarked
package dev.cenotaph.load.demo;

import org.jspecify.annotations.NullMarked;
