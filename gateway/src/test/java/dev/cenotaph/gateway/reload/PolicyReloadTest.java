package dev.cenotaph.gateway.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.TestGateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Policy files that change while the gateway runs. */
@ExtendWith(OutputCaptureExtension.class)
class PolicyReloadTest {
    private static final String ORDERS = "orders: { path: /orders, marker: { flag: trashed } }\n";
    private static final String NOTES = "notes: { path: /notes, marker: { flag: trashed } }\n";
    private static final String ASKED = "cenotaph.reload.enabled=false";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final ItemUpstream upstream = new ItemUpstream();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void changedFileIsTakenOverByItself(CapturedOutput log) throws Exception {
        try (TestGateway gateway = gateway()) {
            String before = version(gateway);
            String note = upstream.create("/notes", "{\"trashed\":false}");
            write(gateway, ORDERS + NOTES);
            await(() -> assertThat(version(gateway)).isNotEqualTo(before));
            assertThat(gateway.delete(note).statusCode()).isEqualTo(204);
            assertThat(gateway.get(note).statusCode()).isEqualTo(410);
            assertThat(management(gateway, "metrics/cenotaph.tombstones?tag=resource:notes")
                            .at("/measurements/0/value")
                            .asInt())
                    .isEqualTo(1);
            assertThat(count(gateway, "taken")).isEqualTo(1);
            assertThat(log).contains("follows").contains("2 resources of 1 upstreams");
        }
    }

    /** As Kubernetes does: the files are links through a link, and that is replaced. */
    @Test
    void swappedLinkIsTakenOverByItself() throws Exception {
        try (TestGateway gateway = gateway("cenotaph.reload.interval=500ms")) {
            String before = version(gateway);
            Path directory = gateway.policies();
            link(directory, "..1", ORDERS);
            Files.delete(directory.resolve("test.yaml"));
            Files.createSymbolicLink(directory.resolve("test.yaml"), Path.of("..data", "test.yaml"));
            assertThat(reload(gateway, 200).at("/last/outcome").asString()).isIn("unchanged", "taken");
            link(directory, "..2", ORDERS + NOTES);
            await(() -> assertThat(version(gateway)).isNotEqualTo(before));
            assertThat(gateway.delete(upstream.create("/notes", "{\"trashed\":false}"))
                            .statusCode())
                    .isEqualTo(204);
            Files.delete(directory.resolve("..1").resolve("test.yaml"));
            Files.delete(directory.resolve("..1"));
        }
    }

    @Test
    void brokenFileKeepsWhatIsInForceAndSaysSo(CapturedOutput log) throws Exception {
        try (TestGateway gateway = gateway()) {
            String before = version(gateway);
            String item = trashed(gateway, "/orders");
            write(gateway, "orders: { path: /orders/, markr: { flag: trashed } }\n");
            await(() ->
                    assertThat(standing(gateway).at("/last/outcome").asString()).isEqualTo("broken"));
            assertThat(version(gateway)).isEqualTo(before);
            assertThat(gateway.get(item).statusCode()).isEqualTo(410);
            assertThat(standing(gateway).at("/last/problems").toString()).contains("test.yaml:4:29\"");
            JsonNode health = management(gateway, "health").at("/components/cenotaphPolicies");
            assertThat(health.get("status").asString()).isEqualTo("UNKNOWN");
            assertThat(health.toString()).contains("unknown-key");
            assertThat(management(gateway, "health/readiness").get("status").asString())
                    .isEqualTo("UP");
            assertThat(stale(gateway)).isEqualTo(1);
            assertThat(log).contains("stays in force").contains("test.yaml:4:29: unknown-key");

            write(gateway, ORDERS);
            await(() -> assertThat(stale(gateway)).isEqualTo(0));
            assertThat(count(gateway, "broken")).isEqualTo(1);
            assertThat(version(gateway)).isEqualTo(before);
        }
    }

