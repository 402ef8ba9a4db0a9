/** A load generator: pre-encoded requests on a few connections, each answer checked and timed. */
@NullMarked
package dev.cenotaph.load.speed.wire;

import org.jspecify.annotations.NullMarked;
