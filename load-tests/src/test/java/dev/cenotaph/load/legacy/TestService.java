package dev.cenotaph.load.legacy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A fresh service with three rows a resource for each test, and a client for it. */
final class TestService implements BeforeEachCallback, AfterEachCallback, AutoCloseable {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Options options;
    private LegacyService service;

    TestService() {
        this(Options.temporary(3));
    }

    @SuppressWarnings("NullAway.Init")
    TestService(Options options) {
        this.options = options;
    }

    static TestService started(Options options) {
        TestService service = new TestService(options);
        service.beforeEach();
        return service;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        beforeEach();
    }

    private void beforeEach() {
        service = LegacyService.start(options);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close();
    }

    @Override
    public void close() {
        service.close();
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    HttpResponse<String> delete(String path, String... headers) {
        return send("DELETE", path, "", headers);
    }

    HttpResponse<String> post(String path, String json) {
        return send("POST", path, json, "Content-Type", "application/json");
    }

    HttpResponse<String> put(String path, String json, String... headers) {
        return send("PUT", path, json, with(headers, "Content-Type", "application/json"));
    }

    HttpResponse<String> patch(String path, String json, String... headers) {
        return send("PATCH", path, json, with(headers, "Content-Type", "application/json"));
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) {
        return send(request(method, path, body, headers), BodyHandlers.ofString());
    }

    HttpResponse<InputStream> stream(String path) {
        return send(request("GET", path, ""), BodyHandlers.ofInputStream());
    }

    private HttpRequest request(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + service.port() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return (headers.length == 0 ? request : request.headers(headers)).build();
    }

    private static <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
        try {
            return CLIENT.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String[] with(String[] headers, String name, String value) {
        String[] more = new String[headers.length + 2];
        more[0] = name;
        more[1] = value;
        System.arraycopy(headers, 0, more, 2, headers.length);
        return more;
    }
}
