package dev.cenotaph.gateway.tombstone;

import static dev.cenotaph.gateway.tombstone.TestTombstones.KEY;
import static dev.cenotaph.gateway.tombstone.TestTombstones.LEASE;
import static dev.cenotaph.gateway.tombstone.TestTombstones.TRACE;
import static dev.cenotaph.gateway.tombstone.TestTombstones.granted;
import static dev.cenotaph.gateway.tombstone.TestTombstones.order;
import static dev.cenotaph.gateway.tombstone.Tombstone.State.PENDING;
import static dev.cenotaph.gateway.tombstone.Tombstone.State.PURGING;
import static dev.cenotaph.gateway.tombstone.Tombstone.State.RESTORING;
import static dev.cenotaph.gateway.tombstone.Tombstone.State.TRASHED;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class TombstoneRacesTest {
    private static final int CLIENTS = 32;

    @EveryStore
    void oneOfManyIsGranted(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            StoredTombstones tombstones = test.tombstones();
            assertOneGranted(race(client -> tombstones.begin(test.deletion(KEY, "deletion " + client))));

            test.clock.pass(LEASE);
            Tombstone pending = assertOneGranted(race(client -> tombstones.begin(test.deletion(KEY))));
            tombstones.commit(pending, TRACE).block();

            assertOneGranted(race(client -> tombstones.claim(KEY, client % 2 == 0 ? RESTORING : PURGING, TRACE)));
        }
    }

    @EveryStore
    void manyItemsAtOnceAreAllKept(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            StoredTombstones tombstones = test.tombstones();
            Flux.range(0, 300)
                    .flatMap(
                            item -> tombstones
                                    .begin(test.deletion(order("item " + item)))
                                    .map(claim -> ((Claim.Granted) claim).tombstone())
                                    .flatMap(pending -> tombstones.commit(pending, TRACE))
                                    .flatMap(trashed -> item % 3 == 0
                                            ? tombstones.claim(trashed.key(), RESTORING, TRACE)
                                            : Mono.empty())
                                    .flatMap(claim -> tombstones.forget(((Claim.Granted) claim).tombstone(), TRACE)),
                            64)
                    .then()
                    .block(Duration.ofSeconds(60));

            for (int start = 0; start < 2; start++) {
                assertThat(IntStream.range(0, 300)
                                .filter(item -> test.tombstones().isTrashed(order("item " + item))))
                        .hasSize(200)
                        .noneMatch(item -> item % 3 == 0);
                assertThat(test.tombstones().size("orders")).isEqualTo(200);
                assertThat(test.tombstones().observe()).isEqualTo(300 * 2 + 100 * 2);
                test.restart();
            }
        }
    }

    @EveryStore
    void changeGoesOnWhenNobodyWaitsForItAnyMore(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            Tombstone pending = test.bring(KEY, PENDING);

            test.tombstones().commit(pending, TRACE).subscribe().dispose();
            test.tombstones().close();

            assertThat(test.tombstones().isTrashed(KEY)).isTrue();
            test.restart();
            assertThat(test.find(KEY).map(Tombstone::state)).contains(TRASHED);
        }
    }

    @Test
    void transactionIsNotInterruptedInItsMidst(@TempDir Path directory) throws Exception {
        String url = StoreUnderTest.SQLITE.url(directory);
        try (TestTombstones test = new TestTombstones(url);
                Connection other = DriverManager.getConnection(url);
                Statement statement = other.createStatement()) {
            Tombstone pending = test.bring(KEY, PENDING);
            statement.execute("BEGIN IMMEDIATE");
            Disposable waiting = test.tombstones().commit(pending, TRACE).subscribe();
            Thread.sleep(200);
            waiting.dispose();
            statement.execute("COMMIT");
            test.tombstones().close();

            assertThat(test.tombstones().isTrashed(KEY)).isTrue();
            test.restart();
            assertThat(test.tombstones().isTrashed(KEY)).isTrue();
        }
    }

    @EveryStore
    void resultsComeOffTheStoresOwnThreads(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            String thread = test.tombstones()
                    .begin(test.deletion(KEY))
                    .map(claim -> Thread.currentThread().getName())
                    .block();
            assertThat(thread).startsWith("parallel");
        }
    }

    @EveryStore
    void nothingHappensBeforeSomebodySubscribes(StoreUnderTest store, @TempDir Path directory) throws Exception {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            Mono<Claim> begin = test.tombstones().begin(test.deletion(KEY));
            assertThat(test.audit()).isEmpty();

            granted(begin);
            assertThat(begin.block()).isInstanceOf(Claim.Busy.class);
        }
    }

    private interface Client {
        Mono<Claim> claim(int number);
    }

    private static List<Claim> race(Client client) {
        return Flux.range(0, CLIENTS)
                .flatMap(
                        number -> Mono.defer(() -> client.claim(number)).subscribeOn(Schedulers.boundedElastic()),
                        CLIENTS)
                .collectList()
                .blockOptional(Duration.ofSeconds(30))
                .orElseThrow();
    }

    private static Tombstone assertOneGranted(List<Claim> claims) {
        assertThat(claims).hasSize(CLIENTS);
        assertThat(claims.stream().filter(Claim.Busy.class::isInstance)).hasSize(CLIENTS - 1);
        return claims.stream()
                .filter(Claim.Granted.class::isInstance)
                .map(claim -> ((Claim.Granted) claim).tombstone())
                .findAny()
                .orElseThrow();
    }
}
