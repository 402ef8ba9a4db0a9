package dev.cenotaph.load.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OrdersTest {
    @RegisterExtension
    final TestService service = new TestService();

    @Test
    void listIsABareArrayInOrderOfIds() {
        for (int i = 0; i < 9; i++) {
            service.post("/api/orders", "{}");
        }

        assertThat(service.get("/api/orders").body())
                .startsWith("[{\"id\":1,")
                .endsWith(
                        "{\"id\":9,\"deleted_at\":null},{\"id\":10,\"deleted_at\":null},{\"id\":11,\"deleted_at\":null},"
                                + "{\"id\":12,\"deleted_at\":null}]");
    }

    @Test
    void listIsCutByLimitAndOffset() {
        service.post("/api/orders", "{}");

        assertThat(service.get("/api/orders?limit=1&offset=3").body()).isEqualTo("[{\"id\":4,\"deleted_at\":null}]");
        assertThat(service.get("/api/orders?limit=1&offset=4").body()).isEqualTo("[]");
    }

    @Test
    void createdItemIsKeptAsItWasSpelt() {
        String sent = "{\"price\":1.10,\"big\":12345678901234567890,\"e\":1E+2,\"text\":\"caf\\u00e9 é\"}";

        HttpResponse<String> created = service.post("/api/orders", sent);

        String kept = "{\"id\":4," + sent.substring(1, sent.length() - 1) + ",\"deleted_at\":null}";
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("Location")).hasValue("/api/orders/4");
        assertThat(created.body()).isEqualTo(kept);
        assertThat(service.get("/api/orders/4").body()).isEqualTo(kept);
    }

    @Test
    void clientMayChooseAFreeNumber() {
        assertThat(service.post("/api/orders", "{\"id\":77}").headers().firstValue("Location"))
                .hasValue("/api/orders/77");
        assertThat(service.post("/api/orders", "{\"id\":77}").statusCode()).isEqualTo(409);
        assertThat(service.post("/api/orders", "{\"id\":\"x\"}").statusCode()).isEqualTo(400);
    }

    @Test
    void deleteRemovesTheRow() {
        assertThat(service.delete("/api/orders/2").statusCode()).isEqualTo(204);

        assertThat(service.get("/api/orders/2").statusCode()).isEqualTo(404);
        assertThat(service.delete("/api/orders/2").statusCode()).isEqualTo(404);
        assertThat(service.get("/rows/orders").body()).doesNotContain("\"id\":2,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/merge-patch+json", "Application/JSON; charset=utf-8"})
    void patchMerges(String mediaType) {
        service.put("/api/orders/1", "{\"a\":{\"b\":1,\"c\":2},\"d\":3,\"deleted_at\":null}");

        HttpResponse<String> patched =
                service.send("PATCH", "/api/orders/1", "{\"a\":{\"b\":null},\"d\":null}", "Content-Type", mediaType);

        assertThat(patched.statusCode()).isEqualTo(200);
        assertThat(patched.body()).isEqualTo("{\"id\":1,\"a\":{\"c\":2},\"deleted_at\":null}");
    }

    @Test
    void deletedAtIsAColumnThatIsSetAndClearedInPlace() {
        String before = service.get("/api/orders/1").body();

        service.patch("/api/orders/1", "{\"deleted_at\":\"2026-01-01T00:00:00Z\"}");
        String marked = service.get("/api/orders/1").body();
        service.patch("/api/orders/1", "{\"deleted_at\":null}");

        assertThat(marked).contains("\"deleted_at\":\"2026-01-01T00:00:00Z\"");
        assertThat(service.get("/api/orders").body()).contains(before);
        assertThat(service.get("/api/orders/1").body()).isEqualTo(before);
    }

    @Test
    void aValueInDeletedAtMeansNothing() {
        service.patch("/api/orders/1", "{\"deleted_at\":\"2026-01-01T00:00:00Z\"}");

        assertThat(service.get("/api/orders/1").statusCode()).isEqualTo(200);
        assertThat(service.delete("/api/orders/1").statusCode()).isEqualTo(204);
    }

    @Test
    void patchAndPutOfAnUnknownOrderAre404() {
        assertThat(service.patch("/api/orders/99", "{}").statusCode()).isEqualTo(404);
        assertThat(service.put("/api/orders/99", "{}").statusCode()).isEqualTo(404);
        assertThat(service.get("/rows/orders").body()).doesNotContain("\"id\":99");
    }

    @Test
    void putReplaces() {
        assertThat(service.put("/api/orders/1", "{\"total\":2.50}").body())
                .isEqualTo("{\"id\":1,\"total\":2.50,\"deleted_at\":null}");
    }

    @Test
    void itemAndListHaveStrongTagsThatFollowTheirContent() {
        String item = etag(service.get("/api/orders/1"));
        String list = etag(service.get("/api/orders"));

        String patched = etag(service.patch("/api/orders/1", "{\"status\":\"lost\"}"));

        assertThat(item).matches("\"[0-9a-f]+\"");
        assertThat(patched).isNotEqualTo(item).isEqualTo(etag(service.get("/api/orders/1")));
        assertThat(etag(service.get("/api/orders"))).isNotEqualTo(list);
    }

    @Test
    void ifNoneMatchIsHonoured() {
        String etag = etag(service.get("/api/orders/1"));

        HttpResponse<String> unchanged = service.get("/api/orders/1", "If-None-Match", "\"x\", W/" + etag);

        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(etag(unchanged)).isEqualTo(etag);
        assertThat(service.get("/api/orders/1", "If-None-Match", "\"x\"").statusCode())
                .isEqualTo(200);
        assertThat(service.get("/api/orders", "If-None-Match", etag(service.get("/api/orders")))
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void ifMatchIsHonoured() {
        String etag = etag(service.get("/api/orders/1"));

        assertThat(service.patch("/api/orders/1", "{\"a\":1}", "If-Match", "\"x\"")
                        .statusCode())
                .isEqualTo(412);
        assertThat(service.patch("/api/orders/1", "{\"a\":1}", "If-Match", "W/" + etag)
                        .statusCode())
                .isEqualTo(412);
        assertThat(service.patch("/api/orders/1", "{\"a\":1}", "If-Match", etag).statusCode())
                .isEqualTo(200);
        assertThat(service.put("/api/orders/1", "{}", "If-Match", etag).statusCode())
                .isEqualTo(412);
        assertThat(service.delete("/api/orders/1", "If-Match", etag).statusCode())
                .isEqualTo(412);
        assertThat(service.delete("/api/orders/1", "If-Match", "*").statusCode())
                .isEqualTo(204);
    }

    @Test
    void ifMatchAnyOnAnUnknownOrderIs412() {
        assertThat(service.patch("/api/orders/99", "{}", "If-Match", "*").statusCode())
                .isEqualTo(412);
        assertThat(service.delete("/api/orders/99", "If-Match", "*").statusCode())
                .isEqualTo(412);
    }

    @Test
    void searchShowsOrdersAsHits() {
        String order = service.get("/api/orders/2").body();

        assertThat(service.get("/search?q=A-1002").body())
                .isEqualTo("{\"results\":[{\"score\":1.0,\"hit\":" + order + "}]}");
        assertThat(service.get("/search?q=no+such+thing").body()).isEqualTo("{\"results\":[]}");
    }

    private static String etag(HttpResponse<String> response) {
        return response.headers().firstValue("ETag").orElseThrow();
    }
}
