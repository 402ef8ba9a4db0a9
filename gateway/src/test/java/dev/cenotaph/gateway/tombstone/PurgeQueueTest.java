package dev.cenotaph.gateway.tombstone;

import static dev.cenotaph.gateway.tombstone.TestTombstones.KEY;
import static dev.cenotaph.gateway.tombstone.TestTombstones.TRACE;
import static dev.cenotaph.gateway.tombstone.TestTombstones.get;
import static dev.cenotaph.gateway.tombstone.TestTombstones.granted;
import static dev.cenotaph.gateway.tombstone.TestTombstones.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.tombstone.PurgeQueue.Backlog;
import dev.cenotaph.gateway.tombstone.Tombstone.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PurgeQueueTest {
    private static final List<String> ORDERS = List.of("orders");
    private static final Duration THIRTY_DAYS = Duration.ofDays(30);
    private static final Duration HOUR = Duration.ofHours(1);

    @EveryStore
    void dueItemsComeInTheOrderOfTheirPurgeTimes(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            for (String id : List.of("c", "a", "b")) {
                test.bring(order(id), State.TRASHED);
                test.clock.pass(HOUR);
            }
            test.bring(order("pending"), State.PENDING);
            test.bring(order("restoring"), State.RESTORING);
            test.bring(order("restored"), Optional.empty());
            assertThat(due(test, 10)).isEmpty();
            test.clock.pass(THIRTY_DAYS.minus(HOUR));
            assertThat(due(test, 10)).containsExactly("c", "a", "b");
            assertThat(due(test, 2)).containsExactly("c", "a");
            assertThat(get(queue(test).due(List.of("notes"), test.clock.instant(), 10)))
                    .isEmpty();
        }
    }

    @EveryStore
    void purgeTimeHasToBeReached(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            Tombstone trashed = test.bring(KEY, State.TRASHED);
            test.clock.pass(THIRTY_DAYS.minusMillis(1));
            assertThat(due(test, 10)).isEmpty();
            assertThat(get(queue(test).claim(trashed, TRACE))).isInstanceOf(Claim.AlreadyTrashed.class);
            test.clock.pass(Duration.ofMillis(1));
            assertThat(due(test, 10)).containsExactly("7");
            assertThat(granted(queue(test).claim(trashed, TRACE)).state()).isEqualTo(State.PURGING);
        }
    }

    @EveryStore
    void itemThatWasTrashedAnewIsNotPurgedForItsFormerDeletion(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            Tombstone former = test.bring(KEY, State.TRASHED);
            test.clock.pass(THIRTY_DAYS);
            Tombstone restoring = granted(test.tombstones().claim(KEY, State.RESTORING, TRACE));
            assertThat(get(queue(test).claim(former, TRACE))).isInstanceOf(Claim.Busy.class);
            test.tombstones().forget(restoring, TRACE).block();
            assertThat(get(queue(test).claim(former, TRACE))).isInstanceOf(Claim.Absent.class);
            Tombstone pending = granted(test.tombstones().begin(test.deletion(KEY, "the second")));
            test.tombstones().commit(pending, TRACE).block();
            assertThat(get(queue(test).claim(former, TRACE))).isInstanceOf(Claim.AlreadyTrashed.class);
            assertThat(test.find(KEY)).map(Tombstone::state).contains(State.TRASHED);
        }
    }

    @Test
    void oneOfTwoReplicasGetsTheItem(@TempDir Path directory) {
        try (TestTombstones one = new TestTombstones(StoreUnderTest.POSTGRES, directory);
                TestTombstones other = new TestTombstones(StoreUnderTest.POSTGRES, directory)) {
            Tombstone trashed = one.bring(KEY, State.TRASHED);
            one.clock.pass(THIRTY_DAYS);
            other.clock.pass(THIRTY_DAYS);
            granted(queue(one).claim(trashed, TRACE));
            assertThat(get(queue(other).claim(trashed, TRACE))).isInstanceOf(Claim.Busy.class);
            assertThat(due(other, 10)).isEmpty();
        }
    }

    @EveryStore
    void itemOnHoldIsPassedOver(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            test.bring(order("held"), State.TRASHED);
            test.bring(order("free"), State.TRASHED);
            get(new Holds(test.tombstones()).set(order("held"), "case 17", TRACE));
            test.clock.pass(THIRTY_DAYS);
            assertThat(due(test, 10)).containsExactly("free");
            assertThat(get(queue(test).backlog("orders", test.clock.instant()))).isEqualTo(new Backlog(1, 1, 0, 2));
        }
    }

    @EveryStore
    void itemThatCannotBePurgedWaitsLongerEachTimeAndDoesNotStandInTheWay(
            StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            test.bring(order("bad"), State.TRASHED);
            test.clock.pass(HOUR);
            test.bring(order("good"), State.TRASHED);
            test.clock.pass(THIRTY_DAYS);
            assertThat(due(test, 1)).containsExactly("bad");
            for (int minutes : new int[] {1, 2, 4, 5, 5}) {
                postpone(test, "bad");
                assertThat(due(test, 1)).containsExactly("good");
                assertThat(get(queue(test).backlog("orders", test.clock.instant())))
                        .isEqualTo(new Backlog(2, 0, 1, 2));
                test.clock.pass(Duration.ofMinutes(minutes).minusMillis(1));
                assertThat(due(test, 1)).as("after %s minutes", minutes).containsExactly("good");
                test.clock.pass(Duration.ofMillis(1));
                assertThat(due(test, 1)).containsExactly("bad");
                test.restart();
            }
            postpone(test, "bad");
            queue(test).sweepFailures(test.clock.instant()).block();
            assertThat(due(test, 1)).containsExactly("good");
            test.clock.pass(HOUR);
            queue(test).sweepFailures(test.clock.instant()).block();
            postpone(test, "bad");
            test.clock.pass(Duration.ofMinutes(1));
            assertThat(due(test, 1)).as("what failed long ago counts no longer").containsExactly("bad");
        }
    }

    private static void postpone(TestTombstones test, String id) {
        queue(test)
                .postpone(order(id), "403", test.clock.instant(), Duration.ofMinutes(1), Duration.ofMinutes(5))
                .block();
    }

    private static List<String> due(TestTombstones test, int limit) {
        return get(queue(test).due(ORDERS, test.clock.instant(), limit)).stream()
                .map(tombstone -> tombstone.key().id())
                .toList();
    }

    private static PurgeQueue queue(TestTombstones test) {
        return new PurgeQueue(test.tombstones());
    }
}
