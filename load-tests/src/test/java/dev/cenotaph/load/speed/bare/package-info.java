/** Spring Cloud Gateway without Cenotaph, on a class path of its own. */
@NullMarked
package dev.cenotaph.load.speed.bare;

import org.jspecify.annotations.NullMarked;
