package dev.cenotaph.gateway.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cenotaph.gateway.testing.ForkedGateway;
import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.ItemUpstream.Behaviour;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The process is killed while it deletes for good an item and what went with it, by the upstream itself when a DELETE
 * arrives: before it takes effect, or after it did and before its answer. What was not deleted is still in the trash then, of the
 * same deletion; what never went with the item is as it was.
 */
class FamilyDeletionCrashTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int ALL = 13;

    private final Family family = new Family();
    private final String user = family.user();
    private final List<String> tree = new ArrayList<>(List.of(user));
    private final AtomicInteger deletes = new AtomicInteger();
    private final AtomicInteger kills = new AtomicInteger();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private ForkedGateway gateway;

    /** Trashed by itself, before the others. */
    private String before = "";

    /** Came to lie below the trashed item behind everybody's back, and is live. */
    private String late = "";

    private String deletion = "";
    private Map<String, String> former = Map.of();

    @AfterEach
    void stop() {
        gateway.close();
        family.close();
    }

    @ParameterizedTest
    @CsvSource({"5, true", "12, false", "13, true"})
    void permanentDeleteThatACrashCutsOffGoesOnWhenItIsAskedForAgain(int delete, boolean takesEffect) throws Exception {
        cutOff(delete, takesEffect);
        assertThat(gone()).hasSize(takesEffect ? delete : delete - 1);

        assertThat(status("DELETE", user + "?permanent=true")).isIn(204, 404);
        assertThat(tree).allMatch(this::isGone);
        assertThat(stored()).containsOnlyKeys(before);
        assertOthersAreUntouched();
    }

    @Test
    void whatACrashLeftOfAPermanentDeleteIsRestoredExactly() throws Exception {
        cutOff(5, true);
        List<String> gone = gone();
        assertThat(status("POST", user + ":undelete")).isEqualTo(200);
        var left = new HashMap<>(former);
        left.keySet().removeAll(gone);
        left.put(late, family.all().get(late));
        assertThat(family.all()).isEqualTo(left);
        assertThat(stored()).containsOnlyKeys(before);
        assertThat(status("GET", before)).isEqualTo(410);
    }

    /** Each goes on by itself; its first DELETE is held up, so that what the crash left can be looked at. */
    @ParameterizedTest
    @CsvSource({"2, true", "7, false", "13, true"})
    void purgeThatACrashCutsOffGoesOn(int delete, boolean takesEffect) throws Exception {
        plant("retention: PT6S", "cenotaph.purge.interval=500ms");
        killAt(delete, takesEffect);
        trash();
        await().atMost(PATIENCE).until(() -> kills.get() == 1);
        Sinks.One<String> goOn = Sinks.one();
        onDelete((request, well) -> goOn.asMono().thenReturn(0).map(on -> well.get()));

        gateway.startAgain();
        await().atMost(PATIENCE).untilAsserted(this::assertNothingIsInBetween);
        assertThat(gone()).hasSize(takesEffect ? delete : delete - 1);
        goOn.tryEmitValue("go on");
        await().atMost(PATIENCE).until(() -> tree.stream().allMatch(this::isGone));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(stored()).containsOnlyKeys(before));
        assertOthersAreUntouched();
    }

    /** Kills the process in a permanent delete, and starts it again: a restart deletes nothing. */
    private void cutOff(int delete, boolean takesEffect) throws Exception {
        plant("");
        trash();
        killAt(delete, takesEffect);
        assertThat(gateway.send("DELETE", user + "?permanent=true")).isEmpty();
        assertThat(kills).hasValue(1);
        onDelete((request, well) -> Mono.fromSupplier(well));

        gateway.startAgain();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stored().values()).allMatch(row -> row.startsWith("TRASHED ")));
        assertNothingIsInBetween();
        assertOthersAreUntouched();
        assertThat(deletes).hasValue(delete);
    }

    private void plant(String ofUsers, String... settings) throws IOException {
        for (int notes = 0; notes < 3; notes++) {
            String note = family.note(user);
            tree.addAll(List.of(note, family.line(note), family.line(note), family.invoice(user)));
        }
        assertThat(tree).hasSize(ALL);
        before = family.note(user);
        // Where something lies below, the stub would show that as a list.
        family.shop.on(
                "GET", user, (request, well) -> Mono.fromSupplier(() -> isGone(user) ? Reply.status(404) : well.get()));
        var all = new ArrayList<>(List.of(family.credentials()));
        all.addAll(List.of(settings));
        gateway = new ForkedGateway(directory, family.policies(ofUsers, ""), all.toArray(String[]::new));
        assertThat(status("DELETE", before)).isEqualTo(204);
        former = family.all();
    }

    private void trash() {
        var answer = gateway.send("DELETE", user).orElseThrow();
        assertThat(answer.statusCode()).isEqualTo(204);
        deletion = answer.headers().firstValue("Cenotaph-Deletion-Id").orElseThrow();
        late = family.note(user);
    }

    private void killAt(int number, boolean takesEffect) {
        onDelete((request, well) -> {
            if (deletes.incrementAndGet() != number) {
                return kills.get() == 0 ? Mono.fromSupplier(well) : Mono.never();
            }
            if (takesEffect) {
                var unused = well.get();
            }
            gateway.kill();
            kills.incrementAndGet();
            return Mono.just(Reply.RESET);
        });
    }

    private void onDelete(Behaviour behaviour) {
        tree.forEach(path -> upstreamOf(path).on("DELETE", path, behaviour));
    }

    private ItemUpstream upstreamOf(String path) {
        return path.contains("/invoices/") ? family.billing : family.shop;
    }

    /** Every item is there, marked and with its tombstone, or it is gone, and its tombstone is. */
    private void assertNothingIsInBetween() {
        Map<String, String> stored = stored();
        for (String path : tree) {
            if (isGone(path)) {
                assertThat(stored).as(path).doesNotContainKey(path);
            } else {
                assertThat(stored.get(path)).as(path).endsWith(" " + deletion);
                assertThat(family.isMarked(path)).as(path).isTrue();
            }
        }
    }

    private void assertOthersAreUntouched() {
        assertThat(family.all().get(before)).isEqualTo(former.get(before));
        assertThat(family.isMarked(late)).isFalse();
        assertThat(stored().get(before)).startsWith("TRASHED ").doesNotContain(deletion);
        assertThat(family.shop.deleted()).doesNotContain(before, late);
    }

    private List<String> gone() {
        return tree.stream().filter(this::isGone).toList();
    }

    private boolean isGone(String path) {
        return upstreamOf(path).item(path).isEmpty();
    }

    private int status(String method, String path) {
        return gateway.send(method, path).orElseThrow().statusCode();
    }

    /** State and deletion of the tombstones in the store, by the paths of their items. */
    private Map<String, String> stored() {
        var rows = new HashMap<String, String>();
        String url = "jdbc:sqlite:" + directory.resolve("cenotaph.db") + "?busy_timeout=10000";
        try (Connection store = DriverManager.getConnection(url);
                Statement statement = store.createStatement();
                ResultSet found = statement.executeQuery("SELECT resource, parents, id, state, deletion_id"
                        + " FROM tombstone WHERE state <> 'FORGOTTEN'")) {
            while (found.next()) {
                rows.put(
                        path(found.getString(1), found.getString(2), found.getString(3)),
                        found.getString(4) + " " + found.getString(5));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String path(String resource, String parents, String id) {
        String[] above = parents.split("/");
        return switch (resource) {
            case "users" -> "/users/" + id;
            case "lines" -> "/users/" + above[0] + "/notes/" + above[1] + "/lines/" + id;
            default -> "/users/" + above[0] + "/" + resource + "/" + id;
        };
    }
}
