package dev.cenotaph.load.proof;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What clients of the gateway do, for as long as one life of it lasts. */
final class Client implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String root;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    Client(int port) {
        this.root = "http://127.0.0.1:" + port;
    }

    /** The ids that a list shows; an {@link IOException} if it is none. */
    Set<String> list(Shape shape) throws IOException, InterruptedException {
        HttpResponse<String> answer = ask("GET", shape.collection(), "");
        require(answer, 200);
        Set<String> ids = new HashSet<>();
        JSON.readTree(answer.body()).forEach(row -> ids.add(row.path("id").asString()));
        return ids;
    }

    /** The ids in the trash of a collection. */
    Set<String> trash(Shape shape) throws IOException, InterruptedException {
        Set<String> ids = new HashSet<>();
        Optional<String> page = Optional.of("");
        while (page.isPresent()) {
            String token = page.get().isEmpty() ? "" : "&page_token=" + page.get();
            HttpResponse<String> answer = ask("GET", shape.collection() + "/trashed?page_size=200" + token, "");
            require(answer, 200);
            JsonNode document = JSON.readTree(answer.body());
            document.path("trashed").forEach(row -> ids.add(row.path("id").asString()));
            page = Optional.of(document.path("next_page_token").asString("")).filter(next -> !next.isEmpty());
        }
        return ids;
    }

    int get(Item item) throws IOException, InterruptedException {
        return ask("GET", item.path(), "").statusCode();
    }

    /** @throws IOException if there was no answer */
    HttpResponse<String> ask(String method, String path, String body) throws IOException, InterruptedException {
        return http.send(request(method, path, body), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> askLater(String method, String path) {
        return http.sendAsync(request(method, path, ""), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest request(String method, String path, String body) {
        return HttpRequest.newBuilder(URI.create(root + path))
                .timeout(PATIENCE)
                .header("Authorization", HeldUpstream.AUTHORIZATION)
                .header("Content-Type", "application/merge-patch+json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
    }

    private static void require(HttpResponse<String> answer, int status) throws IOException {
        if (answer.statusCode() != status) {
            throw new IOException(answer.request().uri() + " answered " + answer.statusCode() + " " + answer.body());
        }
    }
}
