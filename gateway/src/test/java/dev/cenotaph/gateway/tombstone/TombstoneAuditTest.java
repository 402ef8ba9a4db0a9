package dev.cenotaph.gateway.tombstone;

import static dev.cenotaph.gateway.tombstone.TestTombstones.KEY;
import static dev.cenotaph.gateway.tombstone.TestTombstones.LEASE;
import static dev.cenotaph.gateway.tombstone.TestTombstones.TRACE;
import static dev.cenotaph.gateway.tombstone.TestTombstones.granted;
import static dev.cenotaph.gateway.tombstone.TestTombstones.order;
import static dev.cenotaph.gateway.tombstone.Tombstone.State.PENDING;
import static dev.cenotaph.gateway.tombstone.Tombstone.State.RESTORING;
import static dev.cenotaph.gateway.tombstone.Tombstone.State.TRASHED;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** I7: every change of state leaves one line. */
class TombstoneAuditTest {
    private static final Trace BOB = new Trace(Optional.of("bob"), "request-2", "policy-2");
    private static final Trace NOBODY = new Trace(Optional.empty(), "request-3", "policy-3");

    @EveryStore
    void everyChangeLeavesOneLine(StoreUnderTest store, @TempDir Path directory) throws Exception {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            StoredTombstones tombstones = test.tombstones();
            String at = " | " + test.clock.millis();
            String after = " | " + (test.clock.millis() + LEASE.toMillis());

            Tombstone pending = test.bring(KEY, PENDING);
            tombstones.commit(pending, TRACE).block();
            Tombstone restoring = granted(tombstones.claim(KEY, RESTORING, BOB));
            tombstones.release(restoring, "upstream answered 500", BOB).block();
            tombstones.claim(KEY, RESTORING, BOB).block();
            test.clock.pass(LEASE);
            restoring = granted(tombstones.claim(KEY, RESTORING, NOBODY));
            tombstones.forget(restoring, NOBODY).block();
            tombstones
                    .learnTrashed(tombstones.observe(), test.deletion(order("8")))
                    .block();
            tombstones.learnLive(tombstones.observe(), order("8"), NOBODY).block();

            String seven = " | 7 | deletion of 7 | ";
            String eight = " | 8 | deletion of 8 | ";
            String alice = " | alice | request-1 | policy-1 | ";
            String bob = " | bob | request-2 | policy-2 | ";
            String nobody = " | null | request-3 | policy-3 | ";
            assertThat(test.audit())
                    .containsExactly(
                            "BEGIN | null | PENDING" + seven + 1 + alice + "null" + at,
                            "COMMIT | PENDING | TRASHED" + seven + 2 + alice + "null" + at,
                            "CLAIM | TRASHED | RESTORING" + seven + 3 + bob + "null" + at,
                            "RELEASE | RESTORING | TRASHED" + seven + 4 + bob + "upstream answered 500" + at,
                            "CLAIM | TRASHED | RESTORING" + seven + 5 + bob + "null" + at,
                            "TAKE_OVER | RESTORING | RESTORING" + seven + 6 + nobody + "null" + after,
                            "FORGET | RESTORING | FORGOTTEN" + seven + 7 + nobody + "null" + after,
                            "LEARN_TRASHED | null | TRASHED" + eight + 1 + alice + "null" + after,
                            "LEARN_LIVE | TRASHED | FORGOTTEN" + eight + 2 + nobody + "null" + after);
        }
    }

    @EveryStore
    void whatChangesNothingLeavesNoLine(StoreUnderTest store, @TempDir Path directory) throws Exception {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            Tombstone trashed = test.bring(KEY, TRASHED);
            List<String> lines = test.audit();
            long observed = test.tombstones().observe();

            test.tombstones().begin(test.deletion(KEY)).block();
            test.tombstones().claim(order("8"), RESTORING, TRACE).block();
            test.tombstones().learnLive(0, KEY, TRACE).block();
            test.tombstones().release(trashed, "", TRACE).onErrorComplete().block();

            assertThat(test.audit()).isEqualTo(lines);
            assertThat(test.tombstones().observe()).isEqualTo(observed);
        }
    }

    @EveryStore
    void linesAreNumberedWithoutGaps(StoreUnderTest store, @TempDir Path directory) throws Exception {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            test.bring(KEY, RESTORING);
            test.tombstones().begin(test.deletion(KEY)).block();
            test.bring(order("8"), TRASHED);
            test.restart();
            test.bring(order("9"), Optional.empty());

            assertThat(test.rows("SELECT revision FROM audit ORDER BY revision"))
                    .containsExactly("1", "2", "3", "4", "5", "6", "7");
        }
    }
}
