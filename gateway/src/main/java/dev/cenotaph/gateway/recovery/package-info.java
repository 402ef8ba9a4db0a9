/**
 * Settles what was left open: a claim whose process crashed, lost the store, or had no usable answer from the upstream.
 * Always by reading the item, never by guessing, and never by a DELETE.
 */
@NullMarked
package dev.cenotaph.gateway.recovery;

import org.jspecify.annotations.NullMarked;
