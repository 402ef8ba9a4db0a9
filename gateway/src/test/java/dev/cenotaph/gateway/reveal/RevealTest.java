package dev.cenotaph.gateway.reveal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.TestGateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What callers learn of the trash whom the upstream would not have shown the item. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevealTest {
    private static final String POLICIES = """
            checked: { path: /checked, marker: { timestamp: deleted_at }, reveal: verified }
            strict:
              path: /strict
              marker: { timestamp: deleted_at }
              reveal: verified
              marker-writes: refuse
              permanent: { allow: trashed }
              answers: { repeat: 204, read: item, gone: 404 }
              write: { exists: trust }
            lazy: { path: /lazy, marker: { timestamp: deleted_at }, reveal: verified, answers: { allow-missing: ok } }
            known: { path: /known, marker: { timestamp: deleted_at }, reveal: known-caller }
            users: { path: /users, marker: { timestamp: deleted_at }, reveal: verified }
            lines: { path: '/users/{user}/lines', marker: { timestamp: deleted_at } }
            drained: { path: /drained, marker: { timestamp: deleted_at }, reveal: verified, mode: drain }
            """;
    /** Of the connection, or of the moment. */
    private static final Set<String> PASSING = Set.of("date", "connection", "transfer-encoding", "content-length");

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final GuardedUpstream upstream = new GuardedUpstream();
    private final GuardedUpstream shared = new GuardedUpstream();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @SuppressWarnings("NullAway.Init")
    private TestGateway gateway;

    /** An answer as a client sees it. */
    private record Seen(int status, Map<String, List<String>> headers, String body) {}

    @BeforeAll
    void start() {
        for (String collection : List.of("/checked", "/strict", "/lazy", "/known", "/users")) {
            upstream.put(collection + "/live");
            upstream.put(collection + "/seven");
        }
        upstream.put("/users/seven/lines/1");
        shared.letEverybodyList();
        shared.put("/shared/7");
        gateway = TestGateway.with(Map.of(
                "guarded.yaml",
                TestGateway.policy(upstream.port(), POLICIES),
                "shared.yaml",
                TestGateway.policy(
                        shared.port(),
                        "shared: { path: /shared, marker: { timestamp: deleted_at }, reveal: verified }")));
        for (String collection : List.of("/checked", "/strict", "/lazy", "/known", "/users")) {
            assertThat(gateway.delete(collection + "/seven", "Authorization", GuardedUpstream.OWNER)
                            .statusCode())
                    .isEqualTo(204);
        }
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
        shared.close();
    }

    static Stream<Arguments> requestsOfStrangers() {
        return Stream.of("/checked", "/strict", "/lazy", "/known")
                .flatMap(collection -> Stream.of("", "weak", "stranger")
                        .flatMap(caller -> Stream.of(
                                        "GET ITEM",
                                        "HEAD ITEM",
                                        "GET ITEM?with_trashed=true",
                                        "GET ITEM?only_trashed=true",
                                        "PUT ITEM {\"a\":1}",
                                        "PUT ITEM {\"deleted_at\":\"2026-01-01T00:00:00Z\"}",
                                        "PATCH ITEM {\"a\":1}",
                                        "POST ITEM {\"a\":1}",
                                        "DELETE ITEM",
                                        "DELETE ITEM?permanent=true",
                                        "POST ITEM:undelete",
                                        "POST ITEM/restore",
                                        "GET ITEM/lines",
                                        "POST ITEM/lines {}",
                                        "GET TRASH/ID",
                                        "HEAD TRASH/ID",
                                        "PATCH TRASH/ID {\"deleted_at\":null}",
                                        "PATCH TRASH/ID {\"a\":1}",
                                        "GET TRASH",
                                        "POST COLLECTION {\"id\":\"ID\"}")
                                .map(line -> Arguments.of(collection, caller, line))));
    }

    @ParameterizedTest
    @MethodSource("requestsOfStrangers")
    void strangerMeetsTheUpstreamWhateverTheState(String collection, String caller, String line) throws Exception {
        Seen trashed = viaGateway(line, collection, "seven", caller);
        Seen live = viaGateway(line, collection, "live", caller);
        Seen unknown = viaGateway(line, collection, "unknown", caller);
        assertThat(trashed).isEqualTo(live).isEqualTo(unknown);
        assertThat(trashed).isEqualTo(upstreamAlone(line, collection, caller));
    }

    @ParameterizedTest
    @MethodSource("requestsOfStrangers")
    void nothingThatAStrangerIsToldNamesTheTrash(String collection, String caller, String line) throws Exception {
        Seen trashed = viaGateway(line, collection, "seven", caller);
        assertThat(trashed.toString().toLowerCase(Locale.ROOT)).doesNotContain("trash", "cenotaph", "delet", "restore");
    }

    /** Its policy has it so for what the caller cannot see to be there. */
    @Test
    void deleteThatNeedNotFindAnythingFindsNothing() throws Exception {
        Seen live = viaGateway("DELETE ITEM?ok=true", "/lazy", "live", "stranger");
        assertThat(live.status()).isEqualTo(204);
        assertThat(viaGateway("DELETE ITEM?ok=true", "/lazy", "seven", "stranger"))
                .isEqualTo(live);
    }

    @Test
    void ownerIsToldAsEver() throws Exception {
        String owner = GuardedUpstream.OWNER;
        assertThat(viaGateway("GET ITEM", "/checked", "seven", owner).status()).isEqualTo(410);
        assertThat(viaGateway("PUT ITEM {\"a\":1}", "/checked", "seven", owner).status())
                .isEqualTo(410);
        assertThat(viaGateway("DELETE ITEM", "/checked", "seven", owner).status())
                .isEqualTo(410);
        assertThat(viaGateway("GET TRASH", "/checked", "seven", owner).body()).contains("/checked/seven");
        assertThat(viaGateway("GET TRASH/ID", "/checked", "seven", owner).status())
                .isEqualTo(200);
        assertThat(viaGateway("POST COLLECTION {\"id\":\"ID\"}", "/checked", "seven", owner)
                        .status())
                .isEqualTo(409);
        assertThat(viaGateway("DELETE ITEM", "/strict", "seven", owner).status())
                .isEqualTo(204);
    }

    @Test
    void whatLiesBelowATrashedItemTellsStrangersNothing() throws Exception {
        String owner = GuardedUpstream.OWNER;
        for (String method : List.of("GET", "DELETE", "PUT")) {
            String line = method + " ITEM" + (method.equals("PUT") ? " {}" : "");
            assertThat(viaGateway(line, "/users/seven/lines", "1", owner).status())
                    .isEqualTo(410);
            for (String caller : List.of("", "weak", "stranger")) {
                assertThat(viaGateway(line, "/users/seven/lines", "1", caller))
                        .isEqualTo(upstreamAlone(line, "/users/seven/lines", caller));
            }
        }
    }

    @Test
    void drainTellsStrangersNothing() throws Exception {
        for (String caller : List.of("", "weak", "stranger")) {
            assertThat(viaGateway("DELETE ITEM", "/drained", "live", caller))
                    .isEqualTo(upstreamAlone("DELETE ITEM", "/drained", caller));
        }
    }

    @Test
    void trashShowsNoRowThatTheUpstreamWouldNotShow() throws Exception {
        String owner = GuardedUpstream.OWNER;
        assertThat(viaGateway("DELETE ITEM", "/shared", "7", owner).status()).isEqualTo(204);
        assertThat(viaGateway("GET TRASH", "/shared", "7", owner).body()).contains("/shared/7");
        assertThat(viaGateway("GET TRASH", "/shared", "7", "stranger").body()).isEqualTo("{\"trashed\":[]}");
    }

    @Test
    void fastDoorStaysShutForWhomItWouldTell() throws Exception {
        String owner = GuardedUpstream.OWNER;
        for (int i = 0; i < 3; i++) {
            assertThat(viaGateway("GET ITEM", "/checked", "seven", owner).status())
                    .isEqualTo(410);
            assertThat(viaGateway("GET ITEM", "/checked", "seven", "stranger").status())
                    .isEqualTo(404);
        }
    }

    private Seen viaGateway(String line, String collection, String id, String caller) throws Exception {
        return sent(gateway.port(), line, collection, collection + "/trashed", id, caller);
    }

    /** The same request; where its URL is ours alone, the read of the thing that it is about. */
    private Seen upstreamAlone(String line, String collection, String caller) throws Exception {
        String theirs = line.replaceAll("\\?\\w+=true", "")
                .replaceAll("^PATCH TRASH/ID.*|^POST ITEM(:undelete|/restore)", "GET ITEM")
                .replace("TRASH/ID", "ITEM")
                .replace("GET TRASH", "GET COLLECTION");
        return sent(upstream.port(), theirs, collection, "", "seven", caller);
    }

    private Seen sent(int port, String line, String collection, String trash, String id, String caller)
            throws IOException, InterruptedException {
        String[] words = line.split(" ", 3);
        String path = words[1].replace("ITEM", collection + "/" + id)
                .replace("TRASH/ID", trash + "/" + id)
                .replace("TRASH", trash)
                .replace("COLLECTION", collection);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(PATIENCE)
                .method(
                        words[0],
                        words.length == 3
                                ? BodyPublishers.ofString(words[2].replace("ID", id))
                                : BodyPublishers.noBody());
        if (words.length == 3) {
            request.header("Content-Type", "application/merge-patch+json");
            request.setHeader(
                    "Content-Type", words[0].equals("PATCH") ? "application/merge-patch+json" : "application/json");
        }
        if (!caller.isEmpty()) {
            request.header("Authorization", caller);
        }
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        var headers = new TreeMap<>(response.headers().map());
        headers.keySet().removeIf(name -> PASSING.contains(name.toLowerCase(Locale.ROOT)));
        return new Seen(response.statusCode(), headers, response.body());
    }
}
