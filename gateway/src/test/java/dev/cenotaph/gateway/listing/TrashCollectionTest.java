package dev.cenotaph.gateway.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cenotaph.gateway.testing.RawUpstream;
import dev.cenotaph.gateway.testing.TestGateway;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.policy.match.ItemKey;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The trash collection over HTTP: newest first, page by page. */
class TrashCollectionTest {
    private static final int TRASHED = 7;
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    private static final RawUpstream UPSTREAM = RawUpstream.start();
    private static final TestGateway GATEWAY = TestGateway.with(TestGateway.policy(UPSTREAM.port(), """
            orders: { path: /api/orders, marker: { timestamp: deleted_at } }
            empties: { path: /api/empties, marker: { timestamp: deleted_at } }
            """));

    @BeforeAll
    static void fill() {
        String rows = IntStream.range(0, TRASHED)
                .mapToObj(id -> "{\"id\":\"é/" + id + "\",\"deleted_at\":\"2026-11-22T07:00:0" + id + "Z\"}")
                .collect(Collectors.joining(","));
        byte[] utf8 = ("[" + rows + "]").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        UPSTREAM.behave(
                (asked, wire) -> wire.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                                + utf8.length + "\r\n\r\n")
                        .write(utf8));
        GATEWAY.get("/api/orders");
        for (int id = 0; id < TRASHED; id++) {
            var key = new ItemKey("orders", List.of(), "é/" + id);
            await().until(() -> GATEWAY.bean(Tombstones.class).isTrashed(key));
        }
    }

    @AfterAll
    static void stop() {
        GATEWAY.close();
        UPSTREAM.close();
    }

    @Test
    void pagesFollowOneAnotherNewestFirst() {
        var ids = new ArrayList<String>();
        Optional<String> page = Optional.of("/api/orders/trashed?page_size=3");
        int pages = 0;
        while (page.isPresent()) {
            HttpResponse<String> answer = GATEWAY.get(page.get());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Cache-Control")).hasValue("private, no-store");
            JsonNode body = JsonMapper.shared().readTree(answer.body());
            body.get("trashed").forEach(row -> ids.add(row.get("id").asString()));
            page = answer.headers().firstValue("Link").map(TrashCollectionTest::next);
            assertThat(body.has("next_page_token")).isEqualTo(page.isPresent());
            pages++;
        }
        assertThat(pages).isEqualTo(3);
        assertThat(ids).containsExactly("é/6", "é/5", "é/4", "é/3", "é/2", "é/1", "é/0");
    }

    @Test
    void rowTellsWhatIsKnown() {
        JsonNode row = JsonMapper.shared()
                .readTree(GATEWAY.get("/api/orders/trashed?page_size=1").body())
                .get("trashed")
                .get(0);
        assertThat(row.get("state").asString()).isEqualTo("trashed");
        assertThat(row.get("delete_time").asString()).isEqualTo("2026-11-22T07:00:06Z");
        assertThat(row.get("item").asString()).isEqualTo("/api/orders/%C3%A9%2F6");
        assertThat(row.get("restore").asString()).isEqualTo("/api/orders/%C3%A9%2F6:undelete");
        assertThat(row.get("deletion_id").asString()).isNotEmpty();
    }

    @Test
    void trashOfACollectionWithoutAnyIsEmpty() {
        UPSTREAM.forget();
        assertThat(GATEWAY.get("/api/empties/trashed").body()).isEqualTo("{\"trashed\":[]}");
        assertThat(GATEWAY.send("HEAD", "/api/empties/trashed", "").headers().firstValue("Content-Length"))
                .hasValue("14");
        assertThat(UPSTREAM.asked()).isEmpty();
    }

    @Test
    void largePagesAreCutToTheLargest() {
        assertThat(GATEWAY.get("/api/orders/trashed?page_size=2147483647").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "page_size=0",
                "page_size=-1",
                "page_size=x",
                "page_size=",
                "page_size",
                "page_size=1.5",
                "page_size=99999999999",
                "page_size=1&page_size=2",
                "page_token=x",
                "page_token=",
                "page_token=%00",
                "page_token=AQAAAAAAAAAAAAAAAA",
                "page_token=a&page_token=a"
            })
    void parametersThatMakeNoSenseAreRefused(String query) {
        HttpResponse<String> answer = GATEWAY.get("/api/orders/trashed?" + query);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("invalid-parameter");
    }

    @Test
    void tokenOfAnotherCollectionIsRefused() {
        String token = JsonMapper.shared()
                .readTree(GATEWAY.get("/api/orders/trashed?page_size=1").body())
                .get("next_page_token")
                .asString();
        assertThat(GATEWAY.get("/api/empties/trashed?page_token=" + token).statusCode())
                .isEqualTo(400);
        assertThat(GATEWAY.get("/api/orders/trashed?page_token=" + token).statusCode())
                .isEqualTo(200);
    }

    private static String next(String link) {
        var matcher = NEXT.matcher(link);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
