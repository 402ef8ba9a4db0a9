package dev.cenotaph.gateway.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.gateway.testing.TestGateway;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Items that the gateway answers with itself, and that hold others. Customer 9, Ida, is in the trash. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ItemAnswerTest {
    private static final String JSON = "application/json";
    private static final String IDA = "\"customer\":{\"id\":9,\"name\":\"Ida\"}";
    private static final String POLICIES = """
            customers:
              path: /customers
              marker: { flag: gone }
              embedded:
                - { path: "/orders/{id}", at: /customer, trashed: null }
                - { path: "/shown/{id}", at: /customer, trashed: null }
                - { path: "/open/{id}", at: /customer, trashed: null }
                - { path: "/kept/{id}", at: /customer, trashed: null }
            orders: { path: /orders, marker: { flag: gone }, create: revive, revisions: { keep: 5 } }
            shown: { path: /shown, marker: { flag: gone }, answers: { delete: 200 } }
            open: { path: /open, marker: { flag: gone }, answers: { read: item } }
            kept: { path: /kept, marker: { snapshot: {} }, answers: { read: item, delete: 200 } }
            """;

    private final ItemUpstream upstream = new ItemUpstream();

    @SuppressWarnings("NullAway.Init")
    private TestGateway gateway;

    @BeforeAll
    void start() {
        upstream.createByPut();
        upstream.put("/customers/9", "{\"id\":9,\"name\":\"Ida\"}");
        gateway = TestGateway.with(
                TestGateway.policy(upstream.port(), POLICIES),
                "cenotaph.bodies.keys.k1=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        assertThat(gateway.delete("/customers/9").statusCode()).isEqualTo(204);
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource({"POST,:undelete", "POST,/restore", "PATCH,"})
    void restoreShowsNoTrashInTheItem(String method, String suffix) {
        String order = trashed("/orders");
        String trash = order.replace("/orders/", "/orders/trashed/");
        HttpResponse<String> restored = method.equals("PATCH")
                ? gateway.send("PATCH", trash, "{\"gone\":false}", "Content-Type", "application/merge-patch+json")
                : gateway.post(order + suffix);
        assertThat(restored.statusCode()).isEqualTo(200);
        assertHidden(restored);
        assertThat(restored.headers().firstValue("Content-Length"))
                .hasValue("" + restored.body().length());
        assertThat(restored.headers().firstValue("ETag").orElseThrow()).startsWith("W/\"cenotaph-");
        assertThat(upstream.item(order).orElseThrow()).contains(IDA);
    }

    @Test
    void restoreOfWhatWasASnapshotShowsNoTrashInTheItem() {
        assertHidden(gateway.post(trashed("/kept") + ":undelete"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/shown", "/kept"})
    void deleteThatAnswersWithTheItemShowsNoTrashInIt(String collection) {
        HttpResponse<String> deleted = gateway.delete(created(collection));
        assertThat(deleted.statusCode()).isEqualTo(200);
        assertHidden(deleted);
        assertThat(deleted.headers().firstValue("Cenotaph-State")).hasValue("trashed");
    }

    @Test
    void writeThatTrashesByItselfShowsNoTrashInTheItem() {
        HttpResponse<String> written = gateway.send(
                "PATCH", created("/orders"), "{\"gone\":true}", "Content-Type", "application/merge-patch+json");
        assertThat(written.headers().firstValue("Cenotaph-State")).hasValue("trashed");
        assertHidden(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/open", "/kept"})
    void trashedItemThatAnybodyMayReadShowsNoTrashInIt(String collection) {
        HttpResponse<String> read = gateway.get(trashed(collection));
        assertThat(read.headers().firstValue("Cenotaph-State")).hasValue("trashed");
        assertHidden(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders", "/kept"})
    void whoeverAsksForATrashedItemSeesAllOfIt(String collection) {
        String item = trashed(collection);
        String inTrash = item.replace(collection + "/", collection + "/trashed/");
        for (String url : new String[] {item + "?with_trashed=true", item + "?only_trashed=true", inTrash}) {
            assertThat(gateway.get(url).body()).as(url).contains(IDA);
        }
        assertThat(gateway.get(collection + "/trashed").body()).contains(item).doesNotContain("Ida");
    }

    @Test
    void revisionShowsNoTrashInIt() {
        String order = created("/orders");
        gateway.send("PATCH", order, "{\"note\":2}", "Content-Type", "application/merge-patch+json");
        assertHidden(gateway.get(order + "/revisions/1"));
        assertHidden(gateway.get(order + "/revisions/2"));
        HttpResponse<String> current = gateway.send(
                "PATCH",
                order + "/revisions/1",
                "{\"is_current\":true}",
                "Content-Type",
                "application/merge-patch+json");
        assertThat(current.statusCode()).as(current.body()).isEqualTo(200);
        assertThat(current.body()).contains("\"is_current\":true");
        assertHidden(current);
        assertThat(upstream.item(order).orElseThrow()).contains(IDA);
        gateway.delete(order);
        assertThat(gateway.get(order + "/revisions/1?with_trashed=true").body()).contains(IDA);
    }

    /** The create went to the collection, what comes back is an item. */
    @Test
    void createThatRevivesShowsNoTrashInTheItem() {
        String order = trashed("/orders");
        String id = order.substring("/orders/".length());
        HttpResponse<String> revived =
                gateway.send("POST", "/orders", "{\"id\":" + id + ",\"note\":3}", "Content-Type", JSON);
        assertThat(revived.statusCode()).isEqualTo(200);
        assertThat(revived.body()).contains("\"note\":3");
        assertHidden(revived);
    }

    @Test
    void permanentDeleteThatAnswersWithTheItemShowsNoTrashInIt() {
        String order = created("/orders");
        Reply shown = Reply.json("{" + IDA + "}");
        upstream.on("DELETE", order, (request, well) -> Mono.fromSupplier(well).map(deleted -> shown));
        assertHidden(gateway.delete(order + "?permanent=true"));
        String other = created("/orders");
        upstream.on(
                "DELETE", other, (request, well) -> Mono.just(Reply.json("gone").with("Content-Type", "text/plain")));
        assertThat(gateway.delete(other + "?permanent=true").body()).isEqualTo("gone");
    }

    /** What was done is said; what cannot be rid of trash is not shown. */
    @Test
    void changeIsToldWithoutAnItemThatCannotBeRead() {
        String order = trashed("/orders");
        upstream.set(order, "customer", "{\"name\":\"Ida\"}");
        HttpResponse<String> restored = gateway.post(order + ":undelete");
        assertThat(restored.statusCode()).isEqualTo(200);
        assertThat(restored.body()).isEmpty();
        assertThat(restored.headers().firstValue("Content-Type")).isEmpty();
        assertThat(restored.headers().firstValue("ETag")).isEmpty();
        assertThat(restored.headers().firstValue("Cenotaph-State")).hasValue("live");
        assertThat(upstream.item(order).orElseThrow()).contains("\"gone\":null");
    }

    @Test
    void readOfAnItemThatCannotBeReadIsKeptBack() {
        String order = created("/orders");
        upstream.set(order, "customer", "{\"name\":\"Ida\"}");
        HttpResponse<String> revision = gateway.get(order + "/revisions/1");
        assertThat(revision.statusCode()).isEqualTo(502);
        assertThat(revision.body()).contains("list-unfilterable").doesNotContain("Ida");
    }

    private static void assertHidden(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
        assertThat(answer.body()).contains("\"customer\":null").doesNotContain("Ida");
    }

    private String created(String collection) {
        return upstream.create(collection, "{" + IDA + "}");
    }

    private String trashed(String collection) {
        String item = created(collection);
        assertThat(gateway.delete(item).statusCode()).isIn(200, 204);
        return item;
    }
}
