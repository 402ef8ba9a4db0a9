/** The snapshots of an item as resources of their own. */
@NullMarked
package dev.cenotaph.gateway.snapshot;

import org.jspecify.annotations.NullMarked;
