/** What is trashed: the index that answers on the hot path, in memory, over the store that survives, in a database. */
@NullMarked
package dev.cenotaph.gateway.tombstone;

import org.jspecify.annotations.NullMarked;
