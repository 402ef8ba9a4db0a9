package dev.cenotaph.load.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpTest {
    @RegisterExtension
    final TestService service = new TestService();

    @Test
    void healthIsText() {
        HttpResponse<String> health = service.get("/health");

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).isEqualTo("up\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nothing",
                "/api/orders/",
                "//api/orders/1",
                "/api//orders/1",
                "/api/orders/1/",
                "/api/orders/x",
                "/api/orders/01",
                "/api/orders/99",
                "/API/orders/1",
                "/rows/nothing",
                "/issues/.json"
            })
    void unknownPathIs404InJson(String path) {
        HttpResponse<String> answer = service.get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.body()).startsWith("{\"status\":404,\"error\":");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE | /api/orders | GET, HEAD, POST, OPTIONS",
                "POST | /api/orders/1 | GET, HEAD, PATCH, PUT, DELETE, OPTIONS",
                "PURGE | /api/orders/1 | GET, HEAD, PATCH, PUT, DELETE, OPTIONS",
                "DELETE | /health | GET, HEAD",
                "POST | /search | GET, HEAD",
                "DELETE | /rows/orders | GET, HEAD",
                "GET | /echo | POST"
            })
    void wrongMethodIs405WithAllow(String method, String path, String allow) {
        HttpResponse<String> answer = service.send(method, path, "");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue(allow);
    }

    @Test
    void optionsNamesTheMethods() {
        HttpResponse<String> answer = service.send("OPTIONS", "/api/settings/setting-1", "");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD, PATCH, DELETE, OPTIONS");
    }

    @Test
    void headHasTheHeadersOfGet() {
        HttpResponse<String> get = service.get("/api/orders/1");
        HttpResponse<String> head = service.send("HEAD", "/api/orders/1", "");

        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("ETag")).isEqualTo(get.headers().firstValue("ETag"));
        assertThat(head.headers().firstValue("Content-Length"))
                .isEqualTo(get.headers().firstValue("Content-Length"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "7", "{\"a\":1}{}", "{\"a\":1,\"a\":2}"})
    void bodyThatIsNoObjectIs400AndChangesNothing(String body) {
        String before = service.get("/rows/orders").body();

        assertThat(service.post("/api/orders", body).statusCode()).isEqualTo(400);
        assertThat(service.patch("/api/orders/1", body).statusCode()).isEqualTo(400);
        assertThat(service.put("/api/orders/1", body).statusCode()).isEqualTo(400);

        assertThat(service.get("/rows/orders").body()).isEqualTo(before);
    }

    @Test
    void bodyOverTenMebibytesIs413() {
        String tooMuch = "{\"a\":\"" + "x".repeat(10 * 1024 * 1024) + "\"}";

        assertThat(service.post("/api/orders", tooMuch).statusCode()).isEqualTo(413);
        assertThat(service.post("/echo", tooMuch).statusCode()).isEqualTo(413);
        assertThat(service.get("/api/orders/4").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "caf%C3%A9, café",
        "%61rticle, article",
        "a%20b, a b",
        "a+b, a+b",
        "a%2Fb, a/b",
        "a%25b, a%b",
        "v1.2:~x, v1.2:~x"
    })
    void idsArePercentDecoded(String spelt, String id) {
        service.put("/api/articles/" + spelt, "{}");

        assertThat(service.get("/api/articles/" + spelt).body()).isEqualTo("{\"id\":\"" + id + "\"}");
    }

    @Test
    void urlThatIsNotUtf8Is400() {
        assertThat(service.get("/api/articles/%FF").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"})
    void methodOverridesAreIgnored(String header) {
        assertThat(service.get("/api/orders/1", header, "DELETE").statusCode()).isEqualTo(200);
        assertThat(service.send("POST", "/api/orders/1?_method=DELETE", "{}", header, "DELETE")
                        .statusCode())
                .isEqualTo(405);

        assertThat(service.get("/api/orders/1").statusCode()).isEqualTo(200);
    }

    @Test
    void eventsComeOneByOneAndEnd() throws IOException {
        HttpResponse<InputStream> events = service.stream("/events?count=3");

        assertThat(events.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        try (InputStream body = events.body()) {
            assertThat(body).hasContent("""
                            id: 0
                            event: tick
                            data: {"number":0}

                            id: 1
                            event: tick
                            data: {"number":1}

                            id: 2
                            event: tick
                            data: {"number":2}

                            """);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100_000_000})
    void downloadHasAsManyBytesAsAskedFor(int bytes) throws IOException {
        HttpResponse<InputStream> download = service.stream("/download?bytes=" + bytes);

        assertThat(download.headers().firstValueAsLong("Content-Length")).hasValue(bytes);
        assertThat(matching(download.body())).isEqualTo(bytes);
    }

    @Test
    void downloadMayBeChunked() throws IOException {
        HttpResponse<InputStream> download = service.stream("/download?bytes=1000000&chunked=true");

        assertThat(download.headers().firstValue("Content-Length")).isEmpty();
        assertThat(download.headers().firstValue("Transfer-Encoding")).hasValue("chunked");
        assertThat(matching(download.body())).isEqualTo(1_000_000);
    }

    @Test
    void echoGivesBodyAndTypeBack() {
        HttpResponse<String> echo = service.send("POST", "/echo", "  any thing\n", "Content-Type", "text/x-any");

        assertThat(echo.headers().firstValue("Content-Type")).hasValue("text/x-any");
        assertThat(echo.body()).isEqualTo("  any thing\n");
    }

    /** How many bytes there are up to the first that is not what a download has there. */
    private static long matching(InputStream download) throws IOException {
        long read = 0;
        try (download) {
            byte[] buffer = new byte[65_536];
            for (int length = download.read(buffer); length >= 0; length = download.read(buffer)) {
                for (int i = 0; i < length; i++) {
                    if (buffer[i] != (byte) (read % 251)) {
                        return read;
                    }
                    read++;
                }
            }
        }
        return read;
    }
}
