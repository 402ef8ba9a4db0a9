package dev.cenotaph.gateway.tombstone;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cenotaph.gateway.tombstone.Standing.Held;
import dev.cenotaph.policy.match.ItemKey;
import java.util.Optional;

/**
 * What is in memory of the store: the {@link TombstoneIndex}, whole, and the details of some tombstones, as of a
 * revision. A detail that is missing says nothing: the store knows.
 */
final class TombstoneMemory {
    private final TombstoneIndex index = new TombstoneIndex();
    private final Cache<ItemKey, Tombstone> details;
    private volatile long revision;

    /** @param details how many tombstones are kept with their details */
    TombstoneMemory(long details) {
        this.details = Caffeine.newBuilder().maximumSize(details).recordStats().build();
    }

    TombstoneIndex index() {
        return index;
    }

    /** All changes up to this one are in memory. */
    long revision() {
        return revision;
    }

    /** The tombstone of a gone item, where its details are at hand. */
    Optional<Tombstone> detail(ItemKey key) {
        return Optional.ofNullable(details.getIfPresent(key));
    }

    long detailHits() {
        return details.stats().hitCount();
    }

    /** Takes over everything that the store holds. */
    synchronized void load(TombstoneStore store) {
        long latest = store.latestRevision();
        store.forEachGone(index::add);
        revision = latest;
        store.changedSince(latest, this::apply);
    }

    /** Applies a change; changes come in the order of their revisions, and one that came already is passed over. */
    synchronized void apply(ItemKey key, Standing standing) {
        if (standing.revision() <= revision) {
            return;
        }
        if (standing instanceof Held held && held.gone()) {
            details.put(key, held.tombstone());
            index.add(key);
        } else {
            index.remove(key);
            details.invalidate(key);
        }
        revision = standing.revision();
    }

    /** Keeps details that were read from the store, unless a change came meanwhile: they may be older than it. */
    synchronized void keep(Tombstone read, long revisionBefore) {
        if (revision == revisionBefore) {
            details.put(read.key(), read);
        }
    }
}
