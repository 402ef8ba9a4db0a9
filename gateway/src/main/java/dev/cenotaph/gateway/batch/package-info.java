/** Batches: requests that carry requests. What is known of how they spell a DELETE. */
@NullMarked
package dev.cenotaph.gateway.batch;

import org.jspecify.annotations.NullMarked;
