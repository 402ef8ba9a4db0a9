package dev.cenotaph.gateway.listing;

import static dev.cenotaph.gateway.testing.RawUpstream.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cenotaph.gateway.testing.RawUpstream;
import dev.cenotaph.gateway.testing.TestGateway;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.policy.match.ItemKey;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Lists and the index: what a list does not show the index knows, and what it shows corrects the index. */
@SuppressWarnings("StringConcatToTextBlock") // Line ends as they are on the wire.
class ListIndexTest {
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final RawUpstream UPSTREAM = RawUpstream.start();
    private static final TestGateway GATEWAY = TestGateway.with(TestGateway.policy(UPSTREAM.port(), """
            orders:
              path: /api/orders
              marker: { timestamp: deleted_at }
              views:
                - { path: /api/search, items: /results, row: /hit }
                - { path: /api/recent }
            links:
              path: /api/links
              id: { href: /_links/self/href }
              marker: { flag: trashed }
              list: { items: /_embedded/links }
            lines:
              path: /api/users/{user}/lines
              marker: { flag: trashed }
              views:
                - path: /api/lines
                - path: /api/by-user/{user}
            notes: { path: /api/notes, marker: { flag: trashed } }
            """));

    @AfterAll
    static void stop() {
        GATEWAY.close();
        UPSTREAM.close();
    }

    @Test
    void rowsThatAreBriefAreHiddenByTheirId() {
        learn("/api/orders", "[{\"id\":11,\"deleted_at\":1}]", order("11"));
        assertThat(listed("/api/orders?fields=id", "[{\"id\":10},{\"id\":11},{\"id\":\"11\"}]"))
                .isEqualTo("[{\"id\":10}]");
        assertThat(listed("/api/orders?only_trashed=true", "[{\"id\":10},{\"id\":11}]"))
                .isEqualTo("[{\"id\":11}]");
        assertThat(UPSTREAM.lastAsked().uri()).isEqualTo("/api/orders");
    }

    @Test
    void copyOfABriefListIsNotConfirmedOnceItemsAreTrashed() {
        learn("/api/orders", "[{\"id\":21,\"deleted_at\":1}]", order("21"));
        UPSTREAM.behave((asked, wire) -> wire.write(
                asked.header("If-None-Match").isEmpty()
                                && asked.header("If-Modified-Since").isEmpty()
                        ? response("200 OK", JSON + "ETag: \"b1\"\r\n", "[{\"id\":20},{\"id\":21}]")
                        : "HTTP/1.1 304 Not Modified\r\nETag: \"b1\"\r\n\r\n"));
        HttpResponse<String> byTag = GATEWAY.get("/api/orders", "If-None-Match", "\"b1\"");
        assertThat(byTag.body()).isEqualTo("[{\"id\":20}]");
        HttpResponse<String> byDate = GATEWAY.get("/api/orders", "If-Modified-Since", "Sun, 22 Nov 2026 07:00:00 GMT");
        assertThat(byDate.body()).isEqualTo("[{\"id\":20}]");
    }

