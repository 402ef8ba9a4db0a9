/** Proof by trying: replicas on one PostgreSQL, and an outside observer who counts their stale answers. */
@NullMarked
package dev.cenotaph.load.proof.replicas;

import org.jspecify.annotations.NullMarked;
