package dev.cenotaph.gateway.tombstone;

import static dev.cenotaph.gateway.tombstone.Tombstone.State.PENDING;
import static dev.cenotaph.gateway.tombstone.Tombstone.State.PURGING;
import static dev.cenotaph.gateway.tombstone.Tombstone.State.RESTORING;
import static dev.cenotaph.gateway.tombstone.Tombstone.State.TRASHED;
import static java.time.temporal.ChronoUnit.MILLIS;

import dev.cenotaph.gateway.tombstone.Change.Action;
import dev.cenotaph.gateway.tombstone.Decision.Rule;
import dev.cenotaph.gateway.tombstone.Standing.Forgotten;
import dev.cenotaph.gateway.tombstone.Standing.Held;
import dev.cenotaph.gateway.tombstone.Tombstone.State;
import dev.cenotaph.policy.unique.KeyValue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The state machine of a tombstone. */
final class TombstoneRules {
    private final Clock clock;
    private final Duration lease;

    /** @param lease how long a claim is the claimer's alone */
    TombstoneRules(Clock clock, Duration lease) {
        if (!lease.isPositive()) {
            throw new IllegalArgumentException("A lease must last");
        }
        this.clock = clock;
        this.lease = lease;
    }

    Duration lease() {
        return lease;
    }

    Rule<Claim> begin(Deletion deletion) {
        return (standing, revision) -> {
            if (!(standing instanceof Held held)) {
                return granted(Action.BEGIN, fresh(deletion, PENDING, standing, revision), deletion.values());
            }
            return switch (held.tombstone().state()) {
                case PENDING -> held.leased(clock.instant()) ? busy(held) : takeOver(held, PENDING, revision);
                case TRASHED -> Decision.stay(new Claim.AlreadyTrashed(held.tombstone()));
                case RESTORING, PURGING ->
                    held.leased(clock.instant())
                            ? busy(held)
                            : Decision.stay(new Claim.AlreadyTrashed(held.tombstone()));
            };
        };
    }

    Rule<Claim> claim(State next) {
        if (next != RESTORING && next != PURGING) {
            throw new IllegalArgumentException("No claim leads to " + next);
        }
        return (standing, revision) -> {
            if (!(standing instanceof Held held)) {
                return Decision.stay(new Claim.Absent());
            }
            return switch (held.tombstone().state()) {
                case PENDING -> busy(held);
                case TRASHED -> granted(Action.CLAIM, moved(held, next, revision));
                case RESTORING, PURGING -> held.leased(clock.instant()) ? busy(held) : takeOver(held, next, revision);
            };
        };
    }

    /** The claim of a purge: of this very deletion, and no sooner than its retention has ended. */
    Rule<Claim> claimDue(Tombstone due) {
        return (standing, revision) -> {
            if (!(standing instanceof Held held)) {
                return Decision.stay(new Claim.Absent());
            }
            Tombstone now = held.tombstone();
            if (now.state() != TRASHED) {
                return busy(held);
            }
            boolean isDue = now.deletionId().equals(due.deletionId())
                    && now.purgeTime()
                            .filter(time -> !clock.instant().isBefore(time))
                            .isPresent();
            return isDue
                    ? granted(Action.CLAIM, moved(held, PURGING, revision))
                    : Decision.stay(new Claim.AlreadyTrashed(now));
        };
    }

    Rule<Tombstone> commit(Tombstone pending) {
        requireState(pending, PENDING);
        return (standing, revision) -> {
            if (standing instanceof Held held && isCommitted(pending, held.tombstone())) {
                return Decision.stay(held.tombstone());
            }
            Tombstone trashed = moved(stillHeld(pending, standing), TRASHED, revision);
            return Decision.change(trashed, new Change(Action.COMMIT, new Held(trashed, Optional.empty())));
        };
    }

    Rule<State> release(Tombstone claimed, String reason) {
        requireState(claimed, PENDING, RESTORING, PURGING);
        return (standing, revision) -> {
            Held held = stillHeld(claimed, standing);
            Standing next = claimed.state() == PENDING
                    ? forgotten(held, revision)
                    : new Held(moved(held, TRASHED, revision), Optional.empty());
            return Decision.change(claimed.state(), new Change(Action.RELEASE, next, Optional.of(reason)));
        };
    }

