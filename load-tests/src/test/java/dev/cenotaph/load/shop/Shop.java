package dev.cenotaph.load.shop;

import dev.cenotaph.gateway.testing.TestGateway;
import dev.cenotaph.load.legacy.LegacyService;
import dev.cenotaph.load.legacy.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The legacy service, the gateway in front of it, and a back door to the service's tables. */
final class Shop implements AutoCloseable {
    private static final Path POLICIES = Path.of("../policy-config/policies/legacy-shop.yaml");
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int ROWS = 120;

    private final LegacyService legacy;
    private final TestGateway gateway;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<ShopResource, Deque<String>> untouched = new EnumMap<>(ShopResource.class);

    private Shop() throws IOException {
        this.legacy = LegacyService.start(Options.temporary(ROWS));
        String policies = Files.readString(POLICIES)
                .replace("${LEGACY_URL:http://localhost:9090}", "http://localhost:" + legacy.port());
        this.gateway = TestGateway.with(policies);
    }

    static Shop open() {
        try {
            return new Shop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TestGateway gateway() {
        return gateway;
    }

    /** An item that no test has touched; nobody gets it twice. */
    String take(ShopResource resource) {
        return untouched.computeIfAbsent(resource, this::items).removeFirst();
    }

    /** The table, by no way that a policy governs. */
    String rows(ShopResource resource) {
        return direct("/rows/" + resource.table());
    }

    JsonNode rowOf(ShopResource resource, String item) {
        for (JsonNode row : JSON.readTree(rows(resource)).values()) {
            if (resource.itemOf(row).equals(item)) {
                return row;
            }
        }
        return JSON.missingNode();
    }

    /** What the service itself shows, without the gateway. */
    String direct(String path) {
        return send("GET", path, BodyPublishers.noBody(), "application/json");
    }

    /** A JSON Patch behind the gateway's back. */
    void patch(String path, String operations) {
        send("PATCH", path, BodyPublishers.ofString(operations), "application/json-patch+json");
    }

    private String send(String method, String path, BodyPublisher body, String type) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + legacy.port() + path))
                .method(method, body)
                .header("Content-Type", type)
                .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        gateway.close();
        legacy.close();
    }

    /** Tests of users start at the first row, those of notes at the last: a user's notes share the user's fate. */
    private Deque<String> items(ShopResource resource) {
        var items = new ArrayDeque<String>();
        for (JsonNode row : JSON.readTree(rows(resource)).values()) {
            String item = resource.itemOf(row);
            if (resource != ShopResource.NOTES) {
                items.addLast(item);
            } else if (item.endsWith("/notes/1")) {
                items.addFirst(item);
            }
        }
        return items;
    }
}