    @Test
    void emptiedDirectoryGovernsAsBefore() throws Exception {
        try (TestGateway gateway = gateway(ASKED)) {
            String item = trashed(gateway, "/orders");
            Files.delete(gateway.policies().resolve("test.yaml"));
            JsonNode report = reload(gateway, 409);
            assertThat(report.at("/last/outcome").asString()).isEqualTo("broken");
            assertThat(report.at("/last/problems/0/code").asString()).isEqualTo("no-policy-files");
            assertThat(gateway.get(item).statusCode()).isEqualTo(410);
            assertThat(gateway.delete("/orders").statusCode()).isEqualTo(405);
        }
    }

    @Test
    void resourceIsNotLostUnlessItIsReleased() throws Exception {
        try (TestGateway gateway = TestGateway.with(policy(ORDERS + NOTES), ASKED)) {
            write(gateway, ORDERS);
            JsonNode report = reload(gateway, 409);
            assertThat(report.at("/last/outcome").asString()).isEqualTo("refused");
            assertThat(report.at("/last/problems/0/code").asString()).isEqualTo("resource-lost");
            assertThat(gateway.delete("/notes").statusCode()).isEqualTo(405);

            Files.writeString(gateway.policies().resolve("test.yaml"), "released: notes\n" + policy(ORDERS));
            assertThat(reload(gateway, 200).at("/last/outcome").asString()).isEqualTo("taken");
            assertThat(gateway.delete("/notes").statusCode()).isNotEqualTo(405);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders: { path: /orders, marker: { flag: gone } }",
                "orders: { path: /orders, mode: off, marker: { flag: trashed } }",
                "orders: { path: /orders, mode: shadow, marker: { flag: trashed } }",
                "orders: { path: /orders, wrap: /order, marker: { flag: trashed } }",
                "orders: { path: /orders, id-pattern: '[a-c]+', marker: { flag: trashed } }",
                "orders: { path: /orders, answers: { delete: pass }, marker: { flag: trashed } }",
                "orders: { path: /orders, item: '/o/{id}', aliases: ['/orders/{id}/whole'], marker: { flag: trashed } }",
            })
    void trashIsNotOrphanedUnlessItIsReleased(String changed) throws Exception {
        try (TestGateway gateway = gateway(ASKED)) {
            String before = version(gateway);
            String item = trashed(gateway, "/orders");
            write(gateway, "# changed\n" + changed + "\n");
            JsonNode report = reload(gateway, 409);
            assertThat(report.at("/last/problems/0/code").asString()).isEqualTo("trash-orphaned");
            assertThat(report.at("/last/problems/0/at").asString()).endsWith("test.yaml:5:3");
            assertThat(version(gateway)).isEqualTo(before);
            assertThat(gateway.get(item).statusCode()).isEqualTo(410);

            // As soon as the trash is empty nothing speaks against it any more.
            assertThat(gateway.post(item + ":undelete").statusCode()).isEqualTo(200);
            assertThat(reload(gateway, 200).at("/last/outcome").asString()).isEqualTo("taken");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permanent: { allow: always }",
                "trash: { delete: permanent }, permanent: { allow: trashed }",
                "unlink: ['/orders/{id}/tags/{tag}']",
            })
    void whatLetsMoreBeDeletedForGoodOrphansNoTrash(String grant) throws Exception {
        String orders = "orders: { path: /orders, marker: { flag: trashed }, %s }\n";
        try (TestGateway gateway = TestGateway.with(policy(orders.formatted("permanent: { allow: never }")), ASKED)) {
            String item = trashed(gateway, "/orders");
            write(gateway, orders.formatted(grant));
            assertThat(reload(gateway, 200).at("/last/outcome").asString()).isEqualTo("taken");
            assertThat(gateway.get(item).statusCode()).isEqualTo(410);
        }
    }

