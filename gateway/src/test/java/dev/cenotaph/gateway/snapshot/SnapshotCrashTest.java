package dev.cenotaph.gateway.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.TestGateway;
import dev.cenotaph.gateway.tombstone.Claim;
import dev.cenotaph.gateway.tombstone.Deletion;
import dev.cenotaph.gateway.tombstone.FormerBody.Kind;
import dev.cenotaph.gateway.tombstone.FormerBody.Origin;
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

/** A process that ends between any two steps of a deletion or a restore. */
class SnapshotCrashTest {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Trace TRACE = new Trace(Optional.of("alice"), "request-1", "policies-1");
    private static final String MINE = "{\"id\":1,\"code\":\"MINE\"}";
    private static final String HERS = "{\"id\":1,\"code\":\"HERS\"}";
    private static final String COUPON = "/coupons/1";
    private static final String TICKET = "/tickets/1";

    private final ItemUpstream upstream = new ItemUpstream();
    private final TestGateway gateway = TestGateway.with(
            TestGateway.policy(upstream.port(), """
                    coupons: { path: /coupons, marker: { snapshot: {} } }
                    tickets: { path: /tickets, marker: { snapshot: { recreate: POST } } }
                    """),
            "cenotaph.recovery.interval=100ms",
            "cenotaph.upstream.timeout=2s",
            "cenotaph.credentials[0].upstream=http://localhost:" + upstream.port());

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void beforeTheBodyIsKeptNothingIsDeleted() {
        upstream.put(COUPON, MINE);
        begin(COUPON);
        restart();
        assertThat(gateway.get(COUPON).body()).isEqualTo(MINE);
        assertThat(upstream.methods(COUPON)).doesNotContain("DELETE");
    }

    @Test
    void beforeTheDeleteIsSentNothingIsDeletedAndTheSnapshotGoes() {
        upstream.put(COUPON, MINE);
        begin(COUPON);
        keep(COUPON);
        restart();
        assertThat(gateway.get(COUPON).body()).isEqualTo(MINE);
        assertThat(hasSnapshot(COUPON)).isFalse();
        assertThat(upstream.methods(COUPON)).doesNotContain("DELETE");
    }

    @Test
    void afterTheDeleteTheItemIsInTheTrash() {
        begin(COUPON);
        keep(COUPON);
        restart();
        assertThat(gateway.get(COUPON).statusCode()).isEqualTo(410);
        assertThat(gateway.get(COUPON + "?with_trashed=true").body()).isEqualTo(MINE);
        upstream.createByPut();
        assertThat(gateway.post(COUPON + ":undelete").statusCode()).isEqualTo(200);
        assertThat(upstream.item(COUPON)).contains(MINE);
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"RESTORING", "PURGING"})
    void changeThatSentNothingLeavesTheItemInTheTrash(State state) {
        trash(COUPON);
        claim(COUPON, state);
        restart();
        assertThat(gateway.get(COUPON).statusCode()).isEqualTo(410);
        assertThat(gateway.get(COUPON + "?with_trashed=true").body()).isEqualTo(MINE);
    }

    @Test
    void anothersItemIsNotTakenForARestoreThatSentNothing() {
        trash(COUPON);
        claim(COUPON, State.RESTORING);
        upstream.put(COUPON, HERS);
        restart();
        assertThat(gateway.get(COUPON + "?with_trashed=true").body()).isEqualTo(MINE);
        assertThat(gateway.post(COUPON + ":undelete").statusCode()).isEqualTo(409);
        assertThat(upstream.item(COUPON)).contains(HERS);
    }

    @Test
    void restoreThatArrivedIsFinished() {
        trash(COUPON);
        claim(COUPON, State.RESTORING);
        tombstones().recreations().sending(key(COUPON), "the-deletion").block(WAIT);
        upstream.put(COUPON, MINE);
        restart();
        assertThat(gateway.get(COUPON).statusCode()).isEqualTo(200);
        assertThat(hasSnapshot(COUPON)).isFalse();
    }

    @Test
    void restoreByPostThatWasAnsweredIsFinished() {
        trash(TICKET);
        claim(TICKET, State.RESTORING);
        tombstones().recreations().sending(key(TICKET), "the-deletion").block(WAIT);
        tombstones().recreations().created(key(TICKET), "2").block(WAIT);
        restart();
        assertThat(gateway.get(TICKET).headers().firstValue("Location")).contains("/tickets/2");
        assertThat(hasSnapshot(TICKET)).isFalse();
    }

    @Test
    void restoreByPostWithoutAnAnswerIsNotSentAgain() {
        trash(TICKET);
        claim(TICKET, State.RESTORING);
        tombstones().recreations().sending(key(TICKET), "the-deletion").block(WAIT);
        restart();
        assertThat(gateway.get(TICKET).statusCode()).isEqualTo(410);
        assertThat(gateway.post(TICKET + ":undelete").body()).contains("restore-outcome-unknown");
        assertThat(upstream.received("/tickets")).isEmpty();
    }

    private void trash(String path) {
        var pending = begin(path);
        keep(path);
        tombstones().commit(pending.tombstone(), TRACE).block(WAIT);
    }

    private Claim.Granted begin(String path) {
        Claim claim = tombstones()
                .begin(new Deletion(
                        key(path),
                        Instant.parse("2026-01-02T03:04:05Z"),
                        Optional.empty(),
                        "the-deletion",
                        Optional.empty(),
                        TRACE))
                .blockOptional(WAIT)
                .orElseThrow();
        return (Claim.Granted) claim;
    }

    private void keep(String path) {
        var origin = new Origin(
                key(path),
                Kind.SNAPSHOT,
                Optional.of("the-deletion"),
                Optional.of("alice"),
                Optional.of("application/json"),
                Optional.empty());
        tombstones().bodies().keep(origin, MINE.getBytes(UTF_8)).block(WAIT);
    }

    private void claim(String path, State state) {
        assertThat(tombstones().claim(key(path), state, TRACE).block(WAIT)).isInstanceOf(Claim.Granted.class);
    }

    private void restart() {
        gateway.restart();
        await().atMost(WAIT)
                .until(() -> tombstones()
                        .abandoned(0, 10)
                        .blockOptional(WAIT)
                        .orElseThrow()
                        .isEmpty());
    }

    private boolean hasSnapshot(String path) {
        return tombstones()
                .bodies()
                .latest(key(path), Kind.SNAPSHOT)
                .blockOptional(WAIT)
                .isPresent();
    }

    private Tombstones tombstones() {
        return gateway.bean(Tombstones.class);
    }

    private static ItemKey key(String path) {
        return new ItemKey(path.substring(1, path.lastIndexOf('/')), List.of(), "1");
    }
}
