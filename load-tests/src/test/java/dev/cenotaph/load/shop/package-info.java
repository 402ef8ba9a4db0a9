/** The example policies at work: the real gateway in front of the real legacy service. */
@NullMarked
package dev.cenotaph.load.shop;

import org.jspecify.annotations.NullMarked;
