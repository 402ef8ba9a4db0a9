package dev.cenotaph.gateway.cascade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.gateway.testing.TestGateway;
import dev.cenotaph.gateway.tombstone.StoredTombstones;
import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.policy.match.ItemKey;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** What follows an item that a client archives by writing its status, while DELETE stays a real one. */
class ArchivedFamilyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String BLOCKED = "{\"status\":\"blocked\"}";
    private static final String ARCHIVED = "{\"status\":\"archived\"}";
    private static final String MARKER = "marker: { status: { field: status, trashed: archived } }";
    private static final String POLICIES = """
            users: { path: /users, %1$s, children: [notes], answers: { delete: pass }, trash: { writes: patch } }
            notes: { path: "/users/{user}/notes", %1$s, children: [lines] }
            lines: { path: "/users/{user}/notes/{note}/lines", marker: { flag: is_trashed } }
            """.formatted(MARKER);

    private final ItemUpstream upstream = new ItemUpstream();
    private final String user = upstream.create("/users", BLOCKED);
    private final String note = upstream.create(user + "/notes", BLOCKED);
    private final String line = upstream.create(note + "/lines", "{\"is_trashed\":false,\"price\":1.50}");
    private final String before = upstream.create(user + "/notes", BLOCKED);
    private final String lineBefore = upstream.create(before + "/lines", "{\"is_trashed\":false}");
    private final TestGateway gateway = TestGateway.with(TestGateway.policy(upstream.port(), POLICIES));

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204})
    void archiveTakesAlongWhatLiesBelowUnderOneDeletion(int status) {
        assertThat(archive(before).statusCode()).isEqualTo(200);
        upstream.on("PATCH", user, (request, well) -> {
            Reply taken = well.get();
            return Mono.just(status == 200 ? taken : Reply.status(status));
        });
        HttpResponse<String> answer = archive(user);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(status == 200 ? upstream.item(user).orElseThrow() : "");
        assertThat(answer.headers().firstValue("Cenotaph-State")).contains("trashed");
        String deletion = answer.headers().firstValue("Cenotaph-Deletion-Id").orElseThrow();
        assertThat(List.of(note, line)).allMatch(this::isMarked).allMatch(path -> deletion.equals(deletionOf(path)));
        assertThat(List.of(before, lineBefore))
                .allMatch(this::isMarked)
                .noneMatch(path -> deletion.equals(deletionOf(path)));
        assertThat(archive(user).statusCode()).isEqualTo(410);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void restoreBringsBackExactlyWhatWentWithIt(boolean byPatch) {
        assertThat(archive(before).statusCode()).isEqualTo(200);
        Map<String, String> former = upstream.all();
        assertThat(archive(user).statusCode()).isEqualTo(200);
        HttpResponse<String> restored = byPatch
                ? gateway.send("PATCH", user + "?with_trashed=true", BLOCKED, "Content-Type", "application/json")
                : gateway.post(user + ":undelete");
        assertThat(restored.statusCode()).as(restored.body()).isEqualTo(200);
        assertThat(upstream.all()).isEqualTo(former);
        assertThat(List.of(user, note, line)).allMatch(path -> gateway.get(path).statusCode() == 200);
        assertThat(gateway.get(before).statusCode()).isEqualTo(410);
        assertThat(archive(user).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 409, 412, 500, 200})
    void writeThatDoesNotArchiveTouchesNoChild(int status) {
        upstream.on("PATCH", user, (request, well) -> Mono.just(Reply.status(status)));
        assertThat(archive(user).statusCode()).isEqualTo(status);
        assertThat(upstream.methods(note)).isEmpty();
        assertThat(upstream.methods(line)).isEmpty();
        assertThat(List.of(user, note, line)).noneMatch(this::isMarked).allMatch(this::isLive);
        upstream.behave("PATCH", user);
        assertThat(archive(user).statusCode()).isEqualTo(200);
        assertThat(List.of(note, line)).allMatch(this::isMarked);
    }

    @Test
    void itemThatIsNotThereTakesNothingAlong() {
        upstream.remove(user);
        assertThat(archive(user).statusCode()).isEqualTo(404);
        assertThat(List.of(note, line)).noneMatch(this::isMarked);
        assertThat(upstream.methods(note)).isEmpty();
    }

    @Test
    void archiveWhoseAnswerIsLostTakesAlongWhatLiesBelow() {
        upstream.on("PATCH", user, (request, well) -> {
            Reply lost = well.get();
            return Mono.just(lost.status() == 200 ? Reply.RESET : lost);
        });
        assertThat(archive(user).statusCode()).isEqualTo(204);
        assertThat(List.of(note, line)).allMatch(this::isMarked);
        assertThat(gateway.post(user + ":undelete").statusCode()).isEqualTo(200);
        assertThat(List.of(user, note, line)).noneMatch(this::isMarked);
    }

    @Test
    void archiveThatGotLostTouchesNoChild() {
        upstream.on("PATCH", user, (request, well) -> Mono.just(Reply.RESET));
        assertThat(archive(user).statusCode()).isGreaterThanOrEqualTo(500);
        assertThat(upstream.methods(note)).isEmpty();
        assertThat(upstream.methods(line)).isEmpty();
    }

    @Test
    void childThatFailsIsToldAndTakenAlongWhenTheClientArchivesAgain() {
        upstream.on("PATCH", line, (request, well) -> Mono.just(Reply.status(403)));
        HttpResponse<String> answer = archive(user);
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Cenotaph-State")).contains("trashed");
        assertThat(answer.body()).contains("\"complete\":false", "403", user, note);
        assertThat(gateway.get(user).statusCode()).isEqualTo(410);
        assertThat(gateway.get(line).statusCode()).isEqualTo(410);
        HttpResponse<String> restore = gateway.post(user + ":undelete");
        assertThat(restore.statusCode()).isEqualTo(409);
        assertThat(restore.body()).contains("cascade-in-progress");
        assertThat(patch(user, "{\"name\":\"Ada\"}").statusCode()).isEqualTo(410);
        assertThat(archive(user).statusCode()).isEqualTo(202);
        upstream.behave("PATCH", line);
        assertThat(archive(user).statusCode()).isEqualTo(410);
        assertThat(isMarked(line)).isTrue();
        assertThat(gateway.post(user + ":undelete").statusCode()).isEqualTo(200);
        assertThat(isMarked(line)).isFalse();
    }

    @Test
    void itemIsNotArchivedAgainWhileWhatWentWithItComesBack() {
        assertThat(archive(user).statusCode()).isEqualTo(200);
        upstream.on("PATCH", line, (request, well) -> Mono.just(Reply.status(403)));
        assertThat(gateway.post(user + ":undelete").statusCode()).isEqualTo(202);
        HttpResponse<String> again = archive(user);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("cascade-in-progress");
        assertThat(isMarked(user)).isFalse();
        upstream.behave("PATCH", line);
        assertThat(gateway.post(user + ":undelete").statusCode()).isEqualTo(200);
        assertThat(archive(user).statusCode()).isEqualTo(200);
    }

    @Test
    void realDeleteOfAnArchivedItemTakesWhatWentWithItFirst() {
        assertThat(archive(before).statusCode()).isEqualTo(200);
        assertThat(archive(user).statusCode()).isEqualTo(200);
        assertThat(gateway.delete(user).statusCode()).isEqualTo(204);
        assertThat(upstream.deleted()).containsExactly(line, note, user);
        assertThat(upstream.item(before)).isPresent();
    }

    private HttpResponse<String> archive(String path) {
        return patch(path, ARCHIVED);
    }

    private HttpResponse<String> patch(String path, String body) {
        return gateway.send("PATCH", path, body, "Content-Type", "application/json");
    }

    private boolean isMarked(String path) {
        String item = upstream.item(path).orElseThrow();
        return item.contains("\"is_trashed\":true") || item.contains("\"status\":\"archived\"");
    }

    private boolean isLive(String path) {
        return gateway.get(path).statusCode() == 200;
    }

    private String deletionOf(String path) {
        String[] segments = path.substring(1).split("/");
        int last = segments.length - 1;
        List<String> parents = switch (segments.length) {
            case 2 -> List.of();
            case 4 -> List.of(segments[1]);
            default -> List.of(segments[1], segments[3]);
        };
        Optional<Tombstone> known = gateway.bean(StoredTombstones.class)
                .find(new ItemKey(segments[last - 1], parents, segments[last]))
                .blockOptional(PATIENCE);
        return known.orElseThrow().deletionId();
    }
}
