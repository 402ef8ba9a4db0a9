package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.policy.match.ItemKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The cascades in the store: what survives of them. An open one belongs to the process that began or took it, for as long
 * as that keeps it; then to whoever adopts it. Everything here blocks, and fails with {@link StoreUnavailableException}
 * where the store is down.
 */
public final class CascadeLog {
    private final StoredTombstones tombstones;
    private final CascadeTable table;
    private final String owner;
    private final Duration lease;

    /**
     * Those of one process.
     *
     * @param owner names it
     */
    public CascadeLog(StoredTombstones tombstones, String owner, Duration lease) {
        this.tombstones = tombstones;
        this.table = tombstones.store().cascades();
        this.owner = owner;
        this.lease = lease;
    }

    /** Who had the store to itself may say that all the others are gone. */
    public void start() {
        if (!tombstones.store().isShared()) {
            write(table::endLeases);
        }
    }

    /**
     * Begins a cascade, in place of an earlier one of the same item.
     *
     * @return false where one of the other kind is open
     */
    public boolean begin(CascadeSequence sequence, List<CascadeStep> steps, Instant now) {
        return write(() -> {
            boolean begun = table.begin(sequence, now, owner, now.plus(lease));
            if (begun) {
                table.add(sequence.deletionId(), steps);
            }
            return begun;
        });
    }

    /** Takes over an open cascade, whoever has it. */
    public boolean take(CascadeSequence sequence, Instant now) {
        return write(() -> table.take(sequence, owner, now.plus(lease)));
    }

    /** Says that the work goes on. False where it has ended or belongs to another by now. */
    public boolean keep(CascadeSequence sequence, Instant now) {
        return write(() -> table.keep(sequence, owner, now.plus(lease)));
    }

    /** Lets it rest until a moment. */
    public boolean rest(CascadeSequence sequence, Instant until) {
        return write(() -> table.keep(sequence, owner, until));
    }

    /** Takes over what nobody works on. */
    public List<CascadeSequence> adopt(Instant now) {
        return write(() -> table.adopt(now, owner, now.plus(lease)));
    }

    /** Lets others adopt what this process had. */
    public void abandon() {
        write(() -> table.abandon(owner));
    }

    /** Everything is in the trash. */
    public void done(CascadeSequence sequence) {
        write(() -> table.done(sequence));
    }

    /** Nothing is left in the trash, or nothing ever went there. */
    public void drop(CascadeSequence sequence) {
        write(() -> table.drop(sequence));
    }

    /** The item at the top is no more. */
    public void drop(ItemKey top) {
        write(() -> table.drop(top));
    }

    public Optional<CascadeSequence> find(ItemKey top) {
        return StoreUnavailableException.unless(() -> table.find(top));
    }

    /** The cascade that a deletion is part of. */
    public Optional<CascadeSequence> findByDeletion(String deletionId) {
        return StoreUnavailableException.unless(() -> table.findByDeletion(deletionId));
    }

    /** Adds steps that are not known yet. */
    public void add(CascadeSequence sequence, List<CascadeStep> steps) {
        if (!steps.isEmpty()) {
            write(() -> table.add(sequence.deletionId(), steps));
        }
    }

    public void save(CascadeSequence sequence, CascadeStep step) {
        write(() -> table.save(sequence.deletionId(), step, false));
    }

    public void end(CascadeSequence sequence, CascadeStep step) {
        write(() -> table.save(sequence.deletionId(), step, true));
    }

    /** Steps that are left, those that failed least first. */
    public List<CascadeStep> open(CascadeSequence sequence, int limit) {
        return StoreUnavailableException.unless(() -> table.open(sequence.deletionId(), limit));
    }

    /** All that a deletion has in the trash, whatever is being done with it. */
    public List<Tombstone> tombstones(String deletionId) {
        return StoreUnavailableException.unless(() -> table.tombstones(deletionId));
    }

    /** The tombstone, in whatever state. */
    public Optional<Tombstone> standing(ItemKey key) {
        return tombstones.store().find(key);
    }

    /** The hold on an item, if there is one. */
    public Optional<Hold> hold(ItemKey key) {
        return StoreUnavailableException.unless(
                () -> tombstones.store().purges().findHold(key));
    }

    private <T> T write(Supplier<T> work) {
        return tombstones.store().write(work);
    }
}
