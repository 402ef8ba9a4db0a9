package dev.cenotaph.gateway.purge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.autoconfigure.CenotaphProperties;
import dev.cenotaph.gateway.purge.PurgeReport.OfResource;
import dev.cenotaph.gateway.purge.PurgeReport.Outcome;
import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Received;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.gateway.testing.TestGateway;
import dev.cenotaph.gateway.tombstone.FormerBody;
import dev.cenotaph.gateway.tombstone.Holds;
import dev.cenotaph.gateway.tombstone.StoredTombstones;
import dev.cenotaph.gateway.tombstone.Trace;
import dev.cenotaph.policy.match.ItemKey;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** What a run does at the upstream, one resource a test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PurgeTest {
    private static final Trace TRACE = new Trace(Optional.of("alice"), "request-1", "policy-1");
    private static final String MARKED = "marker: { flag: trashed }, retention: PT1S";
    private static final String POLICIES = """
            plain: { path: /plain, %1$s }
            untagged: { path: /untagged, %1$s }
            live: { path: /live, %1$s }
            missing: { path: /missing, %1$s }
            refused: { path: /refused, %1$s }
            undeleted: { path: /undeleted, %1$s }
            changing: { path: /changing, %1$s }
            silent: { path: /silent, %1$s }
            racing: { path: /racing, %1$s }
            held: { path: /held, %1$s }
            parts:
              path: /parts
              marker: { extension: { resource: "/parts/{id}/fields", key: deleted, value: "true" } }
              retention: PT1S
            notes: { path: "/users/{user}/notes", %1$s }
            kept: { path: /kept, marker: { flag: trashed } }
            audited: { path: /audited, %1$s }
            revised: { path: /revised, %1$s, revisions: { keep: 3 } }
            never: { path: /never, %1$s, permanent: { allow: never } }
            """.formatted(MARKED);

    private final ItemUpstream upstream = new ItemUpstream();

    @SuppressWarnings("NullAway.Init")
    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.with(
                TestGateway.policy(upstream.port(), POLICIES),
                "cenotaph.purge.interval=1h",
                "cenotaph.upstream.timeout=3s",
                "cenotaph.credentials[0].upstream=http://localhost:" + upstream.port(),
                "cenotaph.credentials[0].headers.Authorization=Bearer of-the-purge");
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void dueItemIsReadAndDeletedWithOurOwnCredentials() {
        String item = due("/plain");
        int before = upstream.received(item).size();
        assertThat(run("plain").counts()).isEqualTo(Map.of(Outcome.PURGED, 1));
        assertThat(upstream.item(item)).isEmpty();
        assertThat(gateway.get(item).statusCode()).isEqualTo(404);
        List<Received> calls = upstream.received(item);
        calls = calls.subList(before, calls.size() - 1);
        assertThat(calls).extracting(Received::method).containsExactly("GET", "DELETE");
        assertThat(calls)
                .allSatisfy(call -> assertThat(call.header("Authorization")).contains("Bearer of-the-purge"));
        assertThat(calls.getLast().header("If-Match")).isPresent();
        assertThat(gateway.get("/plain/trashed").body()).doesNotContain(item);
        assertThat(gateway.bean(Purge.class).counts().of(Outcome.PURGED)).isPositive();
    }

    @Test
    void revisionsGoWithTheirItem() {
        String item = due("/revised");
        var key = new ItemKey("revised", List.of(), item.substring("/revised/".length()));
        var bodies = gateway.bean(StoredTombstones.class).bodies();
        assertThat(bodies.latest(key, FormerBody.Kind.REVISION).block()).isNotNull();
        assertThat(run("revised").counts()).isEqualTo(Map.of(Outcome.PURGED, 1));
        assertThat(bodies.latest(key, FormerBody.Kind.REVISION).block()).isNull();
    }

    @Test
    void everyStepIsInTheAudit() throws SQLException {
        String item = due("/audited");
        run("audited");
        var lines = new ArrayList<String>();
        try (Connection store = DriverManager.getConnection(
                        gateway.bean(CenotaphProperties.class).store().url());
                Statement statement = store.createStatement();
                ResultSet rows = statement.executeQuery("SELECT action, to_state, actor, reason FROM audit"
                        + " WHERE resource = 'audited' AND request_id LIKE 'purge-%' ORDER BY revision")) {
            while (rows.next()) {
                lines.add(rows.getString(1) + " " + rows.getString(2) + " by " + rows.getString(3) + ": "
                        + rows.getString(4));
            }
        }
        assertThat(upstream.item(item)).isEmpty();
        assertThat(lines)
                .containsExactly(
                        "CLAIM PURGING by cenotaph-purge: null",
                        "FORGET FORGOTTEN by cenotaph-purge: the upstream answered 204 to the DELETE");
    }

    @Test
    void itemThatIsNotDueIsLeftAlone() {
        String item = upstream.create("/plain", "{\"trashed\":false}");
        gateway.delete(item);
        assertThat(run("plain").next()).doesNotContain(item);
        assertThat(upstream.methods(item)).doesNotContain("DELETE");
        assertThat(gateway.post(item + ":undelete").statusCode()).isIn(200, 410);
        gateway.delete(item + "?permanent=true");
    }

    @Test
    void withoutRetentionNothingIsDue() {
        String item = trashed("/kept");
        assertThat(gateway.bean(Purge.class).look().resources())
                .extracting(OfResource::resource)
                .doesNotContain("kept");
        assertThat(gateway.get(item).statusCode()).isEqualTo(410);
    }

    @Test
    void whatClientsMayNotDeleteForGoodIsPurgedAllTheSame() {
        String item = due("/never");
        assertThat(gateway.delete(item + "?permanent=true").statusCode()).isEqualTo(403);
        assertThat(run("never").count(Outcome.PURGED)).isEqualTo(1);
        assertThat(upstream.item(item)).isEmpty();
    }

    @Test
    void withoutAnEntityTagTheDeleteIsUnconditional() {
        String item = due("/untagged");
        upstream.on("GET", item, (request, well) -> {
            Reply reply = well.get();
            return Mono.just(new Reply(200, Map.of("Content-Type", "application/json"), reply.body()));
        });
        assertThat(run("untagged").count(Outcome.PURGED)).isEqualTo(1);
        assertThat(upstream.received(item).getLast().header("If-Match")).isEmpty();
    }

    @Test
    void itemThatTheUpstreamShowsLiveIsNotDeletedAndNoLongerGone() {
        String item = due("/live");
        upstream.set(item, "trashed", "false");
        assertThat(run("live").counts()).isEqualTo(Map.of(Outcome.LIVE, 1));
        assertThat(upstream.methods(item)).doesNotContain("DELETE");
        assertThat(gateway.get(item).statusCode()).isEqualTo(200);
    }

    @Test
    void itemThatIsMissingIsForgotten() {
        String item = due("/missing");
        upstream.remove(item);
        assertThat(run("missing").counts()).isEqualTo(Map.of(Outcome.MISSING, 1));
        assertThat(upstream.methods(item)).doesNotContain("DELETE");
        assertThat(gateway.get(item).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 429, 500, 503})
    void itemThatCannotBeReadIsNotDeletedAndDoesNotStandInTheWay(int status) {
        String item = due("/refused");
        String other = due("/refused");
        upstream.on("GET", item, (request, well) -> Mono.just(Reply.status(status)));
        OfResource report = run("refused");
        assertThat(report.counts()).isEqualTo(Map.of(Outcome.FAILED, 1, Outcome.PURGED, 1));
        assertThat(report.failures()).singleElement().asString().contains(item).contains(Integer.toString(status));
        assertThat(upstream.methods(item)).doesNotContain("DELETE");
        assertThat(upstream.item(other)).isEmpty();
        OfResource next = run("refused");
        assertThat(next.backlog().waiting()).isPositive();
        assertThat(next.next()).doesNotContain(item);
        upstream.behave("GET", item);
        assertThat(gateway.get(item).statusCode()).isEqualTo(410);
        gateway.delete(item + "?permanent=true");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 405, 409, 423, 500, 503})
    void deleteThatIsRefusedLeavesTheItemInTheTrash(int status) {
        String item = due("/undeleted");
        upstream.on("DELETE", item, (request, well) -> Mono.just(Reply.status(status)));
        assertThat(run("undeleted").counts()).isEqualTo(Map.of(Outcome.FAILED, 1));
        assertThat(gateway.get(item).statusCode()).isEqualTo(410);
        upstream.behave("DELETE", item);
        assertThat(gateway.delete(item + "?permanent=true").statusCode()).isEqualTo(204);
    }

    @Test
    void itemThatChangesBetweenReadAndDeleteIsNotDeleted() {
        String item = due("/changing");
        upstream.on("GET", item, (request, well) -> {
            Reply read = well.get();
            upstream.set(item, "trashed", "false");
            return Mono.just(read);
        });
        assertThat(run("changing").counts()).isEqualTo(Map.of(Outcome.LIVE, 1));
        assertThat(upstream.methods(item)).contains("DELETE");
        assertThat(gateway.get(item).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"true, PURGED", "false, UNSETTLED"})
    void deleteWithoutAnAnswerIsSettledByReading(boolean landed, Outcome outcome) {
        String item = due("/silent");
        upstream.on("DELETE", item, (request, well) -> {
            if (landed) {
                var unused = well.get();
            }
            return Mono.never();
        });
        assertThat(run("silent").counts()).isEqualTo(Map.of(outcome, 1));
        if (landed) {
            assertThat(gateway.get(item).statusCode()).isEqualTo(404);
            return;
        }
        assertThat(gateway.post(item + ":undelete").statusCode())
                .as("a DELETE that may still land bars the restore")
                .isEqualTo(409);
        upstream.remove(item);
        assertThat(run("silent").counts()).isEqualTo(Map.of(Outcome.PURGED, 1));
        assertThat(gateway.get(item).statusCode()).isEqualTo(404);
    }

    @Test
    void restoreOfAnItemThatIsBeingPurgedIsAConflict() throws Exception {
        String item = due("/racing");
        Sinks.One<Reply> answer = Sinks.one();
        var arrived = new CompletableFuture<Void>();
        upstream.on("DELETE", item, (request, well) -> {
            arrived.complete(null);
            return answer.asMono().map(go -> well.get());
        });
        var running = CompletableFuture.supplyAsync(() -> run("racing"));
        arrived.get(10, TimeUnit.SECONDS);
        HttpResponse<String> restore = gateway.post(item + ":undelete");
        assertThat(restore.statusCode()).isEqualTo(409);
        assertThat(gateway.get(item).statusCode()).isEqualTo(410);
        answer.tryEmitValue(Reply.status(204));
        assertThat(running.get(10, TimeUnit.SECONDS).count(Outcome.PURGED)).isEqualTo(1);
        assertThat(upstream.item(item)).isEmpty();
    }

    @Test
    void itemOnHoldIsPassedOverAndClientsCannotDeleteItEither() {
        String item = due("/held");
        var holds = new Holds(gateway.bean(StoredTombstones.class));
        ItemKey key = new ItemKey("held", List.of(), item.substring("/held/".length()));
        holds.set(key, "case 17", TRACE).block();
        OfResource report = run("held");
        assertThat(report.counts()).isEmpty();
        assertThat(report.backlog().held()).isEqualTo(1);
        HttpResponse<String> refused = gateway.delete(item + "?permanent=true");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("on-hold").doesNotContain("case 17");
        assertThat(upstream.methods(item)).doesNotContain("DELETE");
        holds.lift(key, TRACE).block();
        assertThat(run("held").count(Outcome.PURGED)).isEqualTo(1);
    }

    @Test
    void markerOutsideTheItemIsReadBeforeTheItemIsDeleted() {
        String item = upstream.create("/parts", "{}");
        String fields = item + "/fields";
        var entries = new StringBuilder("[]");
        upstream.on("GET", fields, (request, well) -> Mono.just(Reply.json(entries.toString())));
        upstream.on("POST", fields, (request, well) -> {
            entries.replace(0, entries.length(), "[{\"id\":1,\"key\":\"deleted\",\"value\":\"true\"}]");
            return Mono.just(Reply.json("{\"id\":1,\"key\":\"deleted\",\"value\":\"true\"}")
                    .as(201));
        });
        awaitDue(gateway.delete(item));
        int before = upstream.received(fields).size();
        assertThat(run("parts").counts()).isEqualTo(Map.of(Outcome.PURGED, 1));
        assertThat(upstream.received(fields)).hasSize(before + 1);
        assertThat(upstream.item(item)).isEmpty();
    }

    @Test
    void nestedItemsAndOddIdsAreDeletedAtTheirOwnPaths() {
        String item = due("/users/a%20b/notes");
        assertThat(run("notes").next()).containsExactly(item);
        assertThat(upstream.item(item)).isEmpty();
    }

    private OfResource run(String resource) {
        return gateway.bean(Purge.class).run().orElseThrow().resources().stream()
                .filter(one -> one.resource().equals(resource))
                .findFirst()
                .orElseThrow();
    }

    private String trashed(String collection) {
        String item = upstream.create(collection, "{\"trashed\":false}");
        assertThat(gateway.delete(item).statusCode()).isEqualTo(204);
        return item;
    }

    private String due(String collection) {
        String item = upstream.create(collection, "{\"trashed\":false}");
        awaitDue(gateway.delete(item));
        return item;
    }

    private static void awaitDue(HttpResponse<String> deleted) {
        assertThat(deleted.statusCode()).as(deleted.body()).isEqualTo(204);
        Instant purge =
                Instant.parse(deleted.headers().firstValue("Cenotaph-Purge-At").orElseThrow());
        Awaitility.await().until(() -> !Instant.now().isBefore(purge));
    }
}
