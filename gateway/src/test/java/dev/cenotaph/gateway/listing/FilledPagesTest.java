package dev.cenotaph.gateway.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.StubUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Received;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.gateway.testing.TestGateway;
import dev.cenotaph.policy.paging.PageSeal;
import dev.cenotaph.policy.paging.RawQuery;
import dev.cenotaph.policy.paging.Resumption;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One filled page: its bytes, its links, and what it cost the upstream. */
class FilledPagesTest {
    private static final Map<String, Reply> REPLIES = new ConcurrentHashMap<>();
    private static final StubUpstream UPSTREAM =
            StubUpstream.answering(request -> REPLIES.getOrDefault(request.uri(), Reply.status(404)));
    private static final TestGateway GATEWAY = TestGateway.with(
            TestGateway.policy(UPSTREAM.port(), """
                    orders:
                      path: /orders
                      marker: { flag: trashed }
                      list:
                        items: /data
                        next: [/links/next, X-Next]
                        last: /links/last
                        paging: { page: page, size: size }
                        short-pages: refill
                      views: [{ path: /search, items: /data }]
                    notes:
                      path: /notes
                      marker: { flag: trashed }
                      list: { next: Link, paging: next, short-pages: refill }
                    carts:
                      path: /carts
                      marker: { flag: trashed }
                      list: { next: Link, paging: next, short-pages: refill }
                    customers:
                      path: /customers
                      marker: { flag: trashed }
                      embedded: [{ path: /carts, at: /*/buyer, trashed: null }]
                    """), "cenotaph.limits.fill-calls=2", "cenotaph.limits.list-page=4KB");

    @AfterAll
    static void stop() {
        GATEWAY.close();
        UPSTREAM.close();
    }

    @BeforeEach
    void forget() {
        REPLIES.clear();
        UPSTREAM.forgetCalls();
    }

    @Test
    void rowsArePulledForwardByteForByteAndTheLinkLeadsOnBehindThem() {
        page("/orders", "\"/orders?page=2\"", live(1), trashed(2), live(3));
        page(
                "/orders?page=2",
                "\"/orders?page=3\"",
                trashed(4),
                "{ \"id\":5, \"price\":1.10, \"trashed\":false }",
                live(6));
        var answer = GATEWAY.get("/orders");
        assertThat(answer.body())
                .isEqualTo("{\"data\":[" + live(1) + "," + live(3)
                        + ",{ \"id\":5, \"price\":1.10, \"trashed\":false }],\"links\":{\"next\":\"/orders?page=2&cenotaph_page="
                        + mark("page=2", 2, "5") + "\"},"
                        + "\"z\":1.0}");

        page("/orders?page=3", "null", live(7), live(8));
        var next = GATEWAY.get("/orders?page=2&cenotaph_page=" + mark("page=2", 2, "5"));
        assertThat(next.body())
                .isEqualTo("{\"data\":[" + live(6) + "," + live(7) + "," + live(8)
                        + "],\"links\":{\"next\":null},\"z\":1.0}");
        assertThat(UPSTREAM.calls())
                .containsExactly("GET /orders", "GET /orders?page=2", "GET /orders?page=2", "GET /orders?page=3");
    }

    /** A row that is pulled forward goes through the same hands as those of the page itself. */
    @Test
    void rowsOfFurtherPagesShowNoTrashInsideEither() {
        REPLIES.put("/customers/9", Reply.json("{\"id\":9,\"trashed\":true}"));
        assertThat(GATEWAY.get("/customers/9").statusCode()).isEqualTo(410);
        String row = "{\"id\":%d,\"trashed\":%b,\"buyer\":{\"id\":%d}}";
        REPLIES.put(
                "/carts",
                Reply.json("[" + row.formatted(1, false, 9) + "," + row.formatted(2, true, 8) + "]")
                        .with("Link", "</carts?o=2>; rel=next"));
        REPLIES.put("/carts?o=2", Reply.json("[" + row.formatted(3, false, 9) + "]"));
        assertThat(GATEWAY.get("/carts").body())
                .isEqualTo("[{\"id\":1,\"trashed\":false,\"buyer\":null},{\"id\":3,\"trashed\":false,\"buyer\":null}]");
    }

