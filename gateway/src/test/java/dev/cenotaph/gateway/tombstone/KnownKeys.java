package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.policy.match.ItemKey;

/** The real index, for benchmarks of what asks it. */
public final class KnownKeys {
    private final TombstoneIndex index = new TombstoneIndex();

    public void add(ItemKey key) {
        index.add(key);
    }

    public boolean contains(ItemKey key) {
        return index.contains(key);
    }

    public boolean isEmpty(String resource) {
        return index.size(resource) == 0;
    }
}
