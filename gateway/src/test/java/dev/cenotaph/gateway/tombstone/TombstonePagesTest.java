package dev.cenotaph.gateway.tombstone;

import static dev.cenotaph.gateway.tombstone.TestTombstones.get;
import static dev.cenotaph.gateway.tombstone.Tombstone.State.PENDING;
import static dev.cenotaph.gateway.tombstone.Tombstone.State.PURGING;
import static dev.cenotaph.gateway.tombstone.Tombstone.State.RESTORING;
import static dev.cenotaph.gateway.tombstone.Tombstone.State.TRASHED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.policy.match.ItemKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;

class TombstonePagesTest {
    private static final List<String> PARENTS = List.of("alice", "a/b");

    @EveryStore
    void pagesAreNewestFirstAndMissNothing(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            for (int item = 0; item < 10; item++) {
                test.bring(key("item " + item), TRASHED);
                test.clock.pass(Duration.ofMillis(item % 3));
            }
            List<String> whole = ids(page(test, 100, Optional.empty()));
            assertThat(whole.getFirst()).isEqualTo("item 9");
            for (int size = 1; size <= 11; size++) {
                assertThat(walk(test, size)).as("in pages of %d", size).isEqualTo(whole);
            }
        }
    }

    @EveryStore
    void equalTimesAreOrderedById(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            for (String id : List.of("c", "", "ü", "a/%", "\uD83D", "😀")) {
                test.bring(key(id), TRASHED);
            }
            assertThat(walk(test, 1)).containsExactly("", "\uD83D", "a/%", "c", "ü", "😀");
        }
    }

    @EveryStore
    void onlyGoneItemsOfThisCollectionAreShown(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            test.bring(key("pending"), PENDING);
            test.bring(key("restoring"), RESTORING);
            test.bring(key("purging"), PURGING);
            test.bring(key("forgotten"), Optional.empty());
            Tombstone trashed = test.bring(key("trashed"), TRASHED);
            test.bring(new ItemKey("orders", List.of("alice", "a", "b"), "trashed"), TRASHED);
            test.bring(new ItemKey("orders", List.of("alice"), "trashed"), TRASHED);
            test.bring(new ItemKey("others", PARENTS, "trashed"), TRASHED);

            TombstonePage page = page(test, 100, Optional.empty());

            assertThat(ids(page)).containsExactly("purging", "restoring", "trashed");
            assertThat(page.tombstones()).contains(trashed);
            assertThat(page.next()).isEmpty();
        }
    }

    @EveryStore
    void newerTrashDoesNotShiftThePagesThatFollow(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            for (String id : List.of("1", "2", "3", "4")) {
                test.bring(key(id), TRASHED);
                test.clock.pass(Duration.ofSeconds(1));
            }
            TombstonePage first = page(test, 2, Optional.empty());
            test.bring(key("5"), TRASHED);

            assertThat(ids(first)).containsExactly("4", "3");
            assertThat(ids(page(test, 2, first.next()))).containsExactly("2", "1");
        }
    }

    @EveryStore
    void strangeTokensAreRefused(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            test.bring(key("1"), TRASHED);
            test.bring(key("2"), TRASHED);
            String token = page(test, 1, Optional.empty()).next().orElseThrow();
            String elsewhere = PageToken.write("orders", List.of("bob"), new PageToken.Place(1, "1"));

            for (String strange : List.of(
                    "",
                    "x",
                    "!",
                    "AAAA",
                    "1",
                    token + "=",
                    token + "==",
                    token + "\n",
                    token.substring(1),
                    elsewhere,
                    "Ag" + token.substring(2),
                    token.substring(0, 18) + "_w")) {
                StepVerifier.create(test.tombstones().page("orders", PARENTS, 1, Optional.of(strange)))
                        .expectError(IllegalArgumentException.class)
                        .verify(Duration.ofSeconds(10));
            }
            StepVerifier.create(test.tombstones().page("orders", PARENTS, 0, Optional.empty()))
                    .expectError(IllegalArgumentException.class)
                    .verify(Duration.ofSeconds(10));
        }
    }

    private static List<String> walk(TestTombstones test, int size) {
        List<String> ids = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            TombstonePage page = page(test, size, token);
            assertThat(page.tombstones()).hasSizeLessThanOrEqualTo(size).isNotEmpty();
            ids.addAll(ids(page));
            token = page.next();
        } while (token.isPresent());
        return ids;
    }

    private static TombstonePage page(TestTombstones test, int size, Optional<String> token) {
        return get(test.tombstones().page("orders", PARENTS, size, token));
    }

    private static List<String> ids(TombstonePage page) {
        return page.tombstones().stream().map(tombstone -> tombstone.key().id()).toList();
    }

    private static ItemKey key(String id) {
        return new ItemKey("orders", PARENTS, id);
    }
}
