package dev.cenotaph.gateway.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.TestGateway;
import dev.cenotaph.gateway.testing.TestPostgres;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Snapshots of an upstream that hides behind a 404 what is somebody else's: once an item is deleted for real, everybody gets
 * that 404, and only who deleted it may be told of it.
 */
class SnapshotRevealTest {
    private static final String POLICIES = """
            coupons: { path: /coupons, marker: { snapshot: {} }, reveal: verified }
            tickets: { path: /tickets, marker: { snapshot: { recreate: POST } }, reveal: verified }
            known: { path: /known, marker: { snapshot: {} }, reveal: known-caller }
            shut: { path: /shut, marker: { snapshot: {} }, reveal: known-caller }
            """;
    private static final String ALICE = "Bearer alice";
    private static final List<String> OTHERS = List.of("", "Bearer bob", "bearer alice", "Bearer alice2");
    private static final String SEVEN = "/coupons/7";

    /** Where snapshots lie. */
    enum Store {
        SQLITE,
        POSTGRES;

        List<String> settings(String test) {
            return this == SQLITE
                    ? List.of()
                    : List.of("cenotaph.store.url=" + TestPostgres.url("snapshot reveal " + test));
        }
    }

    /** Requests that would show, restore or erase what another deleted. */
    private static final List<String> REQUESTS = List.of(
            "GET /coupons/7",
            "HEAD /coupons/7",
            "GET /coupons/7?with_trashed=true",
            "GET /coupons/7?only_trashed=true",
            "PATCH /coupons/7 {}",
            "POST /coupons/7 {}",
            "DELETE /coupons/7",
            "DELETE /coupons/7?permanent=true",
            "POST /coupons/7:undelete",
            "POST /coupons/7/restore",
            "GET /coupons/trashed/7",
            "HEAD /coupons/trashed/7",
            "PATCH /coupons/trashed/7 {}",
            "GET /coupons-snapshots/7/snapshots",
            "GET /coupons-snapshots/7/snapshots/latest",
            "POST /coupons-snapshots/7/snapshots/latest:restore",
            "POST /coupons-snapshots/7/snapshots:restore");

    @ParameterizedTest
    @EnumSource(Store.class)
    void somebodyElseMeetsTheUpstreamAsForWhatNeverWas(Store store) {
        try (var upstream = new HidingUpstream();
                TestGateway gateway = gateway(upstream, store, "strangers")) {
            upstream.put(SEVEN, ALICE);
            assertThat(send(gateway, "DELETE /coupons/7", ALICE).statusCode()).isEqualTo(204);
            gateway.restart();
            for (String caller : OTHERS) {
                for (String request : REQUESTS) {
                    HttpResponse<String> trashed = send(gateway, request, caller);
                    HttpResponse<String> unknown = send(gateway, request.replace("/7", "/8"), caller);
                    assertThat(trashed.statusCode())
                            .as("%s by '%s'", request, caller)
                            .isEqualTo(404);
                    assertThat(trashed.body())
                            .as("%s by '%s'", request, caller)
                            .isEqualTo(unknown.body())
                            .isEqualTo(request.startsWith("HEAD") ? "" : HidingUpstream.NOTHING);
                    assertThat(unknown.statusCode()).as(request).isEqualTo(404);
                    assertThat(trashed.headers().map().toString()).doesNotContainIgnoringCase("cenotaph");
                }
                assertThat(send(gateway, "GET /coupons/trashed", caller).body()).isEqualTo("{\"trashed\":[]}");
                assertThat(send(gateway, "GET /coupons?with_trashed=true", caller)
                                .body())
                        .isEqualTo("[]");
                assertThat(send(gateway, "GET /coupons?only_trashed=true", caller)
                                .body())
                        .isEqualTo("[]");
                for (String many : List.of(":restore", ":purge")) {
                    assertThat(send(gateway, "POST /coupons/trashed" + many + " {\"ids\":[\"7\"]}", caller)
                                    .body())
                            .contains("\"succeeded\":0", "\"status\":404")
                            .doesNotContain("deletion_id");
                    assertThat(send(gateway, "POST /coupons/trashed" + many + " {\"filter\":{}}", caller)
                                    .body())
                            .doesNotContain("\"7\"");
                }
                upstream.forgetCalls();
                assertThat(send(gateway, "PUT /coupons/7 {}", caller).statusCode())
                        .isEqualTo(404);
                assertThat(upstream.calls()).containsExactly("GET /coupons/7");
            }
            assertThat(send(gateway, "GET /coupons/7", ALICE).statusCode()).isEqualTo(410);
            assertThat(send(gateway, "POST /coupons/7:undelete", ALICE).statusCode())
                    .isEqualTo(200);
            assertThat(upstream.item(SEVEN)).contains("{\"id\":\"7\"}");
        }
    }

