package dev.cenotaph.gateway.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.StubUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Received;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.gateway.testing.TestGateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that hold items of other resources, over both ways to the upstream. Customer 9 is in the trash. */
class EmbeddedAnswersTest {
    private static final String INVOICE = "{ \"id\": 7, \"total\": 1.50,\n  \"customer\": {\"id\":9} }";
    private static final String STRIPPED = "{ \"id\": 7, \"total\": 1.50,\n  \"customer\": null }";

    private static final Map<String, Reply> ANSWERS = new ConcurrentHashMap<>();
    private static final StubUpstream UPSTREAM = StubUpstream.answering(EmbeddedAnswersTest::answer);
    private static final String POLICY = TestGateway.policy(UPSTREAM.port(), """
            customers:
              path: /customers
              marker: { flag: gone }
              embedded:
                - { path: "/invoices/{id}", at: /customer, trashed: null }
                - { path: "/orders/{id}", at: /customer }
                - { path: /orders, at: "/*/customer" }
                - { path: /dashboard, at: [/latest, /best/*], row: /who }
            orders: { path: /orders, marker: { flag: gone } }
            lenient:
              path: /lenient
              marker: { flag: gone }
              list: { on-unfilterable: pass }
              embedded: [{ path: /loose, at: /item }]
            """);

    @SuppressWarnings("ImmutableEnumChecker") // A gateway each, for the length of the test.
    enum Way {
        DIRECT,
        CHAIN;

        private final TestGateway gateway =
                TestGateway.with(POLICY, "cenotaph.forwarding=" + name().toLowerCase(java.util.Locale.ROOT));

        TestGateway open() {
            if (gateway.get("/customers/9").statusCode() != 410) {
                assertThat(gateway.delete("/customers/9").statusCode()).isEqualTo(204);
            }
            UPSTREAM.forgetCalls();
            return gateway;
        }
    }

    private static Reply answer(Received request) {
        String path = request.uri().split("\\?", 2)[0];
        if (path.equals("/customers/9")) {
            return Reply.json("{\"id\":9,\"gone\":" + request.method().equals("PATCH") + "}");
        }
        return ANSWERS.getOrDefault(path, Reply.status(404));
    }

    @AfterAll
    static void stop() {
        for (Way way : Way.values()) {
            way.gateway.close();
        }
        UPSTREAM.close();
    }

    @ParameterizedTest
    @EnumSource
    void ungovernedAnswerLosesItsTrashedItem(Way way) {
        ANSWERS.put(
                "/invoices/7",
                Reply.json(INVOICE)
                        .with("ETag", "\"a\"")
                        .with("Last-Modified", "x")
                        .with("X-Own", "1"));
        var answer = way.open().get("/invoices/7");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(STRIPPED);
        assertThat(answer.headers().firstValue("Content-Length")).hasValue("" + STRIPPED.length());
        assertThat(answer.headers().firstValue("ETag").orElseThrow()).startsWith("W/\"cenotaph-");
        assertThat(answer.headers().firstValue("Last-Modified")).isEmpty();
        assertThat(answer.headers().firstValue("X-Own")).hasValue("1");
    }

