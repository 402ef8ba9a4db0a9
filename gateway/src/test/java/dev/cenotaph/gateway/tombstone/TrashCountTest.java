package dev.cenotaph.gateway.tombstone;

import static dev.cenotaph.gateway.tombstone.TestTombstones.TRACE;
import static dev.cenotaph.gateway.tombstone.TestTombstones.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.tombstone.RebuildProgress.Seen;
import dev.cenotaph.gateway.tombstone.Tombstone.State;
import dev.cenotaph.policy.match.ItemKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class TrashCountTest {
    private static final List<String> PARENTS = List.of("alice", "a/b");

    @EveryStore
    void whatIsTrashedIsCountedOnceTheListWasReadWhole(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            test.bring(key("trashed"), State.TRASHED);
            test.bring(key("restoring"), State.RESTORING);
            test.bring(key("pending"), State.PENDING);
            test.bring(key("forgotten"), Optional.empty());
            test.bring(new ItemKey("orders", List.of("alice"), "elsewhere"), State.TRASHED);
            test.bring(new ItemKey("others", PARENTS, "elsewhere"), State.TRASHED);
            assertThat(count(test)).as("never read").isEmpty();

            read(test, Optional.of("http://shop/orders?page=2"), 0);
            assertThat(count(test)).as("half read").isEmpty();

            read(test, Optional.empty(), 0);
            assertThat(count(test)).contains(2L);
        }
    }

    @EveryStore
    void nothingIsCountedWhileAnItemIsBeingPurgedOrARowWasUnreadable(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            read(test, Optional.empty(), 0);
            assertThat(count(test)).contains(0L);
            Tombstone trashed = test.bring(key("7"), State.TRASHED);
            assertThat(count(test)).contains(1L);

            Tombstone purging = TestTombstones.granted(test.tombstones().claim(trashed.key(), State.PURGING, TRACE));
            assertThat(count(test)).isEmpty();
            test.tombstones().forget(purging, TRACE).block(Duration.ofSeconds(30));
            assertThat(count(test)).contains(0L);

            read(test, Optional.empty(), 1);
            assertThat(count(test)).isEmpty();
        }
    }

    private static Optional<Long> count(TestTombstones test) {
        return test.tombstones().count("orders", PARENTS).blockOptional(Duration.ofSeconds(30));
    }

    private static void read(TestTombstones test, Optional<String> next, long unreadable) {
        var rebuilds = new Rebuilds(test.tombstones(), "test", Duration.ofMinutes(1));
        var fresh = new RebuildProgress(
                "orders",
                PARENTS,
                RebuildProgress.State.RUNNING,
                Optional.of("http://shop/orders"),
                Seen.NOTHING,
                Optional.empty(),
                test.clock.instant(),
                test.clock.instant(),
                "request-1");
        get(rebuilds.begin(fresh));
        var seen = new Seen(1, 0, 0, unreadable, 0);
        assertThat(get(rebuilds.save(fresh.after(seen, next), test.clock.instant())))
                .isTrue();
        get(rebuilds.stop("orders", PARENTS, test.clock.instant())
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty()));
    }

    private static ItemKey key(String id) {
        return new ItemKey("orders", PARENTS, id);
    }
}
