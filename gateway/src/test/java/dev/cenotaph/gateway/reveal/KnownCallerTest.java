package dev.cenotaph.gateway.reveal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cenotaph.gateway.testing.TestGateway;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KnownCallerTest {
    private static final String WHO = "Authorization";
    private static final String OWNER = GuardedUpstream.OWNER;
    private static final Duration REMEMBERED = Duration.ofSeconds(2);

    private final GuardedUpstream upstream = new GuardedUpstream();

    @SuppressWarnings("NullAway.Init")
    private TestGateway gateway;

    @BeforeAll
    void start() {
        upstream.put("/notes/7");
        upstream.put("/notes/8");
        gateway = TestGateway.with(
                TestGateway.policy(
                        upstream.port(),
                        "notes: { path: /notes, marker: { timestamp: deleted_at }, reveal: known-caller }"),
                "cenotaph.reveal.remember=" + REMEMBERED.toMillis() + "ms");
        gateway.delete("/notes/7", WHO, OWNER);
        gateway.delete("/notes/8", WHO, OWNER);
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    /** Until nobody is known any more. */
    @BeforeEach
    void forget() {
        await().atMost(REMEMBERED.multipliedBy(5)).pollDelay(REMEMBERED).until(() -> true);
        upstream.forgetCalls();
    }

    @Test
    void whoHasReadTheCollectionIsToldOfAllOfItWithoutACall() {
        assertThat(gateway.get("/notes", WHO, OWNER).statusCode()).isEqualTo(200);
        upstream.forgetCalls();
        assertThat(gateway.get("/notes/7", WHO, OWNER).statusCode()).isEqualTo(410);
        assertThat(gateway.get("/notes/8", WHO, OWNER).statusCode()).isEqualTo(410);
        assertThat(gateway.get("/notes/trashed", WHO, OWNER).body()).contains("/notes/7", "/notes/8");
        assertThat(upstream.calls()).isEmpty();
    }

    @Test
    void whoHasReadOneItemIsToldOfThatOne() {
        assertThat(gateway.get("/notes/7", WHO, OWNER).statusCode()).isEqualTo(410);
        assertThat(gateway.get("/notes/7", WHO, OWNER).statusCode()).isEqualTo(410);
        assertThat(upstream.calls()).containsExactly("GET /notes/7");
        assertThat(gateway.get("/notes/8", WHO, OWNER).statusCode()).isEqualTo(410);
        assertThat(upstream.calls()).containsExactly("GET /notes/7", "GET /notes/8");
    }

    @Test
    void anothersCredentialsAreAnotherCaller() {
        gateway.get("/notes", WHO, OWNER);
        assertThat(gateway.get("/notes/7", WHO, "stranger").statusCode()).isEqualTo(404);
        assertThat(gateway.get("/notes/7").statusCode()).isEqualTo(401);
        assertThat(gateway.get("/notes/7", WHO, OWNER, "X-Api-Key", "2").statusCode())
                .isEqualTo(410);
        assertThat(upstream.calls()).containsExactly("GET /notes", "GET /notes/7", "GET /notes/7", "GET /notes/7");
    }

    @Test
    void knownCallerIsForgottenAfterAWhile() {
        gateway.get("/notes", WHO, OWNER);
        upstream.forgetCalls();
        await().atMost(REMEMBERED.multipliedBy(10)).until(() -> {
            gateway.get("/notes/7", WHO, OWNER);
            return !upstream.calls().isEmpty();
        });
    }

    @Test
    void refusalThatPassesByMakesACallerUnknown() {
        gateway.get("/notes", WHO, OWNER);
        upstream.shutOut(OWNER);
        try {
            assertThat(gateway.get("/notes", WHO, OWNER).statusCode()).isEqualTo(403);
            assertThat(gateway.get("/notes/7", WHO, OWNER).statusCode()).isEqualTo(403);
        } finally {
            upstream.shutOut("");
        }
    }

    @Test
    void answerOfOurOwnMakesNobodyKnown() {
        assertThat(gateway.get("/notes/trashed", WHO, "stranger").statusCode()).isEqualTo(404);
        assertThat(gateway.get("/notes/trashed/7", WHO, "stranger").statusCode())
                .isEqualTo(404);
        assertThat(gateway.get("/notes/7", WHO, "stranger").statusCode()).isEqualTo(404);
    }
}
