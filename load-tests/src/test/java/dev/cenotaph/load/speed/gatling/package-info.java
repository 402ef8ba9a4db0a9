/** The same scenarios, asked by Gatling at fixed arrival rates. */
@NullMarked
package dev.cenotaph.load.speed.gatling;

import org.jspecify.annotations.NullMarked;
