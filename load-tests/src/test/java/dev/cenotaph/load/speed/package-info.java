/** Measures what the gateway costs: four targets, one upstream, one report; see docs/how-fast.md. */
@NullMarked
package dev.cenotaph.load.speed;

import org.jspecify.annotations.NullMarked;