    @Test
    void copyOfAListWithoutTrashIsStillConfirmed() {
        learn("/api/orders", "[{\"id\":31,\"deleted_at\":1}]", order("31"));
        UPSTREAM.behave((asked, wire) -> wire.write(response("200 OK", JSON + "ETag: \"b1\"\r\n", "[{\"id\":30}]")));
        HttpResponse<String> answer = GATEWAY.get("/api/orders", "If-None-Match", "W/\"b1\"");
        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.headers().firstValue("ETag")).hasValue("\"b1\"");
    }

    @Test
    void itemTrashedBehindOurBackIsLearnedAndComesBackWhenSeenLive() {
        learn("/api/orders", "[{\"id\":41,\"deleted_at\":\"2026-11-22T07:00:00Z\"}]", order("41"));
        UPSTREAM.forget();
        assertThat(GATEWAY.get("/api/orders/41").statusCode()).isEqualTo(410);
        assertThat(UPSTREAM.asked()).isEmpty();
        assertThat(listed("/api/orders", "[{\"id\":41,\"deleted_at\":null}]"))
                .isEqualTo("[{\"id\":41,\"deleted_at\":null}]");
        await().until(() -> !GATEWAY.bean(Tombstones.class).isTrashed(order("41")));
        assertThat(GATEWAY.get("/api/orders/41").statusCode()).isEqualTo(200);
    }

    @Test
    void listThatIsOlderThanTheDeletionShowsNothingOfIt() throws Exception {
        var listIsAsked = new CountDownLatch(1);
        var itemIsTrashed = new CountDownLatch(1);
        String live = "[{\"id\":51,\"deleted_at\":null}]";
        UPSTREAM.behave((asked, wire) -> {
            if (asked.uri().contains("slow")) {
                listIsAsked.countDown();
                RawUpstream.await(itemIsTrashed);
                wire.write(response("200 OK", JSON, live));
            } else {
                wire.write(response("200 OK", JSON, "[{\"id\":51,\"deleted_at\":1}]"));
            }
        });
        var slow = CompletableFuture.supplyAsync(
                () -> GATEWAY.get("/api/orders?slow").body());
        RawUpstream.await(listIsAsked);
        GATEWAY.get("/api/orders");
        await().until(() -> GATEWAY.bean(Tombstones.class).isTrashed(order("51")));
        itemIsTrashed.countDown();
        assertThat(slow.get()).isEqualTo("[]");
        assertThat(GATEWAY.bean(Tombstones.class).isTrashed(order("51"))).isTrue();
    }

    @Test
    void includedAndOnlyTrashedListsAreNotStored() {
        String rows = "[{\"id\":60,\"deleted_at\":null},{\"id\":61,\"deleted_at\":1}]";
        UPSTREAM.behave((asked, wire) ->
                wire.write(response("200 OK", JSON + "Cache-Control: max-age=60\r\nETag: \"c1\"\r\n", rows)));
        HttpResponse<String> all = GATEWAY.get("/api/orders?with_trashed=true&x=%20", "Accept-Encoding", "gzip");
        assertThat(all.body()).isEqualTo(rows);
        assertThat(all.headers().allValues("Cache-Control")).containsExactly("private, no-store");
        assertThat(UPSTREAM.lastAsked().uri()).isEqualTo("/api/orders?x=%20");
        assertThat(UPSTREAM.lastAsked().header("Accept-Encoding")).containsExactly("gzip");
        HttpResponse<String> only = GATEWAY.get("/api/orders?only_trashed=true");
        assertThat(only.body()).isEqualTo("[{\"id\":61,\"deleted_at\":1}]");
        assertThat(only.headers().allValues("Cache-Control")).containsExactly("private, no-store");
        HttpResponse<String> live = GATEWAY.get("/api/orders?with_trashed=false");
        assertThat(live.body()).isEqualTo("[{\"id\":60,\"deleted_at\":null}]");
        assertThat(live.headers().allValues("Cache-Control")).containsExactly("max-age=60");
    }

    @Test
    void viewsHideTheSameItems() {
        learn("/api/orders", "[{\"id\":71,\"deleted_at\":1}]", order("71"));
        String found =
                "{\"took\":3,\"results\":[{\"score\":1.0,\"hit\":{\"id\":71}},{\"score\":0.5,\"hit\":{\"id\":70}}]}";
        String kept = "{\"took\":3,\"results\":[{\"score\":0.5,\"hit\":{\"id\":70}}]}";
        assertThat(listed("/api/search?q=a", found)).isEqualTo(kept);
        HttpResponse<String> posted =
                GATEWAY.send("POST", "/api/search?q=a", "{\"query\":\"a\"}", "Content-Type", "application/json");
        assertThat(posted.body()).isEqualTo(kept);
        assertThat(new String(UPSTREAM.lastAsked().body(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("{\"query\":\"a\"}");
        assertThat(listed("/api/recent", "[{\"id\":70},{\"id\":71}]")).isEqualTo("[{\"id\":70}]");
    }

    @Test
    void idsInLinksDecide() {
        learn("/api/links", links(link("a%20b", ",\"trashed\":true")), new ItemKey("links", List.of(), "a b"));
        assertThat(listed("/api/links", links(link("a%20b", "") + "," + link("c", ""))))
                .isEqualTo(links(link("c", "")));
    }

    @Test
    void nestedItemsAreToldApartByTheirParents() {
        learn("/api/users/1/lines", "[{\"id\":81,\"trashed\":true}]", new ItemKey("lines", List.of("1"), "81"));
        assertThat(listed("/api/users/1/lines", "[{\"id\":81}]")).isEqualTo("[]");
        assertThat(listed("/api/by-user/1", "[{\"id\":81}]")).isEqualTo("[]");
        assertThat(listed("/api/users/2/lines", "[{\"id\":81}]")).isEqualTo("[{\"id\":81}]");
    }

    @Test
    void viewWithoutTheParentsBelievesTheMarkerAndLearnsNothing() {
        assertThat(listed("/api/lines", "[{\"id\":91,\"trashed\":true},{\"id\":92,\"trashed\":false}]"))
                .isEqualTo("[{\"id\":92,\"trashed\":false}]");
        learn("/api/orders", "[{\"id\":93,\"deleted_at\":1}]", order("93"));
        assertThat(GATEWAY.bean(Tombstones.class).isTrashed(new ItemKey("lines", List.of(), "91")))
                .isFalse();
    }

    @Test
    void viewWithoutTheParentsCannotGuessWhatABriefRowIs() {
        UPSTREAM.behave((asked, wire) -> wire.write(response("200 OK", JSON, "[{\"id\":94}]")));
        assertThat(GATEWAY.get("/api/lines").statusCode()).isEqualTo(502);
    }

    @Test
    void answerOfOurOwnIsNotTakenForTheUpstreams() {
        learn("/api/orders", "[{\"id\":98,\"deleted_at\":1}]", order("98"));
        UPSTREAM.behave((asked, wire) -> wire.close());
        HttpResponse<String> answer = GATEWAY.get("/api/orders/98?with_trashed=true");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.headers().firstValue("Cenotaph-State")).isEmpty();
        assertThat(answer.headers().firstValue("Link")).isEmpty();
    }

    private static ItemKey order(String id) {
        return new ItemKey("orders", List.of(), id);
    }

    private static String link(String id, String more) {
        return "{\"_links\":{\"self\":{\"href\":\"https://x/api/links/" + id + "?a=b\"}}" + more + "}";
    }

    private static String links(String rows) {
        return "{\"_embedded\":{\"links\":[" + rows + "]}}";
    }

    private static String listed(String uri, String body) {
        UPSTREAM.behave((asked, wire) -> wire.write(response("200 OK", JSON, body)));
        return GATEWAY.get(uri).body();
    }

    /** Shows an item trashed, and waits until the index knows it. */
    private static void learn(String uri, String body, ItemKey key) {
        listed(uri, body);
        await().until(() -> GATEWAY.bean(Tombstones.class).isTrashed(key));
    }
}
