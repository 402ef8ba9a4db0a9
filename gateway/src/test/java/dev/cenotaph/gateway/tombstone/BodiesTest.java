package dev.cenotaph.gateway.tombstone;

import static dev.cenotaph.gateway.tombstone.FormerBody.Kind.REVISION;
import static dev.cenotaph.gateway.tombstone.FormerBody.Kind.SNAPSHOT;
import static dev.cenotaph.gateway.tombstone.TestTombstones.KEY;
import static dev.cenotaph.gateway.tombstone.TestTombstones.get;
import static dev.cenotaph.gateway.tombstone.TestTombstones.order;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenotaph.gateway.tombstone.FormerBody.Facts;
import dev.cenotaph.gateway.tombstone.FormerBody.Kind;
import dev.cenotaph.gateway.tombstone.FormerBody.Origin;
import dev.cenotaph.policy.match.ItemKey;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

class BodiesTest {
    private static final String CARD = "{\"id\":7,\"card\":\"4111\"}";
    private static final Duration WAIT = Duration.ofSeconds(30);

    @EveryStore
    void bodyComesBackAsItWasKept(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            byte[] content = new byte[70_000];
            for (int at = 0; at < content.length; at++) {
                content[at] = (byte) at;
            }
            var origin = new Origin(
                    new ItemKey("orders", List.of("a/b", "%"), "7 7"),
                    SNAPSHOT,
                    Optional.of("deletion"),
                    Optional.of("alice"),
                    Optional.of("application/json"),
                    Optional.of("\"v1\""));
            FormerBody kept = get(bodies(test).keep(origin, content));
            test.restart(keys("k1"));
            FormerBody found = get(bodies(test).latest(origin.key(), SNAPSHOT));
            assertThat(found.facts()).isEqualTo(new Facts(origin, 1, test.clock.instant(), 70_000));
            assertThat(found.facts()).isEqualTo(kept.facts());
            assertThat(found.content()).isEqualTo(content);
            assertThat(get(bodies(test).ofDeletion(origin.key(), SNAPSHOT, "deletion"))
                            .facts())
                    .isEqualTo(kept.facts());
            assertThat(bodies(test)
                            .ofDeletion(origin.key(), SNAPSHOT, "another")
                            .blockOptional(WAIT))
                    .isEmpty();
        }
    }

    @EveryStore
    void bodiesOfAnItemAreCountedAndListedNewestFirst(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            keep(test, KEY, REVISION, "one", "two", "three");
            keep(test, KEY, SNAPSHOT, "last");
            keep(test, order("8"), REVISION, "another's");
            assertThat(numbers(test, OptionalLong.empty(), 2)).containsExactly(3L, 2L);
            assertThat(numbers(test, OptionalLong.of(2), 2)).containsExactly(1L);
            assertThat(text(get(bodies(test).find(KEY, REVISION, 2)))).isEqualTo("two");
            assertThat(text(get(bodies(test).latest(KEY, SNAPSHOT)))).isEqualTo("last");
            assertThat(bodies(test).find(KEY, REVISION, 4).blockOptional(WAIT)).isEmpty();
        }
    }

    @EveryStore
    void bodiesAreDroppedOneByOneAllButSomeAndAll(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            keep(test, KEY, REVISION, "one", "two", "three", "four");
            keep(test, KEY, SNAPSHOT, "last");
            keep(test, order("8"), REVISION, "another's");
            bodies(test).dropAllBut(KEY, REVISION, 3).block(WAIT);
            assertThat(numbers(test, OptionalLong.empty(), 10)).containsExactly(4L, 3L, 2L);
            bodies(test).drop(KEY, REVISION, 3).block(WAIT);
            assertThat(numbers(test, OptionalLong.empty(), 10)).containsExactly(4L, 2L);
            bodies(test).dropAllBut(KEY, REVISION, 1).block(WAIT);
            keep(test, KEY, REVISION, "five");
            assertThat(numbers(test, OptionalLong.empty(), 10)).containsExactly(5L, 4L);
            bodies(test).dropAll(KEY, REVISION).block(WAIT);
            assertThat(numbers(test, OptionalLong.empty(), 10)).isEmpty();
            assertThat(text(get(bodies(test).latest(KEY, SNAPSHOT)))).isEqualTo("last");
            assertThat(text(get(bodies(test).latest(order("8"), REVISION)))).isEqualTo("another's");
        }
    }

    @EveryStore
    void bodiesKeptAtOnceGetNumbersOfTheirOwn(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            List<Long> numbers = Flux.range(0, 20)
                    .flatMap(at -> bodies(test).keep(origin(KEY, REVISION), new byte[] {(byte) (int) at}), 20)
                    .map(kept -> kept.facts().number())
                    .sort()
                    .collectList()
                    .block(WAIT);
            assertThat(numbers)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 20)
                            .mapToObj(at -> (long) at)
                            .toList());
        }
    }

    @EveryStore
    void underAKeyTheStoreShowsNothingOfTheBody(StoreUnderTest store, @TempDir Path directory) throws SQLException {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            test.restart(keys("k1"));
            keep(test, KEY, SNAPSHOT, CARD, CARD);
            List<String> rows = test.rows("SELECT content, checksum FROM body ORDER BY number");
            assertThat(rows.get(0)).isNotEqualTo(rows.get(1));
            assertThat(rows)
                    .allSatisfy(row -> assertThat(
                                    new String(Base64.getDecoder().decode(row.substring(0, row.indexOf(' '))), UTF_8))
                            .doesNotContain("card", "4111"));
        }
    }

    @EveryStore
    void keysRotate(StoreUnderTest store, @TempDir Path directory) throws SQLException {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            keep(test, KEY, REVISION, "in the clear");
            test.restart(keys("k1"));
            keep(test, KEY, REVISION, "under the first");
            test.restart(keys("k2", "k1"));
            keep(test, KEY, REVISION, "under the second");
            assertThat(test.rows("SELECT key_id FROM body ORDER BY number")).containsExactly("null", "k1", "k2");
            assertThat(List.of(revision(test, 1), revision(test, 2), revision(test, 3)))
                    .containsExactly("in the clear", "under the first", "under the second");
            test.restart(keys("k2"));
            assertThat(revision(test, 3)).isEqualTo("under the second");
            assertThatThrownBy(() -> revision(test, 2))
                    .isInstanceOf(BrokenBodyException.class)
                    .hasMessageContaining("key k1, which is not there");
        }
    }

    @EveryStore
    void anotherKeyUnderTheSameIdDoesNotRead(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            test.restart(keys("k1"));
            keep(test, KEY, REVISION, CARD);
            test.restart(BodyKeys.of(Map.of("k1", text("another")), Optional.empty()));
            assertThatThrownBy(() -> revision(test, 1))
                    .isInstanceOf(BrokenBodyException.class)
                    .hasMessageContaining("it was changed, or the key k1 is another");
        }
    }

    @EveryStore
    void whateverChangesInARowBreaksIt(StoreUnderTest store, @TempDir Path directory) throws SQLException {
        for (BodyKeys keys : List.of(BodyKeys.none(), keys("k1"))) {
            for (String change : List.of(
                    "content = 'AAAA' || SUBSTR(content, 5)",
                    "content = '*' || SUBSTR(content, 2)",
                    "content = ''",
                    "checksum = 'AAAA'",
                    "size = size + 1",
                    "store_time = store_time + 1",
                    "deletion_id = 'another'",
                    "deletion_id = NULL",
                    "content_type = 'text/html'",
                    "entity_tag = '\"v2\"'",
                    "actor = 'mallory'",
                    "key_id = 'k9'",
                    "number = 5",
                    "kind = 'REVISION'",
                    "id = '8'",
                    "parents = 'a/'",
                    "resource = 'notes'")) {
                broken(store, directory.resolve(Integer.toHexString((keys + change).hashCode())), keys, change);
            }
        }
    }

    @EveryStore
    void swappedContentsDoNotReadUnderAKey(StoreUnderTest store, @TempDir Path directory) throws SQLException {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            test.restart(keys("k1"));
            keep(test, KEY, SNAPSHOT, "mine");
            keep(test, order("8"), SNAPSHOT, "hers");
            test.execute("UPDATE body SET content = (SELECT content FROM body b WHERE b.id = '8') WHERE id = '7'");
            assertThatThrownBy(() -> get(bodies(test).latest(KEY, SNAPSHOT))).isInstanceOf(BrokenBodyException.class);
            assertThat(text(get(bodies(test).latest(order("8"), SNAPSHOT)))).isEqualTo("hers");
        }
    }

    @Test
    void sealBindsTheFactsEvenWhereTheChecksumIsRight() {
        BodySeal seal = new BodySeal(keys("k1"));
        Facts mine = new Facts(origin(KEY, SNAPSHOT), 1, Instant.EPOCH, 4);
        Facts hers = new Facts(origin(order("8"), SNAPSHOT), 1, Instant.EPOCH, 4);
        byte[] secret = seal.seal(hers, "hers".getBytes(UTF_8)).content();
        BodySeal clear = new BodySeal(BodyKeys.none());
        assertThat(clear.open(hers, clear.seal(hers, "hers".getBytes(UTF_8)))).isEqualTo("hers".getBytes(UTF_8));
        assertThatThrownBy(() -> seal.open(mine, BodySeal.sealed(mine, Optional.of("k1"), secret)))
                .isInstanceOf(BrokenBodyException.class)
                .hasMessageContaining("it was changed");
        assertThatThrownBy(() -> seal.open(hers, BodySeal.sealed(hers, Optional.of("k1"), new byte[5])))
                .isInstanceOf(BrokenBodyException.class)
                .hasMessageContaining("cut off");
    }

    @Test
    void whatIsNoKeyIsRefusedWithoutShowingIt() {
        assertThatThrownBy(() -> BodyKeys.of(Map.of("k1", "c2hvcnQ="), Optional.empty()))
                .hasMessage("The key k1 for bodies has 5 bytes, and needs 32");
        assertThatThrownBy(() -> BodyKeys.of(Map.of("k1", "*secret*"), Optional.empty()))
                .hasMessage("The key k1 for bodies is not Base64")
                .hasNoCause();
        assertThatThrownBy(() -> BodyKeys.of(Map.of("k1", text("1"), "k2", text("2")), Optional.empty()))
                .hasMessageContaining("none is named as the current one: [k1, k2]");
        assertThatThrownBy(() -> BodyKeys.of(Map.of("k1", text("1")), Optional.of("k2")))
                .hasMessageContaining("The current key for bodies is k2, but the keys are [k1]");
        assertThat(keys("k1")).hasToString("BodyKeys[k1]");
    }

    private static void broken(StoreUnderTest store, Path directory, BodyKeys keys, String change) throws SQLException {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            test.restart(keys);
            get(bodies(test)
                    .keep(
                            new Origin(
                                    KEY,
                                    SNAPSHOT,
                                    Optional.of("deletion"),
                                    Optional.of("alice"),
                                    Optional.of("application/json"),
                                    Optional.of("\"v1\"")),
                            CARD.getBytes(UTF_8)));
            test.execute("UPDATE body SET " + change);
            ItemKey key = new ItemKey(
                    change.startsWith("resource") ? "notes" : "orders",
                    change.startsWith("parents") ? List.of("a") : List.of(),
                    change.startsWith("id") ? "8" : "7");
            Kind kind = change.startsWith("kind") ? REVISION : SNAPSHOT;
            assertThatThrownBy(() -> get(bodies(test).latest(key, kind)))
                    .as("%s %s", keys, change)
                    .isInstanceOf(BrokenBodyException.class);
        }
    }

    private static BodyKeys keys(String current, String... others) {
        var texts = new HashMap<>(Map.of(current, text(current)));
        Arrays.stream(others).forEach(id -> texts.put(id, text(id)));
        return BodyKeys.of(texts, Optional.of(current));
    }

    /** A key that its seed gives. */
    private static String text(String seed) {
        return Base64.getEncoder().encodeToString(Arrays.copyOf(seed.getBytes(UTF_8), 32));
    }

    private static Bodies bodies(TestTombstones test) {
        return test.tombstones().bodies();
    }

    private static Origin origin(ItemKey key, Kind kind) {
        return new Origin(key, kind, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static void keep(TestTombstones test, ItemKey key, Kind kind, String... contents) {
        for (String content : contents) {
            get(bodies(test).keep(origin(key, kind), content.getBytes(UTF_8)));
        }
    }

    private static List<Long> numbers(TestTombstones test, OptionalLong before, int limit) {
        return get(bodies(test).list(KEY, REVISION, before, limit)).stream()
                .map(Facts::number)
                .toList();
    }

    private static String revision(TestTombstones test, long number) {
        return text(get(bodies(test).find(KEY, REVISION, number)));
    }

    private static String text(FormerBody body) {
        return new String(body.content(), UTF_8);
    }
}