    @Test
    void rowsThatWentBeforeTheLinkIsFollowedDoNotHideOthers() {
        page("/orders?page=2", "null", live(5), live(6));
        var answer = GATEWAY.get("/orders?page=2&cenotaph_page=" + mark("page=2", 2, "5"));
        assertThat(answer.body()).contains("\"data\":[" + live(6) + "]");
    }

    @Test
    void pageThatHeadersLinkIsFilledToo() {
        REPLIES.put("/orders", Reply.json(body("", live(1), trashed(2))).with("X-Next", "?page=2"));
        REPLIES.put("/orders?page=2", Reply.json(body("", live(3), live(4))).with("X-Next", "?page=3"));
        var answer = GATEWAY.get("/orders");
        assertThat(answer.body()).contains("[" + live(1) + "," + live(3) + "]");
        assertThat(answer.headers().firstValue("X-Next")).hasValue("?page=2&cenotaph_page=" + mark("page=2", 1, "3"));
    }

    @Test
    void linkHeaderKeepsItsOtherLinksButTheLast() {
        REPLIES.put(
                "/notes?k=v",
                Reply.json("[" + live(1) + "," + trashed(2) + "]")
                        .with(
                                "Link",
                                "</notes?k=v&o=2>; rel=next; title=\"a, b\", </notes?o=9>; rel=\"last\", </s>; rel=up"));
        REPLIES.put(
                "/notes?k=v&o=2",
                Reply.json("[" + trashed(3) + "," + live(4) + "]").with("Link", "</notes?k=v&o=4>; rel=next"));
        var answer = GATEWAY.get("/notes?k=v");
        assertThat(answer.body()).isEqualTo("[" + live(1) + "," + live(4) + "]");
        assertThat(answer.headers().allValues("Link"))
                .containsExactly("</notes?k=v&o=4>; rel=next; title=\"a, b\", </s>; rel=up");
    }

    @Test
    void atTheEndTheLinkGoesAsTheUpstreamsOwnLastPageHasIt() {
        REPLIES.put(
                "/notes", Reply.json("[" + live(1) + "," + trashed(2) + "]").with("Link", "</notes?o=2>; rel=next"));
        REPLIES.put("/notes?o=2", Reply.json("[" + live(3) + "]"));
        var answer = GATEWAY.get("/notes");
        assertThat(answer.body()).isEqualTo("[" + live(1) + "," + live(3) + "]");
        assertThat(answer.headers().firstValue("Link")).isEmpty();
    }

    @Test
    void pageThatLostNothingIsTheUpstreamsOwn() {
        Reply own = Reply.json(" [" + live(1) + " ,\n" + live(2) + "]")
                .with("ETag", "\"a\"")
                .with("Link", "</notes?o=2>; rel=next");
        REPLIES.put("/notes", own);
        var answer = GATEWAY.get("/notes");
        assertThat(answer.body()).isEqualTo(new String(own.body(), StandardCharsets.UTF_8));
        assertThat(answer.headers().firstValue("ETag")).hasValue("\"a\"");
        assertThat(answer.headers().firstValue("Link")).hasValue("</notes?o=2>; rel=next");
        assertThat(UPSTREAM.calls()).hasSize(1);
    }

