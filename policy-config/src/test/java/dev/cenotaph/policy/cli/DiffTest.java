package dev.cenotaph.policy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiffTest {
    private static final Path MIGRATIONS =
            Path.of("../gateway/src/main/resources/dev/cenotaph/gateway/tombstone/migration");
    private static final String ORDERS = """
            version: 1
            upstream: http://localhost:9090
            resources:
              orders:
                path: /api/orders
                marker: { timestamp: deleted_at }
            """;

    @TempDir
    Path directory;

    @Test
    void otherTextIsNoChange() throws IOException {
        Run run = diff(ORDERS, "# The orders.\n" + ORDERS.replace("/api/orders", "\"/api/orders\""));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("Nothing changes in behaviour.\n");
    }

    @Test
    void aResourceThatIsGoneIsUnprotected() throws IOException {
        Run run = diff(ORDERS, ORDERS.replace("orders", "carts"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("error[unprotected]: `orders` is gone: a DELETE of `/api/orders/{id}` deletes for good.")
                .contains("note[safer]: `carts` is new");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode: off|unprotected|1",
                "answers: { delete: pass }|unprotected|1",
                "collection-delete: pass|unprotected|1",
                "collection-delete: expand|otherwise|0",
                "batch: pass|unprotected|1",
                "reveal: verified|otherwise|0",
                "item: /api/orders/{id}.json|orphaned|0",
                "write: { verify: none }|riskier|0",
                "write: { exists: trust }|riskier|0",
                "list: { on-unfilterable: pass }|riskier|0",
                "list: { total: /total }|otherwise|0",
                "unlink: ['/api/orders/{id}/tags/{tag}']|riskier|0",
                "retention: P30D|riskier|0",
                "override: apply|riskier|0",
                "id-pattern: '[0-9]+'|orphaned|0",
                "permanent: { allow: never }|safer|0",
                "views: [{ path: /search }]|safer|0",
                "answers: { gone: 404 }|otherwise|0",
                "answers: { repeat: 204 }|otherwise|0",
                "wrap: /order|orphaned|0"
            })
    void eachChangeHasItsKindAndExitCode(String key, String kind, int exitCode) throws IOException {
        Run run = diff(ORDERS, ORDERS + "    " + key + "\n");

        assertThat(run.out()).contains("[" + kind + "]: `orders`: ");
        assertThat(run.exitCode()).isEqualTo(exitCode);
    }

    @Test
    void aResourceThatMovedLeavesItsOldPathsUnprotected() throws IOException {
        Run run = diff(ORDERS, ORDERS.replace("/api/orders", "/api/v2/orders"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("error[unprotected]: `orders`: `/api/orders/{id}` is governed by no policy any more")
                .contains("note[safer]: `orders`: It governs `/api/v2/orders/{id}`, which it did not.");
    }

    @Test
    void whatTheStoreHoldsIsOrphanedByAnotherMarker() throws IOException, SQLException {
        Path store = store("orders", "orders", "parts");
        String changed = ORDERS.replace("timestamp: deleted_at", "flag: is_trashed");

        Run run = diff("--store", "jdbc:sqlite:" + store, ORDERS, changed);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("error[orphaned]:", "The store has 2 tombstones of `orders`.");
        assertThat(diff(ORDERS, changed).exitCode()).isZero();
        assertThat(diff("--store", "jdbc:sqlite:" + store("parts"), ORDERS, changed)
                        .exitCode())
                .isZero();
    }

    @Test
    void aStoreThatIsNotThereIsNotMade() throws IOException {
        Path none = directory.resolve("none.db");

        Run run = diff("--store", "jdbc:sqlite:" + none, ORDERS, ORDERS);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("there is no store at");
        assertThat(none).doesNotExist();
    }

    private Path store(String... resources) throws IOException, SQLException {
        Path file = directory.resolve(resources.length + ".db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            for (String sql :
                    Files.readString(MIGRATIONS.resolve("V1__tombstones.sql")).split(";\\s*\\n")) {
                statement.executeUpdate(sql);
            }
            for (int i = 0; i < resources.length; i++) {
                statement.executeUpdate("""
                        INSERT INTO tombstone (resource, parents, id, state, version, revision, delete_time, deletion_id,
                            change_time, request_id, policy_version)
                        VALUES ('%s', '', '%d', 'TRASHED', 1, %d, 0, 'd', 0, 'r', 'p')
                        """.formatted(resources[i], i, i + 1));
            }
        }
        return file;
    }

    private Run diff(String before, String after) throws IOException {
        return Run.of("diff", write("old.yaml", before), write("new.yaml", after));
    }

    private Run diff(String option, String value, String before, String after) throws IOException {
        return Run.of("diff", option, value, write("old.yaml", before), write("new.yaml", after));
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }
}
