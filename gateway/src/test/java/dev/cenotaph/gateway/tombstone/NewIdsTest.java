package dev.cenotaph.gateway.tombstone;

import static dev.cenotaph.gateway.tombstone.TestTombstones.KEY;
import static dev.cenotaph.gateway.tombstone.TestTombstones.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cenotaph.gateway.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ids that restores gave items: asked for at each request, and answered from memory. */
class NewIdsTest {
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final Trace TRACE = new Trace(Optional.empty(), "request", "policies");

    @EveryStore
    void newIdIsReadOnceAndAnewOnceTheItemChanged(StoreUnderTest store, @TempDir Path directory) throws Exception {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            Tombstones tombstones = test.tombstones();
            assertThat(newId(tombstones)).isEmpty();
            restore(tombstones, "8");
            assertThat(newId(tombstones)).contains("8");
            test.execute("UPDATE recreation SET new_id = '9'");
            assertThat(newId(tombstones)).as("from memory").contains("8");
            restore(tombstones, "10");
            assertThat(newId(tombstones)).contains("10");
        }
    }

    @Test
    void restoreOnAnotherReplicaIsSeen() {
        String url = TestPostgres.url("new ids");
        try (StoredTombstones one = open(url);
                StoredTombstones other = open(url)) {
            assertThat(newId(other)).isEmpty();
            assertThat(newId(other)).isEmpty();
            restore(one, "8");
            assertThat(newId(one)).contains("8");
            await().atMost(WAIT).untilAsserted(() -> assertThat(newId(other)).contains("8"));
        }
    }

    private static StoredTombstones open(String url) {
        return StoredTombstones.open(
                StoreAddress.of(url), Clock.systemUTC(), Duration.ofSeconds(30), 100, Duration.ofSeconds(5));
    }

    private static void restore(Tombstones tombstones, String newId) {
        Claim begun = get(tombstones.begin(new Deletion(
                KEY, Instant.parse("2026-01-02T03:04:05Z"), Optional.empty(), "deletion", Optional.empty(), TRACE)));
        tombstones.commit(((Claim.Granted) begun).tombstone(), TRACE).block(WAIT);
        Claim claim = get(tombstones.claim(KEY, Tombstone.State.RESTORING, TRACE));
        tombstones.recreations().sending(KEY, "deletion").block(WAIT);
        tombstones.recreations().created(KEY, newId).block(WAIT);
        tombstones.forget(((Claim.Granted) claim).tombstone(), TRACE).block(WAIT);
    }

    private static Optional<String> newId(Tombstones tombstones) {
        return tombstones.recreations().newId(KEY).blockOptional(WAIT);
    }
}
