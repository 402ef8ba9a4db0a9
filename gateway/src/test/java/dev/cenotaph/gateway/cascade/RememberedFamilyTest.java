package dev.cenotaph.gateway.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cenotaph.gateway.purge.Purge;
import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.gateway.testing.TestGateway;
import dev.cenotaph.gateway.tombstone.FormerBody;
import dev.cenotaph.gateway.tombstone.FormerBody.Kind;
import dev.cenotaph.gateway.tombstone.StoredTombstones;
import dev.cenotaph.policy.match.ItemKey;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What is kept of a child that goes into the trash with its parent: what would be, were it deleted by itself. */
class RememberedFamilyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String RETENTION = "retention: PT1S";

    private final ItemUpstream upstream = new ItemUpstream();
    private final String user = upstream.create("/users", "{\"deleted_at\":null}");
    private final String note =
            upstream.create(user + "/notes", "{\"deleted_at\":null,\"slug\":\"first\",\"text\":\"a\"}");
    private TestGateway gateway = gateway("");

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    /** Its parent is live again, and it is not back yet. */
    @Test
    void uniqueValueOfAChildIsReserved() {
        assertThat(gateway.delete(user).statusCode()).isEqualTo(204);
        upstream.on("PATCH", note, (request, well) -> Mono.just(Reply.status(403)));
        assertThat(gateway.post(user + ":undelete").statusCode()).isEqualTo(202);
        HttpResponse<String> answer = post(user + "/notes");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("key-reserved", "\"id\":\"" + id(note) + "\"");
        upstream.behave("PATCH", note);
        await().atMost(PATIENCE).until(() -> gateway.get(note).statusCode() == 200);
        assertThat(post(user + "/notes").statusCode()).isEqualTo(201);
    }

    @Test
    void bodyOfAChildIsARevisionBeforeItIsMarked() {
        String before = upstream.item(note).orElseThrow();
        var kept = new CopyOnWriteArrayList<String>();
        upstream.on(
                "PATCH",
                note,
                (request, well) -> gateway.bean(StoredTombstones.class)
                        .bodies()
                        .latest(key(), Kind.REVISION)
                        .doOnNext(body -> kept.add(new String(body.content(), StandardCharsets.UTF_8)))
                        .then(Mono.fromSupplier(well)));
        assertThat(gateway.delete(user).statusCode()).isEqualTo(204);
        assertThat(kept).containsExactly(before);
        assertThat(gateway.post(user + ":undelete").statusCode()).isEqualTo(200);
        assertThat(upstream.item(note)).hasValue(before);
        HttpResponse<String> shown = gateway.get(note + "/revisions/1");
        assertThat(shown.statusCode()).as(shown.body()).isEqualTo(200);
        assertThat(shown.body()).contains("\"text\":\"a\"", "\"is_current\":true");
    }

    @Test
    void onlyTheNewestRevisionsOfAChildAreKept() {
        for (int i = 0; i < 4; i++) {
            upstream.set(note, "text", "\"" + i + "\"");
            assertThat(gateway.delete(user).statusCode()).isEqualTo(204);
            assertThat(gateway.post(user + ":undelete").statusCode()).isEqualTo(200);
        }
        assertThat(revisions()).hasSize(2).first().asString().contains("\"text\":\"3\"");
    }

    @Test
    void childWhoseMarkIsRefusedHasNoRevisionOfItsOwnForThat() {
        upstream.on("PATCH", note, (request, well) -> Mono.just(Reply.status(403)));
        assertThat(gateway.delete(user).statusCode()).isEqualTo(202);
        assertThat(revisions()).hasSize(1);
        upstream.behave("PATCH", note);
        await().atMost(PATIENCE).until(() -> gateway.delete(user).statusCode() == 410);
        assertThat(revisions()).hasSize(1);
    }

    @Test
    void childThatIsTooLongToBeKeptStandsInTheWay() {
        upstream.set(note, "text", "\"" + "x".repeat(300) + "\"");
        HttpResponse<String> answer = gateway.delete(user);
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).contains("item-too-large");
        assertThat(upstream.methods(note)).doesNotContain("PATCH");
        upstream.set(note, "text", "\"short\"");
        await().atMost(PATIENCE).until(() -> gateway.delete(user).statusCode() == 410);
        assertThat(upstream.item(note).orElseThrow()).contains("\"deleted_at\":\"");
    }

    @Test
    void revisionsOfAChildGoWithItWhenItsParentIsDeletedForGood() {
        assertThat(gateway.delete(user).statusCode()).isEqualTo(204);
        assertThat(revisions()).hasSize(1);
        assertThat(gateway.delete(user + "?permanent=true").statusCode()).isEqualTo(204);
        assertThat(upstream.deleted()).containsExactly(note, user);
        assertThat(revisions()).isEmpty();
    }

    @Test
    void revisionsOfAChildGoWithItWhenItsParentIsPurged() {
        gateway.close();
        gateway = gateway(RETENTION);
        assertThat(gateway.delete(user).statusCode()).isEqualTo(204);
        assertThat(revisions()).hasSize(1);
        await().atMost(PATIENCE).until(() -> {
            gateway.bean(Purge.class).run();
            return upstream.item(user).isEmpty();
        });
        assertThat(revisions()).isEmpty();
    }

    private TestGateway gateway(String ofUsers) {
        return TestGateway.with(
                TestGateway.policy(upstream.port(), """
                        users:
                          path: /users
                          marker: { timestamp: deleted_at }
                          children: [notes]
                          %s
                        notes:
                          path: "/users/{user}/notes"
                          marker: { timestamp: deleted_at }
                          unique: slug
                          revisions: { keep: 2, max-size: 200B }
                        """.formatted(ofUsers)),
                "cenotaph.purge.interval=1h",
                "cenotaph.credentials[0].upstream=http://localhost:" + upstream.port());
    }

    private HttpResponse<String> post(String collection) {
        return gateway.send("POST", collection, "{\"slug\":\"first\"}", "Content-Type", "application/json");
    }

    private List<String> revisions() {
        var bodies = gateway.bean(StoredTombstones.class).bodies();
        return bodies
                .list(key(), Kind.REVISION, OptionalLong.empty(), 10)
                .blockOptional(PATIENCE)
                .orElseThrow()
                .stream()
                .map(facts -> bodies.find(key(), Kind.REVISION, facts.number()).blockOptional(PATIENCE))
                .map(body -> new String(body.map(FormerBody::content).orElseThrow(), StandardCharsets.UTF_8))
                .toList();
    }

    private ItemKey key() {
        return new ItemKey("notes", List.of(id(user)), id(note));
    }

    private static String id(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
