package dev.cenotaph.gateway.many;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Received;
import dev.cenotaph.gateway.testing.TestGateway;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JobRestartTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String[] ME = {"Content-Type", "application/json", "Authorization", "me"};

    @Test
    void jobThatLostItsProcessGoesOnWhereItWasOnceItsCallerAsks() {
        try (var upstream = new ItemUpstream();
                var gateway = TestGateway.with(
                        TestGateway.policy(
                                upstream.port(),
                                "notes: { path: /notes, marker: { flag: trashed }, expand: { most: 5 } }"),
                        "cenotaph.store.lease=1s")) {
            List<String> paths = IntStream.range(0, 30)
                    .mapToObj(i -> upstream.create("/notes", "{}"))
                    .toList();
            paths.forEach(gateway::delete);
            String stuck = paths.get(20);
            upstream.on("PATCH", stuck, (request, well) -> Mono.never());
            paths.subList(21, 30).forEach(path -> upstream.on("GET", path, (request, well) -> Mono.never()));
            String job = gateway.send("POST", "/notes/trashed:restore", "{\"all\":true}", ME)
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            await().atMost(PATIENCE).until(() -> restored(upstream, paths) >= 8);
            assertThat(json(gateway.get(job, ME)).get("state").asString()).isEqualTo("running");
            assertThat(gateway.send("POST", job, "", ME).statusCode()).isEqualTo(409);
            gateway.restart();
            upstream.behave("PATCH", stuck);
            paths.subList(21, 30).forEach(path -> upstream.behave("GET", path));
            JsonNode waiting = json(gateway.get(job, ME));
            assertThat(waiting.get("state").asString()).isEqualTo("waiting");
            assertThat(waiting.get("left").asInt()).isPositive();
            assertThat(gateway.send("POST", job, "", "Authorization", "you").statusCode())
                    .isEqualTo(404);
            assertThat(gateway.send("POST", waiting.get("resume").asString(), "", ME)
                            .statusCode())
                    .isEqualTo(202);
            await().atMost(PATIENCE)
                    .until(() ->
                            json(gateway.get(job, ME)).get("state").asString().equals("done"));
            JsonNode done = json(gateway.get(job, ME));
            assertThat(done.get("succeeded").asInt()).as(done.toString()).isEqualTo(30);
            assertThat(restored(upstream, paths)).isEqualTo(30);
            for (String path : paths) {
                assertThat(upstream.received(path))
                        .allSatisfy(call -> assertThat(List.of("GET", "PATCH")).contains(call.method()))
                        .filteredOn(JobRestartTest::restores)
                        .allSatisfy(
                                call -> assertThat(call.header("Authorization")).contains("me"));
            }
        }
    }

    private static boolean restores(Received call) {
        return call.method().equals("PATCH") && !call.body().contains("true");
    }

    private static long restored(ItemUpstream upstream, List<String> paths) {
        return paths.stream()
                .filter(path -> !upstream.item(path).orElseThrow().contains("\"trashed\":true"))
                .count();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
