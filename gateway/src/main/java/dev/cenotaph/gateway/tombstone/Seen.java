package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.policy.match.ItemKey;

/** What was read of a key: what stands there now. */
record Seen(ItemKey key, Standing standing) {}
