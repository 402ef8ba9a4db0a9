package dev.cenotaph.gateway.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.gateway.testing.TestGateway;
import dev.cenotaph.gateway.tombstone.Claim;
import dev.cenotaph.gateway.tombstone.Deletion;
import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.gateway.tombstone.Tombstone.State;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.gateway.tombstone.Trace;
import dev.cenotaph.policy.match.ItemKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/** What a process left open when it ended, and what no answer of the upstream could settle. */
class RecoveryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String DELETED = "\"2026-01-02T03:04:05Z\"";
    private static final Trace TRACE = new Trace(Optional.of("alice"), "request-1", "policies-1");

    private final ItemUpstream upstream = new ItemUpstream();
    private final String order = upstream.create("/orders", "{\"deleted_at\":null}");
    private TestGateway gateway = gateway();

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void intentWhoseMarkerArrivedIsCommittedAtTheNextStart() {
        intend();
        upstream.set(order, "deleted_at", DELETED);
        gateway.restart();
        awaitSettled();
        assertThat(gateway.get(order).body()).contains("\"deletion_id\":\"the-deletion\"");
        assertThat(upstream.methods(order)).doesNotContain("PATCH", "DELETE");
    }

    @Test
    void intentWhoseMarkerNeverArrivedIsNoDeletion() {
        intend();
        gateway.restart();
        awaitSettled();
        assertThat(gateway.get(order).statusCode()).isEqualTo(200);
        assertThat(gateway.delete(order).statusCode()).isEqualTo(204);
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"RESTORING", "PURGING"})
    void changeOfAnItemThatIsStillMarkedLeavesItInTheTrash(State state) {
        assertThat(gateway.delete(order).statusCode()).isEqualTo(204);
        claim(state);
        gateway.restart();
        awaitSettled();
        assertThat(gateway.get(order).statusCode()).isEqualTo(410);
        assertThat(gateway.post(order + ":undelete").statusCode()).isEqualTo(200);
        assertThat(upstream.methods(order)).doesNotContain("DELETE");
    }

    @Test
    void restoreThatReachedTheUpstreamIsFinished() {
        assertThat(gateway.delete(order).statusCode()).isEqualTo(204);
        claim(State.RESTORING);
        upstream.set(order, "deleted_at", "null");
        gateway.restart();
        awaitSettled();
        assertThat(gateway.get(order).statusCode()).isEqualTo(200);
    }

    @Test
    void permanentDeleteThatReachedTheUpstreamIsFinishedByWhoMaySeeThatTheItemIsMissing() {
        restartWith(credentials(""));
        assertThat(gateway.delete(order).statusCode()).isEqualTo(204);
        claim(State.PURGING);
        upstream.remove(order);
        gateway.restart();
        awaitSettled();
        assertThat(gateway.get(order).statusCode()).isEqualTo(404);
    }

    @Test
    void nobodyBelievesAnUpstreamThatTellsStrangersThatTheItemIsMissing() {
        assertThat(gateway.delete(order).statusCode()).isEqualTo(204);
        claim(State.RESTORING);
        upstream.on("GET", order, (request, well) -> Mono.just(Reply.status(404)));
        gateway.restart();
        await().atMost(PATIENCE).until(() -> upstream.methods(order).size() >= 6);
        assertThat(open()).hasSize(1);
        assertThat(gateway.get(order).statusCode()).isEqualTo(410);
    }

    @Test
    void itemIsReadWithTheCredentialsOfItsUpstream() {
        intend();
        upstream.set(order, "deleted_at", DELETED);
        requireAuthorization("Bearer own");
        gateway.restart();
        await().atMost(PATIENCE).until(() -> upstream.methods(order).contains("GET"));
        assertThat(open()).hasSize(1);

        restartWith(credentials("Bearer own"));
        awaitSettled();
        assertThat(gateway.get(order, "Authorization", "Bearer own").statusCode())
                .isEqualTo(410);
    }

    @Test
    void unknownOutcomeIsSettledWithTheRightsOfWhoAsked() {
        requireAuthorization("Bearer alice");
        upstream.on("PATCH", order, (request, well) -> {
            upstream.on("GET", order, (read, item) -> Mono.just(Reply.RESET));
            return Mono.fromSupplier(well).thenReturn(Reply.RESET);
        });
        assertThat(gateway.delete(order, "Authorization", "Bearer alice").statusCode())
                .isEqualTo(504);
        requireAuthorization("Bearer alice");
        await().atMost(PATIENCE)
                .until(() -> gateway.bean(Tombstones.class).isTrashed(new ItemKey("orders", List.of(), id())));
        assertThat(gateway.get(order).statusCode()).isEqualTo(410);
    }

    @Test
    void everyRecoveryLeavesItsAuditLine() {
        intend();
        upstream.set(order, "deleted_at", DELETED);
        gateway.restart();
        awaitSettled();
        assertThat(gateway.auditOf(id())).containsExactly("BEGIN alice", "COMMIT cenotaph-recovery");
    }

    private void requireAuthorization(String value) {
        upstream.on(
                "GET",
                order,
                (request, well) -> Mono.fromSupplier(() ->
                        request.header("Authorization").equals(Optional.of(value)) ? well.get() : Reply.status(401)));
    }

    private void intend() {
        Claim claim = tombstones()
                .begin(new Deletion(
                        key(),
                        Instant.parse("2026-01-02T03:04:05Z"),
                        Optional.empty(),
                        "the-deletion",
                        Optional.of("null"),
                        TRACE))
                .block(PATIENCE);
        assertThat(claim).isInstanceOf(Claim.Granted.class);
    }

    private void claim(State state) {
        assertThat(tombstones().claim(key(), state, TRACE).block(PATIENCE)).isInstanceOf(Claim.Granted.class);
    }

    private void awaitSettled() {
        await().atMost(PATIENCE).until(() -> open().isEmpty());
    }

    private List<Tombstone> open() {
        return Optional.ofNullable(tombstones().abandoned(0, 10).block(PATIENCE))
                .orElseThrow();
    }

    private Tombstones tombstones() {
        return gateway.bean(Tombstones.class);
    }

    private ItemKey key() {
        return new ItemKey("orders", List.of(), id());
    }

    private String id() {
        return order.substring(order.lastIndexOf('/') + 1);
    }

    private void restartWith(String... settings) {
        gateway.restartWith(settings);
    }

    private String[] credentials(String authorization) {
        String upstreamIs = "cenotaph.credentials[0].upstream=http://localhost:" + upstream.port();
        return authorization.isEmpty()
                ? new String[] {upstreamIs}
                : new String[] {upstreamIs, "cenotaph.credentials[0].headers.Authorization=" + authorization};
    }

    private TestGateway gateway() {
        return TestGateway.with(
                TestGateway.policy(upstream.port(), "orders: { path: /orders, marker: { timestamp: deleted_at } }"));
    }
}