    @Test
    void filledPageHasATagOfOursAndRevalidates() {
        REPLIES.put(
                "/notes",
                Reply.json("[" + live(1) + "," + trashed(2) + "]")
                        .with("ETag", "\"a\"")
                        .with("Link", "</notes?o=2>; rel=next"));
        REPLIES.put("/notes?o=2", Reply.json("[" + live(3) + "]"));
        String tag = GATEWAY.get("/notes").headers().firstValue("ETag").orElseThrow();
        assertThat(tag).startsWith("W/\"cenotaph-");
        assertThat(GATEWAY.get("/notes", "If-None-Match", tag).statusCode()).isEqualTo(304);
        REPLIES.put("/notes?o=2", Reply.json("[" + live(4) + "]"));
        var changed = GATEWAY.get("/notes", "If-None-Match", tag);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.body()).contains(live(4));
    }

    @Test
    void compressedPagesAreFilled() {
        REPLIES.put("/orders", gzip(body("\"?page=2\"", live(1), trashed(2))));
        REPLIES.put("/orders?page=2", gzip(body("null", live(3))));
        var answer = GATEWAY.get("/orders");
        assertThat(answer.body()).contains("[" + live(1) + "," + live(3) + "]");
        assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
    }

    @Test
    void furtherPagesAreAskedForAsTheClientAskedForTheFirst() {
        page("/orders", "\"/orders?page=2\"", trashed(1), live(2));
        page("/orders?page=2", "null", live(3));
        GATEWAY.get("/orders", "Authorization", "Bearer a", "Accept", "application/json;v=2", "X-Tenant", "t");
        assertThat(UPSTREAM.received()).hasSize(2);
        for (Received call : UPSTREAM.received()) {
            assertThat(call.header("Authorization")).contains("Bearer a");
            assertThat(call.header("Accept")).contains("application/json;v=2");
            assertThat(call.header("X-Tenant")).contains("t");
        }
    }

    @Test
    void boundOfCallsLeavesThePageShortAndItsLinkTrue() {
        page("/orders", "\"?page=2\"", trashed(1), live(2));
        page("/orders?page=2", "\"?page=3\"", trashed(3), trashed(4));
        page("/orders?page=3", "\"?page=4\"", trashed(5), trashed(6));
        page("/orders?page=4", "null", live(7));
        var answer = GATEWAY.get("/orders");
        assertThat(answer.body())
                .contains("[" + live(2) + "]")
                .contains("\"?page=4&cenotaph_page=" + mark("page=4", 0, "") + "\"");
        assertThat(UPSTREAM.calls()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "broken", "type", "no array", "long", "reset"})
    void pageStaysShortWhereTheNextOneCannotBeHad(String failure) {
        page("/orders", "\"?page=2\"", trashed(1), live(2));
        Reply reply = switch (failure) {
            case "status" -> Reply.status(503);
            case "broken" -> Reply.json("{\"data\":[");
            case "type" -> Reply.json("{\"data\":[]}").with("Content-Type", "text/html");
            case "no array" -> Reply.json("{\"data\":1}");
            case "long" -> Reply.json("{\"data\":[\"" + "x".repeat(5000) + "\"]}");
            default -> Reply.RESET;
        };
        REPLIES.put("/orders?page=2", reply);
        var answer = GATEWAY.get("/orders");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("[" + live(2) + "]")
                .contains("\"?page=2&cenotaph_page=" + mark("page=2", 0, "") + "\"");
    }

    @Test
    void pageTooLongToBeHeldStreamsShort() {
        String rows = IntStream.range(10, 300).mapToObj(FilledPagesTest::live).collect(Collectors.joining(","));
        REPLIES.put("/orders", Reply.json(body("\"?page=2\"", trashed(1), rows)));
        REPLIES.put("/orders?page=2&x=1", Reply.json(body("null", trashed(1), live(2), rows)));
        assertThat(GATEWAY.get("/orders").body()).isEqualTo(body("\"?page=2\"", rows));
        assertThat(GATEWAY.get("/orders?page=2&x=1&cenotaph_page=" + mark("page=2&x=1", 2, ""))
                        .body())
                .isEqualTo(body("null", rows));
    }

    @Test
    void linkThatLeadsElsewhereIsNotFollowed() {
        for (String link : List.of("/others?page=2", "http://elsewhere/o?page=2", "2", "mailto:x")) {
            page("/orders", "\"" + link + "\"", trashed(1), live(2));
            UPSTREAM.forgetCalls();
            assertThat(GATEWAY.get("/orders").body()).isEqualTo(body("\"" + link + "\"", live(2)));
            assertThat(UPSTREAM.calls()).hasSize(1);
        }
    }

    @Test
    void absoluteLinkStaysAbsolute() {
        page("/orders", "\"https://shop.example/orders?page=2#top\"", trashed(1), live(2));
        page("/orders?page=2", "null", live(3), live(4));
        assertThat(GATEWAY.get("/orders").body())
                .contains("\"https://shop.example/orders?page=2&cenotaph_page=" + mark("page=2", 1, "3") + "#top\"");
    }

    @Test
    void lastLinkInTheBodyGoes() {
        REPLIES.put(
                "/orders",
                Reply.json("{\"data\":[" + trashed(1) + "],\"links\":{\"last\":\"?page=1\",\"self\":\"/orders\"}}"));
        assertThat(GATEWAY.get("/orders").body()).isEqualTo("{\"data\":[],\"links\":{\"self\":\"/orders\"}}");
    }

    private static String mark(String query, int skip, String after) {
        return new Resumption(skip, Optional.of(after).filter(id -> !id.isEmpty()))
                .text(new PageSeal("orders", List.of()), new RawQuery(query));
    }

    /** It would have been taken for a place with nothing before it, or hidden rows. */
    @Test
    void placeOfAnotherListOrQueryOrOfNoneIsRefused() {
        page("/orders?page=2", "null", live(5), live(6));
        String own = mark("page=2", 1, "5");
        var elsewhere = new Resumption(1, Optional.of("5"));
        for (String foreign : List.of(
                elsewhere.text(new PageSeal("carts", List.of()), new RawQuery("page=2")),
                elsewhere.text(new PageSeal("orders", List.of("7")), new RawQuery("page=2")),
                mark("page=3", 1, "5"),
                mark("page=2&status=paid", 1, "5"),
                own.replaceFirst("^1", "2"),
                own.replaceFirst("NQ", "Ng"),
                "1.NQ",
                "0",
                own.substring(0, own.length() - 1),
                own.substring(0, own.length() - 4) + "AAAA")) {
            var answer = GATEWAY.get("/orders?page=2&cenotaph_page=" + foreign);
            assertThat(answer.statusCode()).as(foreign).isEqualTo(400);
            assertThat(answer.body()).contains("invalid-parameter");
        }
        assertThat(UPSTREAM.calls()).isEmpty();
        assertThat(GATEWAY.get("/orders?page=2&cenotaph_page=" + own).body()).contains("\"data\":[" + live(6) + "]");
    }

    /** Credentials in the query, for one; and clients encode as they like. */
    @Test
    void linkMayBeFollowedWithMoreParametersAndInAnyOrder() {
        page("/orders?api_key=k&page=2&size=2&q=a%2Cb", "null", live(5), live(6));
        var answer = GATEWAY.get(
                "/orders?api_key=k&cenotaph_page=" + mark("size=2&q=a,b&page=2", 1, "5") + "&page=2&size=2&q=a%2Cb");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"data\":[" + live(6) + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "1.", "1.*", "12345678", "1&cenotaph_page=1", "1.A"})
    void parameterThatIsNoneOfOursIsRefused(String value) {
        var answer = GATEWAY.get("/orders?page=2&cenotaph_page=" + value);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid-parameter");
        assertThat(UPSTREAM.calls()).isEmpty();
    }

    @Test
    void whoNamesThePageOrAsksForTrashOrLooksAtAViewGetsTheUpstreamsPages() {
        for (String list : List.of("/orders?page=1", "/orders?with_trashed=true", "/search")) {
            String asked = list.replace("?with_trashed=true", "");
            page(asked, "\"/orders?page=2\"", trashed(1), live(2));
            page("/orders?page=2", "null", live(3));
            UPSTREAM.forgetCalls();
            assertThat(GATEWAY.get(list).body()).contains("\"/orders?page=2\"").contains(live(2));
            assertThat(UPSTREAM.calls()).hasSize(1);
        }
    }

    private static void page(String uri, String next, String... rows) {
        REPLIES.put(uri, Reply.json(body(next, rows)));
    }

    private static String body(String next, String... rows) {
        String links = next.isEmpty() ? "{}" : "{\"next\":" + next + "}";
        return "{\"data\":[" + String.join(",", rows) + "],\"links\":" + links + ",\"z\":1.0}";
    }

    private static String live(int id) {
        return "{\"id\":" + id + ",\"trashed\":false}";
    }

    /** No test sees such an item live: what one teaches the gateway may come to it during another. */
    private static String trashed(int id) {
        return "{\"id\":" + (900 + id) + ",\"trashed\":true}";
    }

    private static Reply gzip(String json) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Reply(
                200, Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"), bytes.toByteArray());
    }
}
