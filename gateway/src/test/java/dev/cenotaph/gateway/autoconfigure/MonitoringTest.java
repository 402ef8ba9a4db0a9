package dev.cenotaph.gateway.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.proxy.GatewayApplication;
import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.TestGateway;
import dev.cenotaph.gateway.tombstone.StoredTombstones;
import dev.cenotaph.policy.match.ItemKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

class MonitoringTest {
    private static final String RESOURCES = """
            orders: { path: /orders, marker: { flag: trashed } }
            notes: { path: /notes, marker: { flag: trashed } }
            """;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ItemUpstream upstream = new ItemUpstream();
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void create() {
        for (int item = 0; item < 3; item++) {
            upstream.create("/orders", "{\"trashed\":false}");
        }
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void metersTellWhatIsTrashedAndWhoKnewIt() {
        try (TestGateway gateway = gateway()) {
            gateway.delete("/orders/1");
            gateway.delete("/orders/2");
            gateway.restart();

            assertThat(gateway.get("/orders/1").statusCode()).isEqualTo(410);
            assertThat(gateway.get("/orders/1").statusCode()).isEqualTo(410);

            assertThat(meter(gateway, "cenotaph.tombstones")).isEqualTo("2.0");
            assertThat(meter(gateway, "cenotaph.tombstones?tag=resource:orders"))
                    .isEqualTo("2.0");
            assertThat(meter(gateway, "cenotaph.tombstones?tag=resource:notes")).isEqualTo("0.0");
            assertThat(meter(gateway, "cenotaph.tombstones.loads")).isEqualTo("1.0");
            assertThat(meter(gateway, "cenotaph.tombstones.hits")).isEqualTo("1.0");
            assertThat(meter(gateway, "cenotaph.store.failures")).isEqualTo("0.0");
        }
    }

    @Test
    void storeThatGoesDownIsToldAndTakesNobodyOutOfService() {
        try (TestGateway gateway = gateway()) {
            gateway.delete("/orders/1");
            assertThat(actuator(gateway, "health/cenotaph").body())
                    .contains("\"status\":\"UP\"", "\"tombstones\":1", "\"store\":\"reachable\"");

            gateway.bean(StoredTombstones.class).close();

            assertThat(gateway.delete("/orders/2").statusCode()).isEqualTo(503);
            HttpResponse<String> health = actuator(gateway, "health/cenotaph");
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body())
                    .contains("\"status\":\"UNKNOWN\"", "\"tombstones\":1", "\"store\":\"unreachable\"");
            assertThat(actuator(gateway, "health/readiness").statusCode()).isEqualTo(200);
            assertThat(actuator(gateway, "health").statusCode()).isEqualTo(200);
            assertThat(meter(gateway, "cenotaph.store.failures")).isNotEqualTo("0.0");
            assertThat(gateway.get("/orders/1").statusCode()).isEqualTo(410);
        }
    }

    /** Whoever can connect, to ask for an item or for readiness, finds the index complete. */
    @Test
    void noPortIsOpenBeforeTheIndexIsLoaded(@TempDir Path directory) throws IOException {
        Path policies = Files.createDirectory(directory.resolve("policies"));
        Files.writeString(policies.resolve("shop.yaml"), TestGateway.policy(upstream.port(), RESOURCES));
        String[] arguments = {
            "--server.port=0",
            "--management.server.port=0",
            "--cenotaph.policies=" + policies,
            "--cenotaph.store.url=jdbc:sqlite:" + directory.resolve("cenotaph.db")
        };
        try (ConfigurableApplicationContext first =
                GatewayApplication.application().run(arguments)) {
            int port = first.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/orders/1"))
                    .DELETE());
        }
        List<Boolean> loadedAtOpening = new CopyOnWriteArrayList<>();
        ConfigurableApplicationContext[] starting = new ConfigurableApplicationContext[1];
        SpringApplication second = GatewayApplication.application();
        second.addInitializers(context -> starting[0] = context);
        second.addListeners(
                (ApplicationListener<WebServerInitializedEvent>) event -> loadedAtOpening.add(isLoaded(starting[0])));

        second.run(arguments).close();

        // The port of the gateway, and the one of the management.
        assertThat(loadedAtOpening).containsExactly(true, true);
    }

    /** Asks no bean that is not there yet: that would load it. */
    private static boolean isLoaded(ConfigurableApplicationContext context) {
        return context.getBeanFactory().getSingleton("cenotaphTombstones") instanceof StoredTombstones tombstones
                && tombstones.isTrashed(new ItemKey("orders", List.of(), "1"));
    }

    private TestGateway gateway() {
        return TestGateway.with(TestGateway.policy(upstream.port(), RESOURCES));
    }

    private String meter(TestGateway gateway, String nameAndQuery) {
        return actuator(gateway, "metrics/" + nameAndQuery).body().replaceAll("(?s).*\"value\":([^}]*)}.*", "$1");
    }

    private HttpResponse<String> actuator(TestGateway gateway, String endpoint) {
        return send(HttpRequest.newBuilder(
                URI.create("http://localhost:" + gateway.managementPort() + "/actuator/" + endpoint)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(LIMIT).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
