package dev.cenotaph.gateway.tombstone;

import static dev.cenotaph.gateway.tombstone.TestTombstones.KEY;
import static dev.cenotaph.gateway.tombstone.TestTombstones.LEASE;
import static dev.cenotaph.gateway.tombstone.TestTombstones.TRACE;
import static dev.cenotaph.gateway.tombstone.TestTombstones.get;
import static dev.cenotaph.gateway.tombstone.TestTombstones.granted;
import static dev.cenotaph.gateway.tombstone.TestTombstones.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.tombstone.Tombstone.State;
import dev.cenotaph.policy.match.ItemKey;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class HoldsTest {
    private static final Duration WAIT = Duration.ofSeconds(30);

    @EveryStore
    void itemOnHoldIsNeitherPurgedNorDeletedForGood(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            Tombstone trashed = test.bring(KEY, State.TRASHED);
            get(holds(test).set(KEY, "case 17", TRACE));
            test.clock.pass(Duration.ofDays(31));
            assertThat(get(test.tombstones().claim(KEY, State.PURGING, TRACE))).isInstanceOf(Claim.OnHold.class);
            assertThat(get(new PurgeQueue(test.tombstones()).claim(trashed, TRACE)))
                    .isInstanceOf(Claim.OnHold.class);
            assertThat(get(test.tombstones().claim(order("never"), State.PURGING, TRACE)))
                    .isInstanceOf(Claim.Absent.class);
            assertThat(get(test.tombstones().claim(KEY, State.RESTORING, TRACE)))
                    .isInstanceOf(Claim.Granted.class);
        }
    }

    @EveryStore
    void liveItemCanBeHeldAndIsKeptFromAPermanentDelete(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            get(holds(test).set(KEY, "case 17", TRACE));
            assertThat(get(test.tombstones().claim(KEY, State.PURGING, TRACE))).isInstanceOf(Claim.OnHold.class);
            Tombstone trashed = test.bring(KEY, State.TRASHED);
            assertThat(get(test.tombstones().claim(KEY, State.PURGING, TRACE))).isInstanceOf(Claim.OnHold.class);
            assertThat(trashed.state()).isEqualTo(State.TRASHED);
        }
    }

    @EveryStore
    void holdOutlivesARestart(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            var nested = new ItemKey("notes", List.of("a/b", "c"), "%/1");
            Hold set = get(holds(test).set(nested, "case 17", TRACE));
            test.restart();
            assertThat(get(holds(test).find(nested))).isEqualTo(set);
            assertThat(get(holds(test).list("notes", 10))).containsExactly(set);
            assertThat(get(holds(test).list("orders", 10))).isEmpty();
            assertThat(set.reason()).isEqualTo("case 17");
            assertThat(set.actor()).contains("alice");
        }
    }

    @EveryStore
    void liftedHoldLetsThePurgePass(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            test.bring(KEY, State.TRASHED);
            get(holds(test).set(KEY, "case 17", TRACE));
            assertThat(get(holds(test).lift(KEY, TRACE)).reason()).isEqualTo("case 17");
            assertThat(holds(test).lift(KEY, TRACE).blockOptional(WAIT)).isEmpty();
            assertThat(holds(test).find(KEY).blockOptional(WAIT)).isEmpty();
            granted(test.tombstones().claim(KEY, State.PURGING, TRACE));
        }
    }

    @EveryStore
    void holdComesTooLateWhileTheItemIsBeingDeleted(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            Tombstone purging = test.bring(KEY, State.PURGING);
            assertThat(holds(test).set(KEY, "case 17", TRACE).blockOptional(WAIT))
                    .isEmpty();
            assertThat(holds(test).find(KEY).blockOptional(WAIT)).isEmpty();
            test.clock.pass(LEASE);
            get(holds(test).set(KEY, "case 17", TRACE));
            test.tombstones().release(purging, "not deleted", TRACE).block(WAIT);
            assertThat(get(test.tombstones().claim(KEY, State.PURGING, TRACE))).isInstanceOf(Claim.OnHold.class);
        }
    }

    @EveryStore
    void everyHoldAndLiftAndDeleteOfALiveItemLeavesItsLine(StoreUnderTest store, @TempDir Path directory)
            throws SQLException {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            get(holds(test).set(KEY, "case 17", TRACE));
            test.bring(KEY, State.TRASHED);
            get(holds(test).set(KEY, "case 18", TRACE));
            get(holds(test).lift(KEY, TRACE));
            holds(test).lift(KEY, TRACE).block(WAIT);
            test.tombstones()
                    .recordDeleted(order("8"), "upstream answered 204", TRACE)
                    .block(WAIT);
            test.bring(order("9"), Optional.of(State.TRASHED));
            assertThat(test.rows("SELECT action, from_state, to_state, id, reason, actor FROM audit ORDER BY revision"))
                    .containsExactly(
                            "HOLD | null | FORGOTTEN | 7 | case 17 | alice",
                            "BEGIN | null | PENDING | 7 | null | alice",
                            "COMMIT | PENDING | TRASHED | 7 | null | alice",
                            "HOLD | TRASHED | TRASHED | 7 | case 18 | alice",
                            "LIFT_HOLD | TRASHED | TRASHED | 7 | null | alice",
                            "DELETE | null | FORGOTTEN | 8 | upstream answered 204 | alice",
                            "BEGIN | null | PENDING | 9 | null | alice",
                            "COMMIT | PENDING | TRASHED | 9 | null | alice");
        }
    }

    private static Holds holds(TestTombstones test) {
        return new Holds(test.tombstones());
    }
}
