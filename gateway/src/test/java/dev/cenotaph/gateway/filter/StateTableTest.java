package dev.cenotaph.gateway.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.gateway.testing.TestGateway;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

/** What every operation answers in every state. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StateTableTest {
    private final ItemUpstream upstream = new ItemUpstream();

    @SuppressWarnings("NullAway.Init")
    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.with(TestGateway.policy(
                upstream.port(),
                "orders: { path: /orders, marker: { flag: trashed }, unlink: [\"/orders/{id}/tags/{tag}\"] }"));
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    /** What the upstream is asked about the item itself is counted, below it and beside it too where the path leads there. */
    @ParameterizedTest(name = "{0} {1}: live {2}, trashed {3}, opted in {4}; upstream asked when trashed: {5}")
    @CsvSource(delimiter = '|', textBlock = """
            # method | path                    | live | trashed | opted in | asked when trashed
            GET      | {item}                  | 200  | 410     | 200      | false
            HEAD     | {item}                  | 200  | 410     | 200      | false
            PUT      | {item}                  | 200  | 410     | 410      | false
            PATCH    | {item}                  | 200  | 410     | 410      | false
            POST     | {item}                  | 200  | 410     | 410      | false
            DELETE   | {item}                  | 204  | 410     | 410      | false
            OPTIONS  | {item}                  | 200  | 200     | 200      | true
            GET      | {item}/lines            | 200  | 410     | 200      | false
            HEAD     | {item}/lines            | 200  | 410     | 200      | false
            PUT      | {item}/lines            | 200  | 410     | 410      | false
            PATCH    | {item}/lines            | 200  | 410     | 410      | false
            POST     | {item}/lines            | 200  | 410     | 410      | false
            DELETE   | {item}/lines            | 405  | 405     | 405      | false
            OPTIONS  | {item}/lines            | 200  | 200     | 200      | true
            DELETE   | {item}/tags/red         | 200  | 410     | 410      | false
            GET      | {trash}/{id}            | 404  | 200     | 200      | true
            HEAD     | {trash}/{id}            | 404  | 200     | 200      | true
            PUT      | {trash}/{id}            | 405  | 405     | 405      | false
            DELETE   | {trash}/{id}            | 405  | 405     | 405      | false
            POST     | {item}:undelete         | 409  | 200     | 200      | true
            POST     | {item}/restore          | 409  | 200     | 200      | true
            DELETE   | {item}?permanent=true   | 204  | 204     | 204      | true
            DELETE   | {item}?permanent=false  | 204  | 410     | 410      | false
            DELETE   | {item}?permanent=1      | 400  | 400     | 400      | false
            GET      | {item}?with_trashed=1   | 400  | 400     | 400      | false
            GET      | {item}?only_trashed=true| 404  | 200     | 200      | true
            """)
    void holds(String method, String path, int live, int trashed, int optedIn, boolean asked) {
        assertThat(send(method, path, item(), "").statusCode()).as("live").isEqualTo(live);

        String gone = item();
        gateway.delete(gone);
        int calls = calls(gone);
        assertThat(send(method, path, gone, "").statusCode()).as("trashed").isEqualTo(trashed);
        assertThat(calls(gone) > calls).as("upstream asked").isEqualTo(asked);

        String shown = item();
        gateway.delete(shown);
        String option = path.contains("only_trashed") ? "with_trashed=false" : "with_trashed=true";
        if (!path.contains("with_trashed")) {
            assertThat(send(method, path, shown, option).statusCode())
                    .as("opted in")
                    .isEqualTo(optedIn);
        }
    }

    /** One and the same gone answer, whatever the method. */
    @ParameterizedTest
    @CsvSource({"PUT", "PATCH", "POST", "DELETE"})
    void goneAnswerIsTheSame(String method) {
        String item = item();
        gateway.delete(item);
        HttpResponse<String> got = gateway.get(item);
        HttpResponse<String> other = send(method, "{item}", item, "");
        assertThat(other.statusCode()).isEqualTo(got.statusCode());
        assertThat(other.body()).isEqualTo(got.body());
        assertThat(other.headers().firstValue("Cache-Control")).contains("no-store");
    }

    private HttpResponse<String> send(String method, String template, String item, String option) {
        String path = template.replace("{item}", item)
                .replace("{trash}", "/orders/trashed")
                .replace("{id}", item.substring("/orders/".length()));
        String query = option.isEmpty() ? "" : (path.contains("?") ? "&" : "?") + option;
        String body = method.startsWith("P") && !template.contains("undelete") && !template.contains("restore")
                ? "{\"id\":1}"
                : "";
        return gateway.send(method, path + query, body, "Content-Type", "application/json");
    }

    private int calls(String item) {
        return upstream.methods(item).size()
                + upstream.methods(item + "/lines").size()
                + upstream.methods(item + "/tags/red").size();
    }

    /** An item with something below it. */
    private String item() {
        String item = upstream.create("/orders", "{\"name\":\"x\",\"trashed\":false}");
        for (String below : new String[] {"/lines", "/tags/red"}) {
            for (String method : new String[] {"GET", "HEAD", "PUT", "PATCH", "POST", "DELETE", "OPTIONS"}) {
                upstream.on(method, item + below, (request, well) -> Mono.just(Reply.json("{}")));
            }
        }
        upstream.on("OPTIONS", item, (request, well) -> Mono.just(Reply.status(200)));
        return item;
    }
}
