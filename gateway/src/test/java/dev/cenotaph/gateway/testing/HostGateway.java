package dev.cenotaph.gateway.testing;

import com.example.shop.ShopGateway;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A foreign gateway on a free port, with Cenotaph on its class path. */
public final class HostGateway implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ROUTES = "spring.cloud.gateway.server.webflux.routes";

    private final ConfigurableApplicationContext context;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private HostGateway(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * A route of the host.
     *
     * @param filters as its configuration names them
     */
    public record Route(String id, String uri, String path, String... filters) {
        List<String> settings(int number) {
            String route = ROUTES + "[" + number + "].";
            var settings = new ArrayList<>(
                    List.of(route + "id=" + id, route + "uri=" + uri, route + "predicates[0]=Path=" + path));
            for (int i = 0; i < filters.length; i++) {
                settings.add(route + "filters[" + i + "]=" + filters[i]);
            }
            return settings;
        }
    }

    /**
     * The host with these routes.
     *
     * @param directory for the store, and for the policies in its {@code policies.yaml}
     * @param beans classes with further beans of the host
     * @param settings {@code name=value} each
     */
    public static HostGateway start(Path directory, List<Route> routes, List<Class<?>> beans, String... settings) {
        var arguments = new ArrayList<String>();
        arguments.add("--server.port=0");
        for (int i = 0; i < routes.size(); i++) {
            routes.get(i).settings(i).forEach(setting -> arguments.add("--" + setting));
        }
        Arrays.stream(settings).forEach(setting -> arguments.add("--" + setting));
        var sources = new ArrayList<Class<?>>(List.of(ShopGateway.class));
        sources.addAll(beans);
        var application = new SpringApplication(sources.toArray(Class<?>[]::new));
        application.setDefaultProperties(Map.of(
                "cenotaph.policies",
                directory.resolve("policies.yaml"),
                "cenotaph.store.url",
                "jdbc:sqlite:" + directory.resolve("host.db")));
        application.setRegisterShutdownHook(false);
        return new HostGateway(application.run(arguments.toArray(String[]::new)));
    }

    /** Writes {@code policies.yaml} with one resource that has a timestamp. */
    public static Path withOrders(Path directory) {
        try {
            return Files.writeString(
                    directory.resolve("policies.yaml"),
                    TestGateway.policy(1, "orders: { path: /api/orders, marker: { timestamp: deleted_at } }"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    public HttpResponse<String> send(String method, String pathAndQuery) {
        int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + pathAndQuery))
                .timeout(PATIENCE)
                .method(method, BodyPublishers.noBody())
                .build();
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
