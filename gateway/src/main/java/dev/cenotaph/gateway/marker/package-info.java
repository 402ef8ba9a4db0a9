/** The calls that read and write a marker at the upstream. How it is spelled is {@code dev.cenotaph.policy.marker}. */
@NullMarked
package dev.cenotaph.gateway.marker;

import org.jspecify.annotations.NullMarked;
