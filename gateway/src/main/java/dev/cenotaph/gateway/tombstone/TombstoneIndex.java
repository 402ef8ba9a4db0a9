package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.policy.match.ItemKey;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The complete set of the keys that answer gone. Any thread asks, without waiting; one at a time changes. */
final class TombstoneIndex {
    private final Set<ItemKey> keys = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicLong> sizes = new ConcurrentHashMap<>();

    boolean contains(ItemKey key) {
        return keys.contains(key);
    }

    long size() {
        return keys.size();
    }

    long size(String resource) {
        AtomicLong size = sizes.get(resource);
        return size == null ? 0 : size.get();
    }

    void add(ItemKey key) {
        if (keys.add(key)) {
            sizes.computeIfAbsent(key.resource(), resource -> new AtomicLong()).incrementAndGet();
        }
    }

    void remove(ItemKey key) {
        if (keys.remove(key)) {
            sizes.computeIfAbsent(key.resource(), resource -> new AtomicLong()).decrementAndGet();
        }
    }
}
