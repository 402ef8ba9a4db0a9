/** What clients ask, and what each target has to answer. */
@NullMarked
package dev.cenotaph.load.speed.scenario;

import org.jspecify.annotations.NullMarked;