    @ParameterizedTest
    @EnumSource(Store.class)
    void whoDeletedItIsToldAfterARestart(Store store) {
        try (var upstream = new HidingUpstream();
                TestGateway gateway = gateway(upstream, store, "deleter")) {
            for (String caller : List.of(ALICE, "")) {
                upstream.put(SEVEN, caller);
                assertThat(send(gateway, "DELETE /coupons/7", caller).statusCode())
                        .isEqualTo(204);
                gateway.restart();
                assertThat(send(gateway, "GET /coupons/7", caller).statusCode()).isEqualTo(410);
                assertThat(send(gateway, "DELETE /coupons/7", caller).statusCode())
                        .isEqualTo(410);
                assertThat(send(gateway, "GET /coupons/7?with_trashed=true", caller)
                                .body())
                        .isEqualTo("{\"id\":\"7\"}");
                assertThat(send(gateway, "GET /coupons/trashed", caller).body()).contains("\"item\":\"/coupons/7\"");
                assertThat(send(gateway, "GET /coupons?with_trashed=true", caller)
                                .body())
                        .isEqualTo("[{\"id\":\"7\"}]");
                assertThat(send(gateway, "GET /coupons-snapshots/7/snapshots", caller)
                                .body())
                        .contains("/coupons-snapshots/7/snapshots/latest");
                assertThat(send(gateway, "POST /coupons-snapshots/7/snapshots/latest:restore", caller)
                                .statusCode())
                        .isEqualTo(200);
                assertThat(send(gateway, "GET /coupons/7", caller).statusCode()).isEqualTo(200);
                assertThat(send(gateway, "DELETE /coupons/7", caller).statusCode())
                        .isEqualTo(204);
                assertThat(send(gateway, "DELETE /coupons/7?permanent=true", caller)
                                .statusCode())
                        .isEqualTo(204);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Store.class)
    void knownCallerIsWhoDeletedItOrMayList(Store store) {
        try (var upstream = new HidingUpstream();
                TestGateway gateway = gateway(upstream, store, "known")) {
            for (String path : List.of("/shut/7", "/known/7")) {
                upstream.put(path, ALICE);
                assertThat(send(gateway, "DELETE " + path, ALICE).statusCode()).isEqualTo(204);
            }
            gateway.restart();
            assertThat(send(gateway, "GET /shut/7", "Bearer bob").statusCode()).isEqualTo(403);
            assertThat(send(gateway, "GET /shut/7", ALICE).statusCode()).isEqualTo(410);
            assertThat(send(gateway, "GET /known/7", "Bearer bob").statusCode()).isEqualTo(410);
        }
    }

    @ParameterizedTest
    @EnumSource(Store.class)
    void whereAnItemWentIsToldToWhomItIsShownThere(Store store) {
        try (var upstream = new HidingUpstream();
                TestGateway gateway = gateway(upstream, store, "moved")) {
            upstream.put("/tickets/7", ALICE);
            assertThat(send(gateway, "DELETE /tickets/7", ALICE).statusCode()).isEqualTo(204);
            gateway.restart();
            String now = send(gateway, "POST /tickets/7:undelete", ALICE)
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            assertThat(send(gateway, "GET /tickets/7", ALICE).headers().firstValue("Location"))
                    .contains(now);
            for (String caller : OTHERS) {
                for (String request : List.of("GET /tickets/7", "DELETE /tickets/7", "POST /tickets/7:undelete")) {
                    assertThat(send(gateway, request, caller).statusCode())
                            .as("%s by '%s'", request, caller)
                            .isEqualTo(404);
                }
            }
        }
    }

    /** An operator brings back what its owner cannot reach any more. */
    @ParameterizedTest
    @EnumSource(Store.class)
    void whoComesWithTheGatewaysOwnCredentialsMayBringBackAnything(Store store) {
        try (var upstream = new HidingUpstream();
                TestGateway gateway = gateway(
                        upstream,
                        store,
                        "operator",
                        "cenotaph.credentials[0].upstream=http://localhost:" + upstream.port(),
                        "cenotaph.credentials[0].headers.Authorization=" + HidingUpstream.OPERATOR)) {
            upstream.put(SEVEN, ALICE);
            assertThat(send(gateway, "DELETE /coupons/7", ALICE).statusCode()).isEqualTo(204);
            assertThat(send(gateway, "GET /coupons/trashed", HidingUpstream.OPERATOR)
                            .body())
                    .contains("\"item\":\"/coupons/7\"");
            assertThat(send(gateway, "POST /coupons/7:undelete", "Operator").statusCode())
                    .isEqualTo(404);
            assertThat(send(gateway, "POST /coupons/7:undelete", HidingUpstream.OPERATOR)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(upstream.item(SEVEN)).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(Store.class)
    void whoIsShownAnotherItemThereReadsItAndChangesNothing(Store store) {
        try (var upstream = new HidingUpstream();
                TestGateway gateway = gateway(upstream, store, "taken")) {
            upstream.put(SEVEN, ALICE);
            assertThat(send(gateway, "DELETE /coupons/7", ALICE).statusCode()).isEqualTo(204);
            upstream.put(SEVEN, "Bearer bob");
            upstream.forgetCalls();
            assertThat(send(gateway, "GET /coupons/7", "Bearer bob").statusCode())
                    .isEqualTo(200);
            assertThat(send(gateway, "GET /coupons/trashed/7", "Bearer bob").statusCode())
                    .isEqualTo(404);
            for (String request : List.of(
                    "DELETE /coupons/7",
                    "DELETE /coupons/7?permanent=true",
                    "PUT /coupons/7 {}",
                    "GET /coupons/7/lines",
                    "POST /coupons/7:undelete")) {
                assertThat(send(gateway, request, "Bearer bob").statusCode())
                        .as(request)
                        .isEqualTo(409);
            }
            assertThat(upstream.calls()).allMatch(call -> call.startsWith("GET "));
            assertThat(send(gateway, "GET /coupons/7?with_trashed=true", ALICE).body())
                    .isEqualTo("{\"id\":\"7\"}");
        }
    }

    @ParameterizedTest
    @EnumSource(Store.class)
    void createOfSomebodyElseMeetsTheUpstreamAndLeavesTheSnapshot(Store store) {
        try (var upstream = new HidingUpstream();
                TestGateway gateway = gateway(upstream, store, "creates")) {
            upstream.put(SEVEN, ALICE);
            assertThat(send(gateway, "DELETE /coupons/7", ALICE).statusCode()).isEqualTo(204);
            for (String id : List.of("7", "8")) {
                upstream.forgetCalls();
                HttpResponse<String> created = send(gateway, "POST /coupons {\"id\":\"" + id + "\"}", "Bearer bob");
                assertThat(created.statusCode()).as(id).isEqualTo(201);
                assertThat(created.headers().map().toString()).doesNotContainIgnoringCase("cenotaph");
                assertThat(upstream.calls()).containsExactly("POST /coupons");
            }
            assertThat(send(gateway, "GET /coupons/7?with_trashed=true", ALICE).body())
                    .isEqualTo("{\"id\":\"7\"}");
            assertThat(send(gateway, "GET /coupons/7", "Bearer bob").statusCode())
                    .isEqualTo(200);
            assertThat(send(gateway, "DELETE /coupons/7", "Bearer bob").body()).contains("id-not-free");
        }
    }

    private static TestGateway gateway(HidingUpstream upstream, Store store, String test, String... settings) {
        var all = new ArrayList<>(store.settings(test));
        all.addAll(List.of(settings));
        all.add("cenotaph.bodies.keys.k1=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        return TestGateway.with(TestGateway.policy(upstream.port(), POLICIES), all.toArray(String[]::new));
    }

    private static HttpResponse<String> send(TestGateway gateway, String line, String caller) {
        String[] words = line.split(" ", 3);
        var headers = new ArrayList<String>();
        if (!caller.isEmpty()) {
            headers.addAll(List.of("Authorization", caller));
        }
        if (words.length == 3) {
            headers.addAll(List.of(
                    "Content-Type", words[0].equals("PATCH") ? "application/merge-patch+json" : "application/json"));
        }
        return gateway.send(words[0], words[1], words.length == 3 ? words[2] : "", headers.toArray(String[]::new));
    }
}
