package dev.cenotaph.gateway.tombstone;

import static dev.cenotaph.gateway.tombstone.TestTombstones.KEY;
import static dev.cenotaph.gateway.tombstone.TestTombstones.TRACE;
import static dev.cenotaph.gateway.tombstone.TestTombstones.get;
import static dev.cenotaph.gateway.tombstone.TestTombstones.order;
import static dev.cenotaph.gateway.tombstone.Tombstone.State.PENDING;
import static dev.cenotaph.gateway.tombstone.Tombstone.State.TRASHED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.tombstone.Standing.Forgotten;
import dev.cenotaph.gateway.tombstone.Standing.Held;
import dev.cenotaph.policy.match.ItemKey;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TombstoneMemoryTest {
    private final TombstoneMemory memory = new TombstoneMemory(100);

    @Test
    void changeThatCameAlreadyIsPassedOver() {
        memory.apply(KEY, held(1, 1));
        memory.apply(KEY, new Forgotten("deletion", 2, 2));
        memory.apply(KEY, held(1, 1));

        assertThat(memory.index().contains(KEY)).isFalse();
        assertThat(memory.revision()).isEqualTo(2);
    }

    @Test
    void detailsReadBeforeAChangeAreNotKeptAfterIt() {
        memory.apply(KEY, held(1, 1));
        long before = memory.revision();
        memory.apply(KEY, held(2, 2));

        memory.keep(held(1, 1).tombstone(), before);

        assertThat(memory.detail(KEY)).map(Tombstone::version).contains(2L);
    }

    @Test
    void detailsReadWithNoChangeMeanwhileAreKept() {
        memory.apply(KEY, held(1, 1));
        Tombstone other = held(1, 1).tombstone();

        memory.keep(other, memory.revision());

        assertThat(memory.detail(KEY)).containsSame(other);
    }

    @Test
    void resourceIsCountedByItself() {
        TombstoneIndex index = memory.index();
        index.add(KEY);
        index.add(KEY);
        index.add(new ItemKey("others", List.of("7"), "7"));
        index.remove(order("8"));
        assertThat(index.size()).isEqualTo(2);
        assertThat(index.size("orders")).isOne();
        index.remove(KEY);
        assertThat(index.size("orders")).isZero();
        assertThat(index.size("nothing")).isZero();
    }

    @EveryStore
    void evictedDetailsComeFromTheStore(StoreUnderTest store, @TempDir Path directory) {
        try (StoredTombstones tombstones = StoredTombstones.open(
                StoreAddress.of(store.url(directory)),
                Clock.systemUTC(),
                Duration.ofSeconds(30),
                1,
                Duration.ofSeconds(5))) {
            for (int item = 0; item < 50; item++) {
                Deletion deletion = new Deletion(
                        order("item " + item), Instant.now(), Optional.empty(), "d" + item, Optional.empty(), TRACE);
                tombstones.learnTrashed(tombstones.observe(), deletion).block();
            }
            for (int item = 0; item < 50; item++) {
                assertThat(tombstones.isTrashed(order("item " + item))).isTrue();
                assertThat(tombstones.find(order("item " + item)).blockOptional())
                        .map(Tombstone::deletionId)
                        .contains("d" + item);
            }
            assertThat(tombstones.loads()).isPositive();
            assertThat(tombstones.size()).isEqualTo(50);
        }
    }

    @EveryStore
    void changeThatFollowsAnUnseenRevisionIsInMemoryItself(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            Tombstone pending = test.bring(KEY, PENDING);
            test.tombstones().recordDeleted(order("another"), "deleted", TRACE).block();

            test.tombstones().commit(pending, TRACE).block();

            assertThat(test.tombstones().isTrashed(KEY)).isTrue();
        }
    }

    @EveryStore
    void changeThatCameToNothingLeavesRoomInMemoryForTheNext(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            Tombstone pending = test.bring(KEY, PENDING);
            test.tombstones().recordDeleted(order("another"), "deleted", TRACE).block();
            assertThat(get(test.tombstones().begin(test.deletion(KEY)))).isInstanceOf(Claim.Busy.class);

            test.tombstones().commit(pending, TRACE).block();

            assertThat(test.tombstones().isTrashed(KEY)).isTrue();
        }
    }

    @EveryStore
    void detailsAtHandAskNoStore(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            test.bring(KEY, TRASHED);
            test.restart();
            Optional<Tombstone> first = test.find(KEY);
            assertThat(test.tombstones().loads()).isOne();
            assertThat(test.find(KEY)).isEqualTo(first).isPresent();
            assertThat(test.tombstones().loads()).isOne();
            assertThat(test.tombstones().hits()).isOne();
        }
    }

    private static Held held(long version, long revision) {
        Instant time = Instant.EPOCH;
        return new Held(
                new Tombstone(
                        KEY,
                        TRASHED,
                        time,
                        Optional.empty(),
                        "deletion",
                        Optional.empty(),
                        Optional.empty(),
                        version,
                        revision),
                Optional.empty());
    }
}
