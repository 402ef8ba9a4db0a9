package dev.cenotaph.gateway.tombstone;

import static dev.cenotaph.gateway.tombstone.TestTombstones.KEY;
import static dev.cenotaph.gateway.tombstone.TestTombstones.TRACE;
import static dev.cenotaph.gateway.tombstone.TestTombstones.order;
import static dev.cenotaph.gateway.tombstone.Tombstone.State.PENDING;
import static dev.cenotaph.gateway.tombstone.Tombstone.State.RESTORING;
import static dev.cenotaph.gateway.tombstone.Tombstone.State.TRASHED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** A store that cannot be reached or cannot write says so, and nothing changes. */
class StoreDownTest {

    @TempDir
    Path directory;

    @EveryStore
    void closedStoreRefusesEverythingAndTheIndexGoesOn(StoreUnderTest store) {
        TestTombstones test = new TestTombstones(store, directory);
        Tombstone pending = test.bring(order("pending"), PENDING);
        Tombstone restoring = test.bring(order("restoring"), RESTORING);
        test.bring(KEY, TRASHED);
        long before = test.tombstones().observe();
        test.close();

        assertRefused(test, pending, restoring);
        assertUnchanged(test, before);
        StepVerifier.create(test.tombstones().page("orders", List.of(), 10, Optional.empty()))
                .expectError(StoreUnavailableException.class)
                .verify(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gone", "directory", "another"})
    void fileThatWasTakenAwayTakesNoMoreChanges(String instead) throws Exception {
        Path file = directory.resolve("data/cenotaph.db");
        try (TestTombstones test = new TestTombstones(StoreUnderTest.SQLITE, directory)) {
            Tombstone pending = test.bring(order("pending"), PENDING);
            Tombstone restoring = test.bring(order("restoring"), RESTORING);
            test.bring(KEY, TRASHED);
            long before = test.tombstones().observe();
            Path aside = directory.resolve("aside.db");
            Files.move(file, aside);
            switch (instead) {
                case "directory" -> Files.createDirectory(file);
                case "another" -> Files.createFile(file);
                default -> {}
            }

            assertRefused(test, pending, restoring);
            assertUnchanged(test, before);

            Files.deleteIfExists(file);
            Files.move(aside, file);
            assertThat(test.tombstones().commit(pending, TRACE).block()).isNotNull();
        }
    }

    @Test
    void lockedDatabaseIsWaitedForAndThenRefused() throws Exception {
        String url = StoreUnderTest.SQLITE.url(directory);
        try (TestTombstones test = new TestTombstones(url, () -> SqliteEngine.open(url, Duration.ofMillis(100)));
                Connection other = DriverManager.getConnection(url);
                Statement statement = other.createStatement()) {
            Tombstone pending = test.bring(order("pending"), PENDING);
            Tombstone restoring = test.bring(order("restoring"), RESTORING);
            test.bring(KEY, TRASHED);
            long before = test.tombstones().observe();

            statement.execute("BEGIN IMMEDIATE");
            assertRefused(test, pending, restoring);
            assertUnchanged(test, before);
            statement.execute("ROLLBACK");

            assertThat(test.tombstones().commit(pending, TRACE).block()).isNotNull();
            assertThat(test.tombstones().isTrashed(order("pending"))).isTrue();
        }
    }

    @Test
    void fullDiskLosesNothing() throws Exception {
        String url = StoreUnderTest.SQLITE.url(directory);
        try (TestTombstones test = new TestTombstones(url + "?max_page_count=120")) {
            int kept = 0;
            boolean full = false;
            while (!full) {
                assertThat(kept).isLessThan(10_000);
                try {
                    test.bring(order("item " + kept), TRASHED);
                    kept++;
                } catch (StoreUnavailableException refused) {
                    full = true;
                }
            }
            assertThat(kept).isPositive();
            for (int start = 0; start < 2; start++) {
                assertThat(test.tombstones().size()).isEqualTo(kept);
                assertThat(test.tombstones().isTrashed(order("item " + (kept - 1))))
                        .isTrue();
                assertThat(test.tombstones().isTrashed(order("item " + kept))).isFalse();
                test.restart();
            }
        }
    }

    @Test
    void directoryInPlaceOfTheFileCannotBeOpened() throws Exception {
        Files.createDirectories(directory.resolve("data/cenotaph.db"));
        assertThatThrownBy(() -> open(StoreUnderTest.SQLITE.url(directory)))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("cenotaph.db");
    }

    @Test
    void fileInPlaceOfTheDirectoryCannotBeOpened() throws Exception {
        Files.createFile(directory.resolve("data"));
        assertThatThrownBy(() -> open(StoreUnderTest.SQLITE.url(directory)))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("data");
    }

    @Test
    void fileThatIsNoDatabaseCannotBeOpenedAndIsLeftAlone() throws Exception {
        Path file = directory.resolve("data/cenotaph.db");
        Files.createDirectories(directory.resolve("data"));
        Files.writeString(file, "somebody's letters, ".repeat(100));
        assertThatThrownBy(() -> open(StoreUnderTest.SQLITE.url(directory)))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(file).hasContent("somebody's letters, ".repeat(100));
    }

    @Test
    void databaseOfALaterVersionCannotBeOpened() throws Exception {
        String url = StoreUnderTest.SQLITE.url(directory);
        try (TestTombstones test = new TestTombstones(url)) {
            test.bring(KEY, TRASHED);
        }
        try (Connection other = DriverManager.getConnection(url);
                Statement statement = other.createStatement()) {
            statement.execute("INSERT INTO cenotaph_schema_history (installed_rank, version, description, type, script,"
                    + " checksum, installed_by, execution_time, success)"
                    + " VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'x', 1, 1)");
        }
        assertThatThrownBy(() -> open(url)).isInstanceOf(StoreUnavailableException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:sqlite:",
                "jdbc:sqlite::memory:",
                "jdbc:sqlite::resource:x.db",
                "jdbc:sqlite:file:x.db",
                "jdbc:h2:mem:x",
                "data/cenotaph.db"
            })
    void urlThatNamesNoFileIsRefused(String url) {
        assertThatThrownBy(() -> open(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"journal_mode=DELETE", "synchronous=NORMAL", "synchronous=OFF"})
    void urlCannotGiveUpDurability(String parameter) {
        String url = StoreUnderTest.SQLITE.url(directory) + "?" + parameter;
        try (SqliteEngine engine = SqliteEngine.open(url, Duration.ofSeconds(1))) {
            JdbcClient writer = JdbcClient.create(engine.writer());
            assertThat(writer.sql("PRAGMA journal_mode").query(String.class).single())
                    .isEqualTo("wal");
            assertThat(writer.sql("PRAGMA synchronous").query(Integer.class).single())
                    .isEqualTo(2);
        }
    }

    @EveryStore
    void changeWithoutItsAuditLineDoesNotHappen(StoreUnderTest store) throws Exception {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            Tombstone pending = test.bring(order("pending"), PENDING);
            Tombstone restoring = test.bring(order("restoring"), RESTORING);
            test.bring(KEY, TRASHED);
            long before = test.tombstones().observe();
            List<String> rows = test.rows("SELECT * FROM tombstone ORDER BY revision");

            test.execute("ALTER TABLE audit RENAME TO elsewhere");
            assertRefused(test, pending, restoring);
            assertUnchanged(test, before);
            assertThat(test.rows("SELECT * FROM tombstone ORDER BY revision")).isEqualTo(rows);
            test.execute("ALTER TABLE elsewhere RENAME TO audit");

            test.tombstones().commit(pending, TRACE).block();
            assertThat(test.tombstones().observe()).isEqualTo(before + 1);
            assertThat(test.audit()).hasSize((int) before + 1);
        }
    }

    @EveryStore
    void changeWhoseCommitFailsDoesNotHappen(StoreUnderTest store) throws Exception {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            Tombstone pending = test.bring(order("pending"), PENDING);
            Tombstone restoring = test.bring(order("restoring"), RESTORING);
            test.bring(KEY, TRASHED);
            long before = test.tombstones().observe();
            List<String> rows = test.rows("SELECT * FROM tombstone ORDER BY revision");

            test.execute(failAtCommit(store));
            assertRefused(test, pending, restoring);
            assertUnchanged(test, before);
            assertThat(test.rows("SELECT * FROM tombstone ORDER BY revision")).isEqualTo(rows);
            test.execute(store == StoreUnderTest.SQLITE ? "DROP TRIGGER late" : "DROP TRIGGER late ON audit");

            test.tombstones().commit(pending, TRACE).block();
            assertThat(test.tombstones().observe()).isEqualTo(before + 1);
            assertThat(test.audit()).hasSize((int) before + 1);
        }
    }

    @Test
    void lockedPostgresIsWaitedForAndThenRefused() throws Exception {
        String url = StoreUnderTest.POSTGRES.url(directory);
        try (TestTombstones test = new TestTombstones(url);
                Connection other = DriverManager.getConnection(url);
                Statement statement = other.createStatement()) {
            Tombstone pending = test.bring(KEY, PENDING);
            other.setAutoCommit(false);
            statement.execute("UPDATE revision SET latest = latest");

            StepVerifier.create(test.tombstones().commit(pending, TRACE))
                    .expectError(StoreUnavailableException.class)
                    .verify(Duration.ofSeconds(20));
            assertThat(test.tombstones().isTrashed(KEY)).isFalse();
            other.rollback();

            assertThat(test.tombstones().commit(pending, TRACE).block()).isNotNull();
            assertThat(test.tombstones().isTrashed(KEY)).isTrue();
        }
    }

    private static String[] failAtCommit(StoreUnderTest store) {
        return switch (store) {
            case SQLITE ->
                new String[] {
                    "CREATE TABLE one (id BIGINT PRIMARY KEY)",
                    "CREATE TABLE other (id BIGINT REFERENCES one (id) DEFERRABLE INITIALLY DEFERRED)",
                    "CREATE TRIGGER late AFTER INSERT ON audit BEGIN INSERT INTO other VALUES (1); END"
                };
            case POSTGRES ->
                new String[] {
                    "CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS"
                            + " $$ BEGIN RAISE EXCEPTION 'too late'; END $$",
                    "CREATE CONSTRAINT TRIGGER late AFTER INSERT ON audit DEFERRABLE INITIALLY DEFERRED"
                            + " FOR EACH ROW EXECUTE FUNCTION late()"
                };
        };
    }

    private static void open(String url) {
        StoredTombstones.open(
                        StoreAddress.of(url), Clock.systemUTC(), Duration.ofSeconds(30), 10, Duration.ofSeconds(5))
                .close();
    }

    private static void assertRefused(TestTombstones test, Tombstone pending, Tombstone restoring) {
        StoredTombstones tombstones = test.tombstones();
        long observed = tombstones.observe();
        List<Mono<?>> changes = List.of(
                tombstones.begin(test.deletion(order("new"))),
                tombstones.commit(pending, TRACE),
                tombstones.claim(KEY, RESTORING, TRACE),
                tombstones.release(restoring, "late", TRACE),
                tombstones.forget(restoring, TRACE),
                tombstones.learnTrashed(observed, test.deletion(order("new"))),
                tombstones.learnLive(observed, KEY, TRACE));
        for (Mono<?> change : changes) {
            StepVerifier.create(change)
                    .expectError(StoreUnavailableException.class)
                    .verify(Duration.ofSeconds(10));
        }
    }

    private static void assertUnchanged(TestTombstones test, long before) {
        assertThat(test.tombstones().observe()).isEqualTo(before);
        assertThat(test.tombstones().isTrashed(KEY)).isTrue();
        assertThat(test.tombstones().isTrashed(order("restoring"))).isTrue();
        assertThat(test.tombstones().isTrashed(order("pending"))).isFalse();
        assertThat(test.tombstones().isTrashed(order("new"))).isFalse();
        assertThat(test.tombstones().anyTrashed("orders")).isTrue();
        assertThat(test.find(KEY).map(Tombstone::state)).contains(TRASHED);
    }
}
