/** What was measured, and what follows from it: medians, ratios, goals. */
@NullMarked
package dev.cenotaph.load.speed.result;

import org.jspecify.annotations.NullMarked;