    /** A path that is mistyped leaves the true one to hard deletes, whatever is trashed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders: { path: /ordrs, marker: { flag: trashed } }",
                "orders: { path: \"/users/{user}/orders\", marker: { flag: trashed } }",
                "orders: { path: /orders/v2, item: '/orders/v2/{id}', marker: { flag: trashed } }",
            })
    void pathIsNotLostUnlessItIsReleased(String changed) throws Exception {
        try (TestGateway gateway = gateway(ASKED)) {
            write(gateway, changed + "\n");
            JsonNode report = reload(gateway, 409);
            assertThat(report.at("/last/problems/0/code").asString()).isEqualTo("unprotected");
            assertThat(gateway.delete("/orders").statusCode()).isEqualTo(405);

            Files.writeString(gateway.policies().resolve("test.yaml"), "released: orders\n" + policy(changed + "\n"));
            assertThat(reload(gateway, 200).at("/last/outcome").asString()).isEqualTo("taken");
            assertThat(gateway.delete("/orders").statusCode()).isNotEqualTo(405);
        }
    }

    /** Nobody writes to it: who opens it waits. */
    @Test
    void pipeIsNoPolicyFile() throws Exception {
        try (TestGateway gateway = gateway()) {
            Path pipe = gateway.policies().resolve("pipe.yaml");
            assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                    .isZero();
            await(() -> assertThat(stale(gateway)).isEqualTo(1));
            assertThat(reload(gateway, 409).at("/last/problems/0/code").asString())
                    .isEqualTo("unreadable-file");
            Files.delete(pipe);
            await(() -> assertThat(stale(gateway)).isEqualTo(0));
            write(gateway, ORDERS + NOTES);
            await(() -> assertThat(gateway.delete("/notes").statusCode()).isEqualTo(405));
        }
    }

    @ParameterizedTest
    @CsvSource({"drain, 410", "off, 200", "shadow, 200"})
    void releasedTrashMayBeShown(String mode, int status) throws Exception {
        try (TestGateway gateway = gateway(ASKED)) {
            String item = trashed(gateway, "/orders");
            Files.writeString(
                    gateway.policies().resolve("test.yaml"),
                    "released: [orders]\n" + policy(ORDERS.replace("{ path", "{ mode: " + mode + ", path")));
            assertThat(reload(gateway, 200).at("/last/outcome").asString()).isEqualTo("taken");
            assertThat(gateway.get(item).statusCode()).isEqualTo(status);
            assertThat(standing(gateway).at("/files/0/resources/orders").asString())
                    .isEqualTo(mode);
        }
    }

    /** What is released may stay so: nothing comes of it by itself. */
    @Test
    void drainNeedsNoReleaseAndReleaseAloneChangesNothing() throws Exception {
        try (TestGateway gateway = gateway(ASKED)) {
            String item = trashed(gateway, "/orders");
            Files.writeString(
                    gateway.policies().resolve("test.yaml"),
                    "released: [orders, parcels]\n" + policy(ORDERS.replace("{ path", "{ mode: drain, path")));
            assertThat(reload(gateway, 200).at("/last/outcome").asString()).isEqualTo("taken");
            assertThat(gateway.get(item).statusCode()).isEqualTo(410);
            assertThat(reload(gateway, 200).at("/last/outcome").asString()).isEqualTo("unchanged");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "chain"})
    void newUpstreamIsReachedAtOnce(String forwarding) throws Exception {
        try (var other = new ItemUpstream();
                TestGateway gateway = gateway(ASKED, "cenotaph.forwarding=" + forwarding)) {
            for (int round = 0; round < 5; round++) {
                String note = other.create("/notes" + round, "{\"trashed\":false}");
                Files.writeString(
                        gateway.policies().resolve("other.yaml"),
                        TestGateway.policy(other.port(), NOTES.replace("/notes", "/notes" + round))
                                + "released: notes\n");
                assertThat(reload(gateway, 200).at("/last/outcome").asString()).isEqualTo("taken");
                assertThat(gateway.delete(note).statusCode()).isEqualTo(204);
                assertThat(gateway.get(note).statusCode()).isEqualTo(410);
                assertThat(gateway.get(upstream.create("/orders", "{\"trashed\":false}"))
                                .statusCode())
                        .isEqualTo(200);
            }
            Files.writeString(gateway.policies().resolve("test.yaml"), policy(ORDERS) + "released: notes\n");
            Files.delete(gateway.policies().resolve("other.yaml"));
            assertThat(reload(gateway, 200).at("/last/outcome").asString()).isEqualTo("taken");
        }
    }

