package dev.cenotaph.gateway.tombstone;

import static dev.cenotaph.gateway.tombstone.TestTombstones.KEY;
import static dev.cenotaph.gateway.tombstone.TestTombstones.TRACE;
import static dev.cenotaph.gateway.tombstone.TestTombstones.granted;
import static dev.cenotaph.gateway.tombstone.TestTombstones.order;
import static dev.cenotaph.gateway.tombstone.Tombstone.State.RESTORING;
import static dev.cenotaph.gateway.tombstone.Tombstone.State.TRASHED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cenotaph.gateway.testing.TcpProxy;
import dev.cenotaph.gateway.testing.TestPostgres;
import dev.cenotaph.policy.match.ItemKey;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import reactor.test.StepVerifier;

/** Gateway processes that share a PostgreSQL, each with a memory of its own. */
class ReplicasTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration STALE_AT_WORST = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    @Test
    void changeOfOneIsSeenByTheOther() {
        try (TestTombstones here = replica();
                TestTombstones there = replica()) {
            Tombstone trashed = here.bring(KEY, TRASHED);
            await().atMost(SOON).until(() -> there.tombstones().isTrashed(KEY));
            assertThat(there.find(KEY)).contains(trashed);
            assertThat(there.tombstones().observe()).isEqualTo(here.tombstones().observe());

            Tombstone restoring = granted(there.tombstones().claim(KEY, RESTORING, TRACE));
            there.tombstones().forget(restoring, TRACE).block();
            await().atMost(SOON).until(() -> !here.tombstones().isTrashed(KEY));
            assertThat(here.tombstones().isCurrent()).isTrue();
        }
    }

    @Test
    void changeOfOneIsSeenWithTheNextChangeOfTheOther() {
        try (TestTombstones here = replica();
                TestTombstones there = replica()) {
            here.bring(KEY, TRASHED);
            there.bring(order("8"), TRASHED);
            assertThat(there.tombstones().isTrashed(KEY)).isTrue();
            assertThat(there.tombstones().isTrashed(order("8"))).isTrue();
        }
    }

    @Test
    void withoutAnnouncementsChangesAreSeenAllTheSame() throws Exception {
        try (TestTombstones here = replica();
                TestTombstones there = replica()) {
            await().atMost(SOON).until(() -> cutListeners(here) == 2);
            for (int round = 0; round < 3; round++) {
                ItemKey key = order("item " + round);
                cutListeners(here);
                here.bring(key, TRASHED);
                await().atMost(STALE_AT_WORST).until(() -> there.tombstones().isTrashed(key));
            }
            assertThat(there.tombstones().isCurrent()).isTrue();
        }
    }

    @Test
    void manyChangesAreReadInParts() throws Exception {
        try (TestTombstones here = replica()) {
            here.execute(
                    "INSERT INTO tombstone SELECT 'orders', '', 'item ' || n, 'TRASHED', 1, n, 0, NULL, 'd', NULL, NULL,"
                            + " NULL, 0, 'r', 'p' FROM generate_series(1, 12345) n",
                    "UPDATE revision SET latest = 12345");
            await().atMost(SOON).until(() -> here.tombstones().size() == 12_345);
            assertThat(here.tombstones().observe()).isEqualTo(12_345);
            here.bring(KEY, TRASHED);
            assertThat(here.tombstones().observe()).isEqualTo(12_347);
        }
    }

    @Test
    void whoFellBehindTheSweepLoadsAnewAndChangesNothingBefore() {
        FakeClock clock = new FakeClock();
        try (TestTombstones here = replica();
                TombstoneStore store = TombstoneStore.open(Engine.open(StoreAddress.of(url())), clock)) {
            here.bring(KEY, TRASHED);
            here.bring(order("8"), TRASHED);
            TombstoneMemory memory = new TombstoneMemory(10);
            memory.load(store);
            long seen = memory.revision();
            here.tombstones()
                    .forget(granted(here.tombstones().claim(KEY, RESTORING, TRACE)), TRACE)
                    .block();
            store.sweep(clock.instant().plusSeconds(3600));

            TombstoneRules rules = new TombstoneRules(clock, Duration.ofSeconds(1));
            assertThatThrownBy(() -> store.change(KEY, TRACE, rules.begin(here.deletion(KEY)), seen, memory::apply))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThat(memory.index().contains(KEY)).isTrue();
            assertThat(memory.revision()).isEqualTo(seen);

            memory.readOn(store);
            assertThat(memory.index().contains(KEY)).isFalse();
            assertThat(memory.index().contains(order("8"))).isTrue();
            assertThat(memory.index().size()).isOne();
            assertThat(memory.revision()).isEqualTo(here.tombstones().observe());
        }
    }

    @Test
    void memoryIsNotCurrentWhileTheStoreIsAwayAndCatchesUpByItself() {
        try (TcpProxy way = new TcpProxy(TestPostgres.port());
                TestTombstones here = replica();
                TestTombstones there = new TestTombstones(TestPostgres.through(way, url()))) {
            here.bring(KEY, TRASHED);
            await().atMost(SOON).until(() -> there.tombstones().isTrashed(KEY));

            way.cut();
            await().atMost(SOON).until(() -> !there.tombstones().isCurrent());
            assertThat(there.tombstones().isTrashed(KEY)).isTrue();
            StepVerifier.create(there.tombstones().begin(there.deletion(order("9"))))
                    .expectError(StoreUnavailableException.class)
                    .verify(SOON);
            here.bring(order("8"), TRASHED);

            way.heal();
            await().atMost(SOON).until(() -> there.tombstones().isCurrent());
            assertThat(there.tombstones().isTrashed(order("8"))).isTrue();
            here.bring(order("10"), TRASHED);
            await().atMost(SOON).until(() -> there.tombstones().isTrashed(order("10")));
            there.bring(order("9"), TRASHED);
        }
    }

    @Test
    void commitWhoseOutcomeIsUnknownIsNoSuccessAndMemoryLearnsOfIt() {
        try (TcpProxy way = new TcpProxy(TestPostgres.port());
                TestTombstones here = new TestTombstones(TestPostgres.through(way, url()))) {
            way.swallowAnswerAfter("pg_notify");

            StepVerifier.create(here.tombstones().learnTrashed(0, here.deletion(KEY)))
                    .expectError(StoreUnavailableException.class)
                    .verify(SOON);

            assertThat(way.hasSwallowed()).isTrue();
            await().atMost(SOON).until(() -> here.tombstones().isTrashed(KEY));
            assertThat(here.find(KEY).map(Tombstone::state)).contains(TRASHED);
        }
    }

    @Test
    void manyMayStartAtOnce() {
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            List<CompletableFuture<TestTombstones>> starts = Stream.generate(
                            () -> CompletableFuture.supplyAsync(this::replica, threads))
                    .limit(6)
                    .toList();
            List<TestTombstones> replicas =
                    starts.stream().map(CompletableFuture::join).toList();
            replicas.getFirst().bring(KEY, TRASHED);
            for (TestTombstones replica : replicas) {
                await().atMost(SOON).until(() -> replica.tombstones().isTrashed(KEY));
                replica.close();
            }
        }
    }

    @Test
    void whoIsPausedInTheMidstOfAChangeDoesNotHoldTheOthersUp() throws Exception {
        try (TestTombstones here = replica();
                PostgresEngine paused = PostgresEngine.open(StoreAddress.of(url()));
                Connection connection = paused.writer().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("UPDATE revision SET latest = latest + 1");

            here.bring(KEY, TRASHED);

            assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void textOfEveryTableIsComparedBytewise() throws Exception {
        try (TestTombstones here = replica()) {
            assertThat(here.rows("SELECT table_name, column_name FROM information_schema.columns"
                            + " WHERE table_schema = 'public' AND data_type = 'text' AND collation_name IS NULL"))
                    .isEmpty();
            assertThat(here.rows("SELECT count(*) > 10 FROM information_schema.columns WHERE collation_name = 'C'"
                            + " AND table_schema = 'public'"))
                    .containsExactly("true");
        }
    }

    @Test
    void commitsAreDurableWhateverTheDatabaseSays() throws Exception {
        try (TestTombstones here = replica()) {
            here.execute("ALTER ROLE postgres IN DATABASE " + database() + " SET synchronous_commit = off");
        }
        assertThat(setting("synchronous_commit")).isEqualTo("on");
    }

    @Test
    void whoWantsMoreThanDurableKeepsIt() throws Exception {
        try (TestTombstones here = replica()) {
            here.execute("ALTER ROLE postgres IN DATABASE " + database() + " SET synchronous_commit = remote_apply");
        }
        assertThat(setting("synchronous_commit")).isEqualTo("remote_apply");
    }

    @Test
    void databaseThatIsNotThereIsSaidWithoutItsPassword() {
        StoreAddress nowhere = StoreAddress.of(
                "jdbc:postgresql://localhost:" + TestPostgres.port() + "/nowhere?user=postgres&password=open-sesame");
        assertThatThrownBy(() -> Engine.open(nowhere))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("/nowhere")
                .hasMessageNotContaining("sesame");
    }

    @Test
    void urlThatIsNoneIsSaidWithoutItsPassword() {
        StoreAddress strange = StoreAddress.of("jdbc:postgresql://localhost:port/x?password=open-sesame");
        assertThatThrownBy(() -> Engine.open(strange))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("localhost:port")
                .hasMessageNotContaining("sesame");
    }

    /** They come back a second later. */
    private static int cutListeners(TestTombstones replica) throws SQLException {
        return replica.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND application_name = 'cenotaph-store-listener'")
                .size();
    }

    private TestTombstones replica() {
        return new TestTombstones(url());
    }

    private String url() {
        return StoreUnderTest.POSTGRES.url(directory);
    }

    private String database() {
        return url().replaceAll(".*/|\\?.*", "");
    }

    private String setting(String name) {
        try (PostgresEngine engine = PostgresEngine.open(StoreAddress.of(url()))) {
            return JdbcClient.create(engine.writer())
                    .sql("SELECT current_setting('" + name + "')")
                    .query(String.class)
                    .single();
        }
    }
}
