package dev.cenotaph.gateway.testing;

import dev.cenotaph.gateway.proxy.GatewayApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The runnable proxy on a free port, over a store of its own. */
public final class TestGateway implements AutoCloseable {
    private static final String STORE_URL = "cenotaph.store.url=";

    private final Path directory;
    private final List<String> settings;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private ConfigurableApplicationContext context;

    private TestGateway(Path directory, List<String> settings) {
        this.directory = directory;
        this.settings = settings;
        this.context = start();
    }

    /**
     * A gateway with one policy file.
     *
     * @param settings {@code name=value} each
     */
    public static TestGateway with(String policyYaml, String... settings) {
        return with(Map.of("test.yaml", policyYaml), settings);
    }

    /**
     * A gateway with several policy files, by their names.
     *
     * @param settings {@code name=value} each
     */
    public static TestGateway with(Map<String, String> policyFiles, String... settings) {
        try {
            Path directory = Files.createTempDirectory("test-gateway");
            Path policies = Files.createDirectory(directory.resolve("policies"));
            for (Map.Entry<String, String> file : policyFiles.entrySet()) {
                Files.writeString(policies.resolve(file.getKey()), file.getValue());
            }
            return new TestGateway(directory, new ArrayList<>(List.of(settings)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The smallest policy file for one upstream, with this text under {@code resources:}. */
    public static String policy(int upstreamPort, String resources) {
        return "version: 1\nupstream: http://localhost:" + upstreamPort + "\nresources:\n" + resources.indent(2);
    }

    public int port() {
        return portOf("local.server.port");
    }

    public int managementPort() {
        return portOf("local.management.port");
    }

    public URI url(String pathAndQuery) {
        return URI.create("http://localhost:" + port() + pathAndQuery);
    }

    /** The directory of its policies. */
    public Path policies() {
        return directory.resolve("policies");
    }

    /** A bean of the running application. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public HttpResponse<String> get(String pathAndQuery, String... headers) {
        return send("GET", pathAndQuery, "", headers);
    }

    public HttpResponse<String> delete(String pathAndQuery, String... headers) {
        return send("DELETE", pathAndQuery, "", headers);
    }

    public HttpResponse<String> post(String pathAndQuery, String... headers) {
        return send("POST", pathAndQuery, "", headers);
    }

    /** @param headers names and values in turn */
    public HttpResponse<String> send(String method, String pathAndQuery, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url(pathAndQuery))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends bytes as they are, and reads until the gateway closes; the request should say {@code Connection: close}. */
    public String raw(String request) {
        return RawClient.exchange(port(), request);
    }

    /** Stops, and starts again over the same store, on another port. */
    public void restart() {
        context.close();
        context = start();
    }

    /** Stops, and starts again over the same store with more settings. */
    public void restartWith(String... more) {
        context.close();
        settings.addAll(List.of(more));
        context = start();
    }

    /** The store's audit of an id in order, {@code action actor} each. */
    public List<String> auditOf(String id) {
        return store().sql("SELECT action || ' ' || coalesce(actor, '-') FROM audit WHERE id = :id ORDER BY revision")
                .param("id", id)
                .query(String.class)
                .list();
    }

    /** The store as whoever has its file sees it. */
    public JdbcClient store() {
        return JdbcClient.create(new DriverManagerDataSource(storeUrl()));
    }

    @Override
    public void close() {
        context.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ConfigurableApplicationContext start() {
        var arguments = new ArrayList<String>();
        Stream.of("server.port=", "management.server.port=")
                .filter(port -> settings.stream().noneMatch(setting -> setting.startsWith(port)))
                .forEach(port -> arguments.add("--" + port + "0"));
        arguments.add("--cenotaph.policies=" + directory.resolve("policies"));
        settings.stream()
                .filter(setting -> !setting.startsWith(STORE_URL))
                .forEach(setting -> arguments.add("--" + setting));
        arguments.add("--" + STORE_URL + storeUrl());
        SpringApplication application = GatewayApplication.application();
        application.setRegisterShutdownHook(false);
        return application.run(arguments.toArray(String[]::new));
    }

    private String storeUrl() {
        return settings.stream()
                .filter(setting -> setting.startsWith(STORE_URL))
                .map(setting -> setting.substring(STORE_URL.length()))
                .findFirst()
                .orElseGet(() -> "jdbc:sqlite:" + directory.resolve("cenotaph.db"));
    }

    private int portOf(String property) {
        return context.getEnvironment().getRequiredProperty(property, Integer.class);
    }
}
