package dev.cenotaph.gateway.purge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.TestGateway;
import dev.cenotaph.gateway.tombstone.Holds;
import dev.cenotaph.gateway.tombstone.StoredTombstones;
import dev.cenotaph.gateway.tombstone.Trace;
import dev.cenotaph.policy.match.ItemKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What went with an item is purged before it, and with it alone. */
class FamilyPurgeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Trace TRACE = new Trace(Optional.of("alice"), "request-1", "policy-1");

    private final ItemUpstream upstream = new ItemUpstream();
    private final String user = upstream.create("/users", "{\"deleted_at\":null}");
    private final String note = upstream.create(user + "/notes", "{\"deleted_at\":null}");
    private final String kept = upstream.create(user + "/notes", "{\"deleted_at\":null}");
    private final TestGateway gateway = TestGateway.with(
            TestGateway.policy(upstream.port(), """
                    users: { path: /users, marker: { timestamp: deleted_at }, retention: PT1S, children: [notes] }
                    notes: { path: "/users/{user}/notes", marker: { timestamp: deleted_at } }
                    """),
            "cenotaph.purge.interval=1h",
            "cenotaph.credentials[0].upstream=http://localhost:" + upstream.port());

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void childrenArePurgedBeforeTheirParent() {
        assertThat(gateway.delete(kept).statusCode()).isEqualTo(204);
        assertThat(gateway.delete(user).statusCode()).isEqualTo(204);
        await().atMost(PATIENCE).until(() -> {
            gateway.bean(Purge.class).run();
            return upstream.item(user).isEmpty();
        });
        assertThat(upstream.item(note)).isEmpty();
        assertThat(upstream.item(kept)).isPresent();
        assertThat(upstream.deleted()).containsExactly(note, user);
    }

    @Test
    void childOnHoldKeepsItsParent() {
        assertThat(gateway.delete(user).statusCode()).isEqualTo(204);
        String id = note.substring(note.lastIndexOf('/') + 1);
        var key = new ItemKey("notes", List.of(user.substring("/users/".length())), id);
        var holds = new Holds(gateway.bean(StoredTombstones.class));
        holds.set(key, "a lawsuit", TRACE).block(PATIENCE);
        await().atMost(PATIENCE)
                .until(() -> gateway.bean(Purge.class).run().stream()
                        .flatMap(report -> report.resources().stream())
                        .anyMatch(resource -> resource.failures().toString().contains("on hold")));
        assertThat(gateway.delete(user + "?permanent=true").statusCode()).isEqualTo(409);
        assertThat(upstream.deleted()).isEmpty();
    }
}