    /** An editor that saves in two steps leaves half a file for a moment. */
    @Test
    void halfAFileIsNotTakenOver() throws Exception {
        try (TestGateway gateway = TestGateway.with(policy(ORDERS + NOTES), ASKED, "cenotaph.reload.settle=400ms")) {
            Path file = gateway.policies().resolve("test.yaml");
            String whole = policy(ORDERS + NOTES + "parcels: { path: /parcels, marker: { flag: x } }\n");
            Files.writeString(file, "");
            Thread writing = Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(100);
                    Files.writeString(file, whole);
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(reload(gateway, 200).at("/last/outcome").asString()).isEqualTo("taken");
            writing.join();
            assertThat(count(gateway, "broken")).isEqualTo(0);
        }
    }

    private static void link(Path directory, String name, String resources) throws IOException {
        Path data = Files.createDirectory(directory.resolve(name));
        String text = Files.readString(directory.resolve("test.yaml"));
        Files.writeString(
                data.resolve("test.yaml"),
                text.substring(0, text.indexOf("resources:")) + "resources:\n" + resources.indent(2));
        Path link = directory.resolve("..data_tmp");
        Files.createSymbolicLink(link, Path.of(name));
        Files.move(
                link, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private String trashed(TestGateway gateway, String collection) {
        String item = upstream.create(collection, "{\"trashed\":false}");
        assertThat(gateway.delete(item).statusCode()).isEqualTo(204);
        return item;
    }

    private TestGateway gateway(String... settings) {
        return TestGateway.with(
                policy(ORDERS),
                Stream.concat(Stream.of("cenotaph.reload.settle=50ms"), Stream.of(settings))
                        .toArray(String[]::new));
    }

    private String policy(String resources) {
        return TestGateway.policy(upstream.port(), resources);
    }

    private void write(TestGateway gateway, String resources) throws IOException {
        Files.writeString(gateway.policies().resolve("test.yaml"), policy(resources));
    }

    private static void await(ThrowingRunnable assertion) {
        Awaitility.await().atMost(LIMIT).untilAsserted(assertion);
    }

    private String version(TestGateway gateway) throws IOException, InterruptedException {
        return standing(gateway).get("version").asString();
    }

    private JsonNode standing(TestGateway gateway) throws IOException, InterruptedException {
        return management(gateway, "policies");
    }

    private int stale(TestGateway gateway) throws IOException, InterruptedException {
        return management(gateway, "metrics/cenotaph.policies.stale")
                .at("/measurements/0/value")
                .asInt();
    }

    private int count(TestGateway gateway, String outcome) throws IOException, InterruptedException {
        return management(gateway, "metrics/cenotaph.policies.reloads?tag=outcome:" + outcome)
                .at("/measurements/0/value")
                .asInt();
    }

    private JsonNode reload(TestGateway gateway, int status) throws IOException, InterruptedException {
        var answer = client.send(
                request(gateway, "policies").POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JsonMapper.shared().readTree(answer.body());
    }

    private JsonNode management(TestGateway gateway, String endpoint) throws IOException, InterruptedException {
        return JsonMapper.shared()
                .readTree(client.send(request(gateway, endpoint).build(), BodyHandlers.ofString())
                        .body());
    }

    private static HttpRequest.Builder request(TestGateway gateway, String endpoint) {
        return HttpRequest.newBuilder(
                        URI.create("http://localhost:" + gateway.managementPort() + "/actuator/" + endpoint))
                .timeout(LIMIT);
    }
}
