package dev.cenotaph.gateway.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.gateway.testing.TestGateway;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What follows an item into the trash, back, and away. */
class CascadeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Family family = new Family();
    private final String user = family.user();
    private final String note = family.note(user);
    private final String line = family.line(note);
    private final String invoice = family.invoice(user);
    private final List<String> below = List.of(note, line, invoice);
    private TestGateway gateway = gateway("answers: { delete: cascade }", "");

    @AfterEach
    void stop() {
        gateway.close();
        family.close();
    }

    @Test
    void deleteTrashesTheItemAndWhatLiesBelowUnderOneDeletion() {
        HttpResponse<String> answer = gateway.delete(user);
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode body = JSON.readTree(answer.body());
        assertThat(body.at("/complete").booleanValue()).isTrue();
        assertThat(paths(body)).containsExactlyInAnyOrder(user, note, line, invoice);
        assertThat(body.at("/items/0/path").stringValue()).isEqualTo(user);
        String deletion = answer.headers().firstValue("Cenotaph-Deletion-Id").orElseThrow();
        assertThat(body.at("/items")
                        .valueStream()
                        .map(item -> item.at("/deletion_id").stringValue()))
                .containsOnly(deletion);
        assertThat(below).allMatch(family::isMarked);
    }

    @Test
    void restoreBringsBackExactlyWhatWentWithIt() {
        String before = family.note(user);
        String other = family.user();
        String otherNote = family.note(other);
        assertThat(gateway.delete(before).statusCode()).isEqualTo(204);
        Map<String, String> former = family.all();
        assertThat(gateway.delete(user).statusCode()).isEqualTo(200);
        assertThat(gateway.post(user + ":undelete").statusCode()).isEqualTo(200);
        assertThat(family.all()).isEqualTo(former);
        assertThat(gateway.get(line).statusCode()).isEqualTo(200);
        assertThat(gateway.get(before).statusCode()).isEqualTo(410);
        assertThat(gateway.get(otherNote).statusCode()).isEqualTo(200);
        assertThat(gateway.delete(user).statusCode()).isEqualTo(200);
    }

    @Test
    void whatWentWithATrashedChildBeforeStaysWithThatChild() {
        assertThat(gateway.delete(note).statusCode()).isEqualTo(204);
        assertThat(family.isMarked(line)).isTrue();
        Map<String, String> former = family.all();
        assertThat(gateway.delete(user).statusCode()).isEqualTo(200);
        assertThat(gateway.post(user + ":undelete").statusCode()).isEqualTo(200);
        assertThat(family.all()).isEqualTo(former);
        assertThat(gateway.post(note + ":undelete").statusCode()).isEqualTo(200);
        assertThat(family.isMarked(line)).isFalse();
    }

    @Test
    void lineBelowANoteThatWasTrashedAtTheUpstreamItselfStaysAsItIs() {
        family.shop.set(note, "deleted_at", "\"2026-01-01T00:00:00Z\"");
        Map<String, String> former = family.all();
        assertThat(gateway.delete(user).statusCode()).isEqualTo(200);
        assertThat(family.isMarked(line)).isFalse();
        assertThat(gateway.post(user + ":undelete").statusCode()).isEqualTo(200);
        assertThat(family.all()).isEqualTo(former);
    }

    @Test
    void everythingBelowIsGoneWithoutTombstonesOfItsOwn() {
        assertThat(gateway.delete(user).statusCode()).isEqualTo(200);
        String late = family.shop.create(user + "/notes", "{\"deleted_at\":null}");
        Stream.of(late, user + "/notes", user + "/invoices", user + "/invoices/99", user + "/notes/trashed")
                .forEach(path ->
                        assertThat(gateway.get(path).statusCode()).as(path).isEqualTo(410));
        assertThat(gateway.get(user + "/notes/trashed/" + Family.id(note)).statusCode())
                .isEqualTo(410);
        assertThat(gateway.send("POST", user + "/invoices", "{}").statusCode()).isEqualTo(410);
        assertThat(gateway.send("PATCH", late, "{}").statusCode()).isEqualTo(410);
        assertThat(gateway.delete(late).statusCode()).isEqualTo(410);
        assertThat(gateway.delete(late + "?permanent=true").statusCode()).isEqualTo(410);
        assertThat(gateway.get(user + "/notes?with_trashed=true").statusCode()).isEqualTo(200);
    }

    @Test
    void childCannotBeRestoredUnderATrashedParent() {
        assertThat(gateway.delete(user).statusCode()).isEqualTo(200);
        HttpResponse<String> answer = gateway.post(line + ":undelete");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("parent-trashed", user + ":undelete");
        assertThat(family.isMarked(line)).isTrue();
    }

    @Test
    void restoreOfAChildMayRestoreItsAncestorsFirst() {
        gateway.close();
        gateway = gateway("", "trash: { restore-ancestors: true }");
        String before = family.note(user);
        assertThat(gateway.delete(before).statusCode()).isEqualTo(204);
        assertThat(gateway.delete(user).statusCode()).isEqualTo(204);
        HttpResponse<String> answer = gateway.post(note + ":undelete");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cenotaph-State")).contains("live");
        assertThat(Stream.concat(Stream.of(user), below.stream())).noneMatch(family::isMarked);
        assertThat(family.isMarked(before)).isTrue();

        assertThat(gateway.delete(user).statusCode()).isEqualTo(204);
        assertThat(gateway.post(before + ":undelete").statusCode()).isEqualTo(200);
        assertThat(Stream.concat(Stream.of(user, before), below.stream())).noneMatch(family::isMarked);
    }

    @Test
    void childThatFailsIsToldAndTriedAgain() {
        restartWith("cenotaph.cascade.patience=1s");
        family.billing.on("PATCH", invoice, (request, well) -> Mono.just(Reply.status(403)));
        HttpResponse<String> answer = gateway.delete(user);
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(JSON.readTree(answer.body()).at("/complete").booleanValue()).isFalse();
        assertThat(family.isMarked(line)).isTrue();
        assertThat(gateway.post(user + ":undelete").statusCode()).isEqualTo(409);
        assertThat(gateway.delete(user + "?permanent=true").statusCode()).isEqualTo(409);
        assertThat(gateway.delete(user).body()).contains("403");

        family.billing.behave("PATCH", invoice);
        await().atMost(PATIENCE).until(() -> family.isMarked(invoice));
        await().atMost(PATIENCE).until(() -> gateway.delete(user).statusCode() == 410);
        assertThat(gateway.post(user + ":undelete").statusCode()).isEqualTo(200);
        assertThat(below).noneMatch(family::isMarked);
        assertThat(family.billing.methods(invoice)).doesNotContain("DELETE");
    }

    @Test
    void parentIsNotRestoredWhileItsCascadeRuns() throws Exception {
        var blocked = Sinks.<Reply>one();
        family.shop.on("PATCH", note, (request, well) -> blocked.asMono().map(go -> well.get()));
        var delete = CompletableFuture.supplyAsync(() -> gateway.delete(user));
        await().atMost(PATIENCE).until(() -> family.shop.methods(note).contains("PATCH"));
        HttpResponse<String> restore = gateway.post(user + ":undelete");
        assertThat(restore.statusCode()).isEqualTo(409);
        assertThat(restore.body()).contains("cascade-in-progress");
        assertThat(gateway.post(line + ":undelete").statusCode()).isEqualTo(409);
        assertThat(gateway.send("PATCH", line, "{\"text\":\"other\"}").statusCode())
                .isEqualTo(410);
        blocked.tryEmitValue(Reply.status(200));
        assertThat(delete.get().statusCode()).isEqualTo(200);
        assertThat(below).allMatch(family::isMarked);
    }

    /** The walk meets a note on its way back: it goes along in the end, with its line, and all can come back. */
    @Test
    void childThatIsBeingRestoredWhileItsParentIsTrashedFollowsAfterAll() throws Exception {
        assertThat(gateway.delete(note).statusCode()).isIn(200, 204);
        var blocked = Sinks.<Reply>one();
        family.shop.on("PATCH", note, (request, well) -> blocked.asMono().map(go -> well.get()));
        long before = family.shop.methods(note).stream().filter("PATCH"::equals).count();
        var restore = CompletableFuture.supplyAsync(() -> gateway.post(note + ":undelete"));
        await().atMost(PATIENCE)
                .until(() -> family.shop.methods(note).stream()
                                .filter("PATCH"::equals)
                                .count()
                        > before);
        var delete = CompletableFuture.supplyAsync(() -> gateway.delete(user));
        await().atMost(PATIENCE).until(() -> family.isMarked(user));
        family.shop.behave("PATCH", note);
        blocked.tryEmitValue(Reply.status(200));
        assertThat(restore.get().statusCode()).isLessThan(500);
        assertThat(delete.get().statusCode()).isIn(200, 202);
        await().atMost(PATIENCE).until(() -> gateway.post(user + ":undelete").statusCode() == 200);
        assertThat(family.isMarked(user)).isFalse();
        await().atMost(PATIENCE).until(() -> gateway.get(user).statusCode() == 200);
    }

    @Test
    void parentIsNotTrashedWhileWhatWentWithItComesBack() throws Exception {
        assertThat(gateway.delete(user).statusCode()).isEqualTo(200);
        var blocked = Sinks.<Reply>one();
        family.shop.on("PATCH", line, (request, well) -> blocked.asMono().map(go -> well.get()));
        var restore = CompletableFuture.supplyAsync(() -> gateway.post(user + ":undelete"));
        await().atMost(PATIENCE).until(() -> gateway.get(note).statusCode() == 200);
        HttpResponse<String> delete = gateway.delete(user);
        assertThat(delete.statusCode()).isEqualTo(409);
        assertThat(delete.body()).contains("cascade-in-progress");
        assertThat(family.isMarked(user)).isFalse();
        blocked.tryEmitValue(Reply.status(200));
        assertThat(restore.get().statusCode()).isEqualTo(200);
        assertThat(below).noneMatch(family::isMarked);
        assertThat(gateway.delete(user).statusCode()).isEqualTo(200);
    }

    @Test
    void updateUnderWayIsNotLostToTheCascade() throws Exception {
        var blocked = Sinks.<Reply>one();
        family.shop.on("PATCH", note, (request, well) -> {
            family.shop.behave("PATCH", note);
            return blocked.asMono().map(go -> well.get());
        });
        var update = CompletableFuture.supplyAsync(() -> gateway.send("PATCH", note, "{\"text\":\"newer\"}"));
        await().atMost(PATIENCE).until(() -> family.shop.methods(note).contains("PATCH"));
        var delete = CompletableFuture.supplyAsync(() -> gateway.delete(user));
        await().atMost(PATIENCE).until(() -> gateway.get(user).statusCode() == 410);
        blocked.tryEmitValue(Reply.status(200));
        assertThat(update.get().statusCode()).isEqualTo(200);
        assertThat(delete.get().statusCode()).isBetween(200, 202);
        await().atMost(PATIENCE).until(() -> family.isMarked(note) && family.isMarked(line));
        assertThat(family.shop.item(note).orElseThrow()).contains("newer");
    }

    @Test
    void permanentDeleteTakesWhatWentWithItFirst() {
        assertThat(gateway.delete(user).statusCode()).isEqualTo(200);
        assertThat(gateway.delete(user + "?permanent=true").statusCode()).isEqualTo(204);
        assertThat(family.all()).isEmpty();
        assertThat(gateway.get(user).statusCode()).isEqualTo(404);
    }

    @Test
    void permanentDeleteOfAParentLeavesWhatWasTrashedSeparately() {
        assertThat(gateway.delete(note).statusCode()).isEqualTo(204);
        assertThat(gateway.delete(user).statusCode()).isEqualTo(200);
        assertThat(gateway.delete(user + "?permanent=true").statusCode()).isEqualTo(204);
        assertThat(family.all()).containsOnlyKeys(note, line);
    }

    @Test
    void permanentDeleteThatFailsBelowGoesOnWhenAskedAgain() {
        assertThat(gateway.delete(user).statusCode()).isEqualTo(200);
        family.shop.on("DELETE", note, (request, well) -> Mono.just(Reply.status(500)));
        HttpResponse<String> answer = gateway.delete(user + "?permanent=true");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("cascade-incomplete");
        assertThat(family.shop.methods(user)).doesNotContain("DELETE");
        assertThat(gateway.get(user).statusCode()).isEqualTo(410);
        family.shop.behave("DELETE", note);
        assertThat(gateway.delete(user + "?permanent=true").statusCode()).isEqualTo(204);
        assertThat(family.all()).isEmpty();
    }

    @Test
    void everyItemOfACascadeLeavesItsAuditLines() {
        assertThat(gateway.delete(user, "X-Request-Id", "r-1").statusCode()).isEqualTo(200);
        assertThat(gateway.post(user + ":undelete").statusCode()).isEqualTo(200);
        assertThat(gateway.auditOf(Family.id(line))).containsExactly("BEGIN -", "COMMIT -", "CLAIM -", "FORGET -");
    }

    private void restartWith(String... settings) {
        gateway.restartWith(settings);
    }

    private TestGateway gateway(String ofUsers, String ofNotes) {
        return TestGateway.with(family.policies(ofUsers, ofNotes), family.credentials());
    }

    private static List<String> paths(JsonNode body) {
        return body.at("/items")
                .valueStream()
                .map(item -> item.at("/path").stringValue())
                .toList();
    }
}
