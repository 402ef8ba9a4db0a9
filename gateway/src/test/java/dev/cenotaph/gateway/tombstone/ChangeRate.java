package dev.cenotaph.gateway.tombstone;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * How many changes of tombstones a second each store takes, every one of them on disk: run {@code main}. A soft delete is
 * two changes, an intent and its commit.
 */
final class ChangeRate {
    private static final Duration TIME = Duration.ofSeconds(5);
    private static final Trace TRACE = new Trace(Optional.empty(), "request", "policy");

    private ChangeRate() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createTempDirectory("change-rate");
        measure("SQLite", "jdbc:sqlite:" + directory.resolve("rate.db"));
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start()) {
            measure("PostgreSQL", server.getJdbcUrl("postgres", "postgres"));
        }
    }

    private static void measure(String name, String url) {
        try (StoredTombstones tombstones = StoredTombstones.open(
                StoreAddress.of(url), Clock.systemUTC(), Duration.ofSeconds(30), 1_000, Duration.ofSeconds(5))) {
            for (int clients : List.of(1, 1, 32)) {
                System.out.printf(
                        Locale.ROOT,
                        "%s, %d clients: %.0f changes a second%n",
                        name,
                        clients,
                        rate(tombstones, clients));
            }
        }
    }

    private static double rate(StoredTombstones tombstones, int clients) {
        AtomicInteger item = new AtomicInteger();
        long before = tombstones.observe();
        long start = System.nanoTime();
        Flux.range(0, clients)
                .flatMap(
                        client -> Mono.defer(() -> delete(tombstones, "item " + start + item.incrementAndGet()))
                                .repeat(() -> System.nanoTime() - start < TIME.toNanos()),
                        clients)
                .blockLast();
        return (tombstones.observe() - before) * 1e9 / (System.nanoTime() - start);
    }

    private static Mono<Tombstone> delete(StoredTombstones tombstones, String id) {
        Deletion deletion = new Deletion(
                TestTombstones.order(id), Clock.systemUTC().instant(), Optional.empty(), id, Optional.empty(), TRACE);
        return tombstones
                .begin(deletion)
                .flatMap(claim -> tombstones.commit(((Claim.Granted) claim).tombstone(), TRACE));
    }
}
