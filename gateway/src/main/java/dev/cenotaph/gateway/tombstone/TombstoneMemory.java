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
    private static final long NEW_IDS = 100_000;

    private volatile TombstoneIndex index = new TombstoneIndex();
    private final Cache<ItemKey, Tombstone> details;
    /** The ids that restores gave items; empty for an item that has its own. Gone with any change of the item's tombstone. */
    private final Cache<ItemKey, Optional<String>> newIds =
            Caffeine.newBuilder().maximumSize(NEW_IDS).build();

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

    /** The id that a restore gave an item, if any, where that is at hand; only of an item that is not gone. */
    Optional<Optional<String>> newId(ItemKey key) {
        return Optional.ofNullable(newIds.getIfPresent(key));
    }

    /** Keeps what was read from the store, unless a change came meanwhile: a restore gives an id before it ends. */
    synchronized void keepNewId(ItemKey key, Optional<String> newId, long revisionBefore) {
        if (revision == revisionBefore && !index.contains(key)) {
            newIds.put(key, newId);
        }
    }

    long detailHits() {
        return details.stats().hitCount();
    }

    /** Takes over everything that the store holds, in place of what was here; until that is complete, nothing changes. */
    void load(TombstoneStore store) {
        TombstoneIndex loaded = new TombstoneIndex();
        long reached = store.loadGone(loaded::add);
        reached = readOn(store, loaded, reached);
        swap(store, loaded, reached);
    }

    /** Reads on from the last revision, or everything anew where that is too long ago. */
    void readOn(TombstoneStore store) {
        while (true) {
            Changes changes = store.changedSince(revision);
            if (changes.swept()) {
                load(store);
                return;
            }
            apply(changes);
            if (changes.complete()) {
                return;
            }
        }
    }

    /** Applies what others changed. */
    synchronized void apply(Changes changes) {
        changes.seen().forEach(seen -> apply(seen.key(), seen.standing()));
        if (changes.complete()) {
            revision = Math.max(revision, changes.latest());
        }
    }

    /** Applies a change; changes come in the order of their revisions, and one that came already is passed over. */
    synchronized void apply(ItemKey key, Standing standing) {
        if (standing.revision() <= revision) {
            return;
        }
        newIds.invalidate(key);
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

    /** Nothing changes here meanwhile, so what is acknowledged after the last reading is applied after the swap. */
    private synchronized void swap(TombstoneStore store, TombstoneIndex loaded, long reached) {
        long latest = readOn(store, loaded, reached);
        index = loaded;
        details.invalidateAll();
        newIds.invalidateAll();
        revision = latest;
    }

    private static long readOn(TombstoneStore store, TombstoneIndex loaded, long reached) {
        while (true) {
            Changes changes = store.changedSince(reached);
            if (changes.swept()) {
                throw new IllegalStateException("What was loaded was swept meanwhile");
            }
            for (Seen seen : changes.seen()) {
                if (seen.standing() instanceof Held held && held.gone()) {
                    loaded.add(seen.key());
                } else {
                    loaded.remove(seen.key());
                }
                reached = seen.standing().revision();
            }
            if (changes.complete()) {
                return changes.latest();
            }
        }
    }
}
