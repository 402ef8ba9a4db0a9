package dev.cenotaph.gateway.tombstone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.tombstone.CascadeSequence.Kind;
import dev.cenotaph.policy.match.ItemKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** What the store knows of cascades, whatever database it is. */
class CascadeLogTest {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final ItemKey TOP = new ItemKey("users", List.of(), "a/b%");
    private static final CascadeStep NOTES = CascadeStep.walk("notes", List.of("a/b%"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @EveryStore
    void stepsAreThereUntilTheyEnd(StoreUnderTest store) {
        try (var world = new TestTombstones(store, directory)) {
            var log = new CascadeLog(world.tombstones(), "me", LEASE);
            Instant now = world.clock.instant();
            CascadeSequence trash = sequence("d-1", Kind.TRASH);
            assertThat(log.begin(trash, List.of(NOTES), now)).isTrue();
            assertThat(log.open(trash, 10)).containsExactly(NOTES);

            CascadeStep further = NOTES.after(3, "http://localhost/notes?page=2");
            log.save(trash, further);
            var item = new ItemKey("notes", List.of("a/b%"), "7");
            log.add(trash, List.of(CascadeStep.again(item, "busy"), CascadeStep.walk("lines", List.of("a/b%", "7"))));
            log.add(trash, List.of(NOTES));
            assertThat(log.open(trash, 10))
                    .containsExactly(
                            further, CascadeStep.walk("lines", List.of("a/b%", "7")), CascadeStep.again(item, "busy"));
            log.end(trash, further);
            assertThat(log.open(trash, 10)).hasSize(2);
            log.done(trash);
            assertThat(log.open(trash, 10)).isEmpty();
            assertThat(log.find(TOP)).map(CascadeSequence::open).contains(false);
            assertThat(log.findByDeletion("d-1")).map(CascadeSequence::top).contains(TOP);
        }
    }

    @EveryStore
    void restoreWaitsForTheTrashingAndTheOtherWayRound(StoreUnderTest store) {
        try (var world = new TestTombstones(store, directory)) {
            var log = new CascadeLog(world.tombstones(), "me", LEASE);
            Instant now = world.clock.instant();
            CascadeSequence trash = sequence("d-1", Kind.TRASH);
            CascadeSequence restore = sequence("d-1", Kind.RESTORE);
            assertThat(log.begin(trash, List.of(), now)).isTrue();
            assertThat(log.begin(restore, List.of(), now)).isFalse();
            log.done(trash);
            assertThat(log.begin(restore, List.of(), now)).isTrue();
            assertThat(log.begin(sequence("d-2", Kind.TRASH), List.of(), now)).isFalse();
            log.drop(restore);
            assertThat(log.find(TOP)).isEmpty();
            assertThat(log.begin(sequence("d-2", Kind.TRASH), List.of(), now)).isTrue();
        }
    }

    @EveryStore
    void whatAProcessLeavesIsAdoptedOnceItsLeaseHasRunOut(StoreUnderTest store) {
        try (var world = new TestTombstones(store, directory)) {
            var log = new CascadeLog(world.tombstones(), "me", LEASE);
            var other = new CascadeLog(world.tombstones(), "other", LEASE);
            Instant now = world.clock.instant();
            CascadeSequence trash = sequence("d-1", Kind.TRASH);
            log.begin(trash, List.of(NOTES), now);
            assertThat(other.adopt(now)).isEmpty();
            assertThat(log.keep(trash, now)).isTrue();
            assertThat(other.adopt(now.plus(LEASE))).containsExactly(trash);
            assertThat(log.keep(trash, now)).isFalse();
            assertThat(other.rest(trash, now.plus(LEASE.multipliedBy(2)))).isTrue();
            assertThat(log.adopt(now.plus(LEASE))).isEmpty();
            assertThat(log.take(trash, now)).isTrue();
            log.abandon();
            assertThat(other.adopt(now)).hasSize(1);
        }
    }

    @EveryStore
    void tombstonesAreFoundByTheirDeletionWhateverTheirState(StoreUnderTest store) {
        try (var world = new TestTombstones(store, directory)) {
            var log = new CascadeLog(world.tombstones(), "me", LEASE);
            var note = new ItemKey("notes", List.of("a/b%"), "7");
            world.tombstones().begin(world.deletion(TOP, "d-1")).block();
            world.tombstones().begin(world.deletion(note, "d-1")).block();
            world.tombstones().begin(world.deletion(TestTombstones.KEY, "d-2")).block();
            assertThat(log.tombstones("d-1")).extracting(Tombstone::key).containsExactlyInAnyOrder(TOP, note);
            assertThat(log.standing(note)).map(Tombstone::state).contains(Tombstone.State.PENDING);
        }
    }

    private static CascadeSequence sequence(String deletionId, Kind kind) {
        return new CascadeSequence(TOP, deletionId, kind, true, Optional.empty(), 0, TestTombstones.TRACE);
    }
}
