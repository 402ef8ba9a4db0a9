/** Proof by trying: the gateway killed at named points, under traffic, and what is true after its restart. */
@NullMarked
package dev.cenotaph.load.proof;

import org.jspecify.annotations.NullMarked;
