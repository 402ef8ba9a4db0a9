package dev.cenotaph.policy.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenApiDocumentTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openapi: 3.0.0\\npaths:\\n  /a: [1              | api.yaml:3:9 | neither YAML nor JSON",
                "openapi: 3.0.0\\npaths: {}\\npaths: {}          | api.yaml:3:1  | `paths` stands here a second time",
                "swagger: '2.0'\\npaths: {}                      | api.yaml:1:1  | Swagger 2.0",
                "asyncapi: 3.0.0                                 | api.yaml:1:1  | `openapi` is not there",
                "openapi: 4.0.0\\npaths: {}                      | api.yaml:1:1  | `openapi` is 4.0.0",
                "openapi: 3.0.0                                  | api.yaml:1:1  | has no paths",
                "openapi: 3.2.0\\npaths: {}                      | api.yaml:1:1  | This is an OpenAPI 3.2.0 document",
                "- openapi                                       | api.yaml:1:1  | no map",
                "{}                                              | api.yaml:1:1  | `openapi` is not there",
                "openapi: 3.0.0\\nx: &a { y: *a }\\npaths: {}    | api.yaml:2:4  | inside of what it stands for",
                "openapi: 3.0.0\\nx: *a                          | api.yaml:2:4  | undefined alias",
                "openapi: 3.0.0\\nx: \\u0007                     | api.yaml:2:4  | U+0007",
            })
    void aBrokenDocumentIsRefusedWithItsPlace(String text, String place, String what) {
        String unescaped = text.replace("\\n", "\n").replace("\\u0007", "\u0007");

        assertThatExceptionOfType(UnreadableDocumentException.class)
                .isThrownBy(() -> OpenApiDocument.of("api.yaml", unescaped))
                .withMessageContaining(what)
                .withMessageContaining(place);
    }

    @Test
    void anEmptyTextIsRefused() {
        assertThatExceptionOfType(UnreadableDocumentException.class)
                .isThrownBy(() -> OpenApiDocument.of("api.yaml", ""));
    }

    @Test
    void aliasesThatMultiplyAreRefused() {
        var bomb = new StringBuilder("openapi: 3.0.0\npaths: {}\nx-0: &a0 [" + "lol, ".repeat(20) + "lol]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("x-%d: &a%d [%s*a%d]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9), i - 1));
        }

        assertThatExceptionOfType(UnreadableDocumentException.class)
                .isThrownBy(() -> OpenApiDocument.of("api.yaml", bomb.toString()))
                .withMessageContaining("the document is longer than 64 MiB");
    }

    @Test
    void whatNestsTooDeepIsRefusedWhereItDoes() {
        String deep = "{\"openapi\": \"3.0.0\", \"x\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThatExceptionOfType(UnreadableDocumentException.class)
                .isThrownBy(() -> OpenApiDocument.of("api.json", deep))
                .withMessageContaining("api.json:1:")
                .withMessageContaining("nested more than 200 deep");
    }

    @Test
    void aFileThatIsTooLongIsRefused(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("long.yaml");
        try (var out = Files.newOutputStream(file)) {
            byte[] comment = ("#" + "x".repeat(1_048_574) + "\n").getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 65; i++) {
                out.write(comment);
            }
        }

        assertThatExceptionOfType(UnreadableDocumentException.class)
                .isThrownBy(() -> OpenApiDocument.read(file))
                .withMessageContaining("longer than 64 MiB");
    }

    @Test
    void aFileThatIsNotThereOrNotUtf8IsRefused(@TempDir Path directory) throws IOException {
        Path latin = directory.resolve("latin.yaml");
        Files.write(latin, "openapi: 3.0.0 # \u00e9".getBytes(StandardCharsets.ISO_8859_1));

        assertThatExceptionOfType(UnreadableDocumentException.class)
                .isThrownBy(() -> OpenApiDocument.read(latin))
                .withMessageContaining("not UTF-8");
        assertThatExceptionOfType(UnreadableDocumentException.class)
                .isThrownBy(() -> OpenApiDocument.read(directory.resolve("none.yaml")))
                .withMessageContaining("cannot be read");
    }

    @Test
    void whatLiesElsewhereIsNeverFetched(@TempDir Path directory) throws IOException {
        var asked = new AtomicInteger();
        HttpServer elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.close();
        });
        elsewhere.start();
        try {
            String url = "http://127.0.0.1:" + elsewhere.getAddress().getPort();
            Path file = directory.resolve("api.yaml");
            Files.writeString(file, """
                    openapi: 3.0.3
                    info: { title: Api, version: '1' }
                    paths:
                      /orders/{id}: { $ref: '%1$s/paths.yaml' }
                      /users/{id}:
                        get:
                          responses:
                            '200':
                              description: It.
                              content: { application/json: { schema: { $ref: '%1$s/user.yaml' } } }
                        delete: { responses: { '204': { $ref: '../../../../etc/passwd' } } }
                    """.formatted(url));
            var document = OpenApiDocument.read(file);
            var policies = Documents.policies("""
                    version: 1
                    upstream: http://localhost:9090
                    resources: { users: { path: /users, marker: { flag: deleted } } }
                    """);

            assertThat(PolicyDraft.of(document).text())
                    .contains("Not read: /orders/{id}. The operations of this path lie in another file");
            assertThat(Audit.of(document, policies))
                    .extracting(finding -> finding.code().text() + " " + finding.path() + " " + finding.line())
                    .containsExactly("unread-path /orders/{id} 4");
            assertThat(Overlay.of(document, policies)).contains(url + "/user.yaml");
            assertThat(asked).hasValue(0);
        } finally {
            elsewhere.stop(0);
        }
    }

    @Test
    void aPathThatLeadsBackToItselfOrNowhereIsNotSaidToLieInAnotherFile() {
        var document = Documents.of("""
                paths:
                  /a: { $ref: '#/paths/~1b' }
                  /b: { $ref: '#/paths/~1a' }
                  /c: { $ref: '#/paths/~1d' }
                  /e: { $ref: '#/paths/~1f' }
                  /f: { $ref: '#/paths/~1g' }
                  /g: { get: { responses: { '200': { description: It. } } } }
                """);

        assertThat(new Api(document).unreadPaths())
                .extracting(path -> path.text() + ": " + path.why())
                .containsExactly(
                        "/a: The `$ref` of this path leads back to itself.",
                        "/b: The `$ref` of this path leads back to itself.",
                        "/c: The document has no path item at `#/paths/~1d`.");
        assertThat(new Api(document).path("/e")).isPresent();
    }
}