    Rule<State> forget(Tombstone claimed, Optional<String> reason) {
        requireState(claimed, RESTORING, PURGING);
        return (standing, revision) -> {
            Held held = stillHeld(claimed, standing);
            return Decision.change(claimed.state(), new Change(Action.FORGET, forgotten(held, revision), reason));
        };
    }

    /** An intent that its owner left behind is settled by an upstream that shows the marker. */
    Rule<Optional<Tombstone>> learnTrashed(long observed, Deletion deletion) {
        return (standing, revision) -> {
            if (standing instanceof Held held && held.gone()) {
                return Decision.stay(Optional.of(held.tombstone()));
            }
            boolean underWay = standing instanceof Held held && held.leased(clock.instant());
            if (underWay || observed < standing.revision()) {
                return Decision.stay(Optional.empty());
            }
            boolean held = standing instanceof Held;
            Tombstone trashed =
                    held ? moved((Held) standing, TRASHED, revision) : fresh(deletion, TRASHED, standing, revision);
            return Decision.change(
                    Optional.of(trashed),
                    new Change(
                            Action.LEARN_TRASHED,
                            new Held(trashed, Optional.empty()),
                            Optional.empty(),
                            held ? List.of() : deletion.values()));
        };
    }

    /** Answers whether the tombstone went. */
    Rule<Boolean> learnLive(long observed) {
        return (standing, revision) -> {
            if (!(standing instanceof Held held) || held.tombstone().state() != TRASHED || observed < held.revision()) {
                return Decision.stay(false);
            }
            return Decision.change(true, new Change(Action.LEARN_LIVE, forgotten(held, revision)));
        };
    }

    private Decision<Claim> granted(Action action, Tombstone tombstone) {
        return granted(action, tombstone, List.of());
    }

    private Decision<Claim> granted(Action action, Tombstone tombstone, List<KeyValue> values) {
        Held held = new Held(tombstone, Optional.of(clock.instant().plus(lease)));
        return Decision.change(new Claim.Granted(tombstone), new Change(action, held, Optional.empty(), values));
    }

    private Decision<Claim> takeOver(Held abandoned, State next, long revision) {
        return granted(Action.TAKE_OVER, moved(abandoned, next, revision));
    }

    private static Decision<Claim> busy(Held held) {
        return Decision.stay(new Claim.Busy(held.tombstone()));
    }

    private static boolean isCommitted(Tombstone pending, Tombstone standing) {
        return standing.state() == TRASHED && standing.deletionId().equals(pending.deletionId());
    }

    /** The revision tells apart what a version cannot: it is never given twice. */
    private static Held stillHeld(Tombstone claimed, Standing standing) {
        if (standing instanceof Held held
                && held.tombstone().state() == claimed.state()
                && held.version() == claimed.version()
                && held.revision() == claimed.revision()) {
            return held;
        }
        throw new StaleClaimException(claimed.key(), claimed.version());
    }

    private static void requireState(Tombstone tombstone, State... allowed) {
        for (State state : allowed) {
            if (tombstone.state() == state) {
                return;
            }
        }
        throw new IllegalArgumentException("A tombstone in state " + tombstone.state() + " cannot be settled so");
    }

    private static Tombstone fresh(Deletion deletion, State state, Standing before, long revision) {
        return new Tombstone(
                deletion.key(),
                state,
                deletion.deleteTime().truncatedTo(MILLIS),
                deletion.purgeTime().map(time -> time.truncatedTo(MILLIS)),
                deletion.deletionId(),
                deletion.trace().actor(),
                deletion.former(),
                before.version() + 1,
                revision);
    }

    private Tombstone moved(Held held, State state, long revision) {
        Tombstone old = held.tombstone();
        return new Tombstone(
                old.key(),
                state,
                old.deleteTime(),
                purgeTime(held),
                old.deletionId(),
                old.actor(),
                old.former(),
                old.version() + 1,
                revision);
    }

    /** Retention does not run while an intent lies abandoned: until it is settled, the item is not known to be trashed. */
    private Optional<Instant> purgeTime(Held held) {
        Tombstone old = held.tombstone();
        Instant now = clock.instant();
        return old.state() == PENDING && !held.leased(now)
                ? old.purgeTime().map(time -> now.truncatedTo(MILLIS).plus(Duration.between(old.deleteTime(), time)))
                : old.purgeTime();
    }

    private static Forgotten forgotten(Held held, long revision) {
        return new Forgotten(held.tombstone().deletionId(), held.version() + 1, revision);
    }
}