    @ParameterizedTest
    @EnumSource
    void answerWithoutTrashGoesOutAsItCame(Way way) {
        String body = INVOICE.replace("9", "1");
        ANSWERS.put("/invoices/8", Reply.json(body).with("ETag", "\"a\"").with("Last-Modified", "x"));
        var answer = way.open().get("/invoices/8");
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.headers().firstValue("ETag")).hasValue("\"a\"");
        assertThat(answer.headers().firstValue("Last-Modified")).hasValue("x");
    }

    @ParameterizedTest
    @EnumSource
    void upstreamIsAskedForTheWholePlainAnswer(Way way) {
        ANSWERS.put("/invoices/7", Reply.json(INVOICE));
        way.open().get("/invoices/7?q=1", "Range", "bytes=0-9", "If-None-Match", "\"old\"", "X-Own", "1");
        Received asked = UPSTREAM.received().getLast();
        assertThat(asked.uri()).isEqualTo("/invoices/7?q=1");
        assertThat(asked.header("Range")).isEmpty();
        assertThat(asked.header("If-None-Match")).isEmpty();
        assertThat(asked.header("Accept-Encoding")).hasValue("identity");
        assertThat(asked.header("X-Own")).hasValue("1");
    }

    @ParameterizedTest
    @EnumSource
    void ownEntityTagRevalidates(Way way) {
        ANSWERS.put("/invoices/7", Reply.json(INVOICE).with("ETag", "\"a\""));
        String tag = way.open().get("/invoices/7").headers().firstValue("ETag").orElseThrow();
        var again = way.open().get("/invoices/7", "If-None-Match", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(way.open().get("/invoices/7", "If-None-Match", "\"a\"").statusCode())
                .as("the copy that shows the trashed item")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void listLosesItsOwnTrashAndTheTrashInIt(Way way) {
        ANSWERS.put(
                "/orders",
                Reply.json(
                                "[{\"id\":1,\"customer\":{\"id\":9}},{\"id\":2,\"gone\":true},{\"id\":3,\"customer\":{\"id\":4}}]")
                        .with("ETag", "\"a\""));
        var answer = way.open().get("/orders");
        assertThat(answer.body()).isEqualTo("[{\"id\":1},{\"id\":3,\"customer\":{\"id\":4}}]");
        assertThat(answer.headers().firstValue("ETag").orElseThrow()).startsWith("W/");
        assertThat(way.open()
                        .get(
                                "/orders",
                                "If-None-Match",
                                answer.headers().firstValue("ETag").orElseThrow())
                        .statusCode())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @EnumSource
    void whoeverAsksForTrashSeesAllOfIt(Way way) {
        String body = "{\"id\":1,\"customer\":{\"id\":9}}";
        ANSWERS.put("/orders/1", Reply.json(body));
        assertThat(way.open().get("/orders/1").body()).isEqualTo("{\"id\":1}");
        assertThat(way.open().get("/orders/1?with_trashed=true").body()).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH"})
    void answerToAWriteHidesToo(String method) {
        ANSWERS.put("/orders/1", Reply.json("{\"id\":1,\"customer\":{\"id\":9}}"));
        var answer = Way.DIRECT.open().send(method, "/orders/1", "{}", "Content-Type", "application/json");
        assertThat(answer.body()).isEqualTo("{\"id\":1}");
    }

    @Test
    void receiptOfAWriteNeedNotBeJson() {
        ANSWERS.put(
                "/invoices/9",
                new Reply(201, Map.of("Content-Type", "text/plain"), "made".getBytes(StandardCharsets.UTF_8)));
        assertThat(Way.DIRECT.open().post("/invoices/9").body()).isEqualTo("made");
        assertThat(Way.DIRECT.open().get("/invoices/9").statusCode()).isEqualTo(502);
    }

    @ParameterizedTest
    @EnumSource
    void overridesOfWhatIsNotGovernedGoOn(Way way) {
        ANSWERS.put("/invoices/7", Reply.json(INVOICE));
        way.open().send("POST", "/invoices/7", "{}", "X-HTTP-Method-Override", "PUT");
        assertThat(UPSTREAM.received().getLast().header("X-HTTP-Method-Override"))
                .hasValue("PUT");
    }

    @Test
    void partsOfADashboardAreRowsWithItemsInThem() {
        ANSWERS.put(
                "/dashboard",
                Reply.json("{\"latest\":{\"who\":{\"id\":9}},\"best\":[{\"n\":1,\"who\":9},{\"n\":2,\"who\":4}]}"));
        assertThat(Way.DIRECT.open().get("/dashboard").body()).isEqualTo("{\"best\":[{\"n\":2,\"who\":4}]}");
    }

    @Test
    void compressedAnswerIsDecoded() {
        ANSWERS.put(
                "/invoices/7",
                new Reply(200, Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"), gzip(INVOICE)));
        var answer = Way.DIRECT.open().get("/invoices/7");
        assertThat(answer.body()).isEqualTo(STRIPPED);
        assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
    }

    @Test
    void answerThatCannotBeReadIsKeptBack() {
        for (Reply reply : new Reply[] {
            Reply.json("{\"customer\":"),
            Reply.json("{\"customer\":{\"name\":\"x\"}}"),
            Reply.json("{\"customer\":{\"id\":9},\"x\":\"" + "x".repeat(1 << 20) + "\"}"),
            Reply.json(INVOICE).with("Content-Encoding", "br"),
            Reply.json(INVOICE).with("Content-Type", "text/html"),
            Reply.json(INVOICE).as(206)
        }) {
            ANSWERS.put("/invoices/7", reply);
            var answer = Way.DIRECT.open().get("/invoices/7");
            assertThat(answer.statusCode()).as("%s", reply).isEqualTo(502);
            assertThat(answer.body()).contains("list-unfilterable").doesNotContain("\"customer\":");
        }
    }

    @Test
    void answerThatCannotBeReadPassesWhereThePolicySaysSo() {
        ANSWERS.put("/loose", Reply.json("{\"item\":{\"name\":\"x\"}}"));
        assertThat(Way.DIRECT.open().get("/loose").body()).isEqualTo("{\"item\":{\"name\":\"x\"}}");
        ANSWERS.put("/loose", Reply.json("no json"));
        assertThat(Way.DIRECT.open().get("/loose").body()).isEqualTo("no json");
    }

    @Test
    void errorsAndRedirectsPass() {
        ANSWERS.put("/invoices/7", Reply.json("no json").as(500));
        assertThat(Way.DIRECT.open().get("/invoices/7").statusCode()).isEqualTo(500);
        assertThat(Way.DIRECT.open().get("/invoices/7").body()).isEqualTo("no json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Invoices/7", "/invoices/7/", "//invoices/7", "/%69nvoices/7"})
    void lookalikeIsRefused(String path) {
        assertThat(Way.DIRECT.open().get(path).statusCode()).isEqualTo(400);
        assertThat(UPSTREAM.calls()).isEmpty();
    }

    @Test
    void headerThatNamesAnotherPathIsRefused() {
        assertThat(Way.DIRECT
                        .open()
                        .get("/health", "X-Original-URL", "/invoices/7")
                        .statusCode())
                .isEqualTo(400);
        assertThat(UPSTREAM.calls()).isEmpty();
    }

    private static byte[] gzip(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
