package dev.cenotaph.gateway.deletion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.TestGateway;
import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.policy.match.ItemKey;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** When an item is purged is fixed when it is trashed, and every client can see it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetentionTest {
    private static final Duration THIRTY_DAYS = Duration.ofDays(30);
    private static final String TRASHED_LONG_AGO = "{\"deleted_at\":\"2001-02-03T04:05:06Z\"}";
    private static final String POLICIES = """
            orders: { path: /orders, marker: { timestamp: deleted_at }, retention: P30D }
            notes: { path: /notes, marker: { timestamp: deleted_at } }
            brief: { path: /brief, marker: { timestamp: deleted_at }, retention: PT1S }
            """;

    private final ItemUpstream upstream = new ItemUpstream();

    @SuppressWarnings("NullAway.Init")
    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.with(TestGateway.policy(upstream.port(), POLICIES));
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void everyAnswerAboutATrashedItemNamesTheSameTime() {
        String item = upstream.create("/orders", "{}");
        HttpResponse<String> deleted = gateway.delete(item);
        Instant purge = header(deleted, "Cenotaph-Purge-At");
        assertThat(purge).isCloseTo(Instant.now().plus(THIRTY_DAYS), within(1, ChronoUnit.MINUTES));

        HttpResponse<String> gone = gateway.get(item);
        assertThat(header(gone, "Cenotaph-Purge-At")).isEqualTo(purge);
        assertThat(time(gone, "/purge_time")).isEqualTo(purge);
        assertThat(Duration.between(time(gone, "/delete_time"), purge)).isEqualTo(THIRTY_DAYS);

        HttpResponse<String> shown = gateway.get(item + "?with_trashed=true");
        String sunset = shown.headers().firstValue("Sunset").orElseThrow();
        assertThat(ZonedDateTime.parse(sunset, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant())
                .isEqualTo(purge.truncatedTo(ChronoUnit.SECONDS));
        assertThat(time(gateway.get("/orders/trashed"), "/trashed/0/purge_time"))
                .isEqualTo(purge);
    }

    @Test
    void withoutRetentionNobodyIsToldOfAPurge() {
        String item = upstream.create("/notes", "{}");
        assertThat(gateway.delete(item).headers().firstValue("Cenotaph-Purge-At"))
                .isEmpty();
        assertThat(gateway.get(item).body()).doesNotContain("purge_time");
    }

    @Test
    void itemFoundTrashedIsKeptFromNowOnHoweverOldItsMarkerIs() {
        String read = upstream.create("/orders", TRASHED_LONG_AGO);
        assertThat(gateway.get(read).statusCode()).isEqualTo(410);
        assertKeptFromNowOn(read);

        String deleted = upstream.create("/orders", TRASHED_LONG_AGO);
        assertThat(gateway.delete(deleted).statusCode()).isEqualTo(410);
        assertKeptFromNowOn(deleted);

        String listed = upstream.create("/orders", TRASHED_LONG_AGO);
        assertThat(gateway.get("/orders").body()).doesNotContain(id(listed));
        Awaitility.await().until(() -> bean().isTrashed(key(listed)));
        assertKeptFromNowOn(listed);

        String restored = upstream.create("/orders", TRASHED_LONG_AGO);
        assertThat(gateway.post(restored + ":undelete").statusCode()).isEqualTo(200);
    }

    @Test
    void itemPastItsPurgeTimeCannotBeRestored() {
        String item = upstream.create("/brief", "{}");
        HttpResponse<String> deleted = gateway.delete(item);
        Instant purge = header(deleted, "Cenotaph-Purge-At");
        Awaitility.await().until(() -> Instant.now().isAfter(purge));
        HttpResponse<String> late = gateway.post(item + ":undelete");
        assertThat(late.statusCode()).isEqualTo(410);
        assertThat(late.body()).contains("retention-expired");
        assertThat(upstream.methods(item)).doesNotContain("DELETE");
    }

    private void assertKeptFromNowOn(String item) {
        Tombstone tombstone = bean().find(key(item)).blockOptional().orElseThrow();
        assertThat(tombstone.deleteTime()).isEqualTo("2001-02-03T04:05:06Z");
        assertThat(tombstone.purgeTime().orElseThrow())
                .isCloseTo(Instant.now().plus(THIRTY_DAYS), within(1, ChronoUnit.MINUTES));
    }

    private Tombstones bean() {
        return gateway.bean(Tombstones.class);
    }

    private static ItemKey key(String item) {
        return new ItemKey("orders", List.of(), item.substring(item.lastIndexOf('/') + 1));
    }

    private static String id(String item) {
        return "\"id\":" + key(item).id() + ",";
    }

    private static Instant header(HttpResponse<String> answer, String name) {
        return Instant.parse(answer.headers().firstValue(name).orElseThrow());
    }

    private static Instant time(HttpResponse<String> answer, String pointer) {
        JsonNode node = JsonMapper.shared().readTree(answer.body()).at(pointer);
        return Instant.parse(node.stringValue());
    }
}
