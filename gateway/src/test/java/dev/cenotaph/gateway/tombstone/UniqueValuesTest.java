package dev.cenotaph.gateway.tombstone;

import static dev.cenotaph.gateway.tombstone.TestTombstones.KEY;
import static dev.cenotaph.gateway.tombstone.TestTombstones.TRACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.unique.KeyValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

class UniqueValuesTest {
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final KeyValue EMAIL = new KeyValue("/email", "text a@example.org");
    private static final KeyValue SKU = new KeyValue("/sku", "number 7");

    @EveryStore
    void valuesOfATrashedItemLeadToIt(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            Tombstone pending = begin(test, KEY, List.of(EMAIL, SKU));
            assertThat(holders(test, List.of(), EMAIL)).as("while pending").isEmpty();
            Tombstone trashed = get(test.tombstones().commit(pending, TRACE));
            assertThat(holders(test, List.of(), EMAIL)).containsExactly(trashed);
            assertThat(holders(test, List.of(), SKU, EMAIL)).containsExactly(trashed);
            assertThat(holders(test, List.of("x"), EMAIL)).isEmpty();
            assertThat(holders(test, List.of(), new KeyValue("/sku", EMAIL.value())))
                    .isEmpty();
            assertThat(holders(test, List.of(), new KeyValue("/sku", "text 7"))).isEmpty();
            test.restart();
            assertThat(holders(test, List.of(), EMAIL)).containsExactly(trashed);
        }
    }

    @EveryStore
    void valuesGoWithTheTombstone(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            var other = new ItemKey("orders", List.of(), "8");
            get(test.tombstones().commit(begin(test, other, List.of(SKU)), TRACE));
            get(test.tombstones().commit(begin(test, KEY, List.of(EMAIL)), TRACE));
            Claim claim = get(test.tombstones().claim(KEY, Tombstone.State.RESTORING, TRACE));
            assertThat(holders(test, List.of(), EMAIL))
                    .as("while it is restored")
                    .hasSize(1);
            test.tombstones().forget(((Claim.Granted) claim).tombstone(), TRACE).block(WAIT);
            assertThat(holders(test, List.of(), EMAIL)).isEmpty();

            get(test.tombstones().commit(begin(test, KEY, List.of(SKU)), TRACE));
            assertThat(holders(test, List.of(), EMAIL))
                    .as("what it held when it was trashed before")
                    .isEmpty();
            assertThat(holders(test, List.of(), SKU)).hasSize(2);
        }
    }

    @EveryStore
    void releasedIntentHoldsNothing(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            Tombstone pending = begin(test, KEY, List.of(EMAIL));
            test.tombstones().release(pending, "upstream said no", TRACE).block(WAIT);
            get(test.tombstones().commit(begin(test, KEY, List.of()), TRACE));
            assertThat(holders(test, List.of(), EMAIL)).isEmpty();
        }
    }

    @EveryStore
    void learnedDeletionBringsItsValues(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            long observed = test.tombstones().observe();
            get(test.tombstones().learnTrashed(observed, test.deletion(KEY).of(List.of(EMAIL))));
            assertThat(holders(test, List.of(), EMAIL)).hasSize(1);
        }
    }

    private static Tombstone begin(TestTombstones test, ItemKey key, List<KeyValue> values) {
        Claim claim = get(test.tombstones().begin(test.deletion(key).of(values)));
        return ((Claim.Granted) claim).tombstone();
    }

    private static List<Tombstone> holders(TestTombstones test, List<String> parents, KeyValue... values) {
        return get(test.tombstones().holders("orders", parents, List.of(values)));
    }

    private static <T> T get(Mono<T> work) {
        return work.blockOptional(WAIT).orElseThrow();
    }
}
