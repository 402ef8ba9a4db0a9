package dev.cenotaph.gateway.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cenotaph.gateway.testing.ForkedGateway;
import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

/**
 * The process is killed in the middle of a cascade, by the upstream itself when the write of a marker arrives: before it
 * takes effect, or after it did and before its answer. Nobody asks again; the next start finishes what was begun.
 */
class CascadeCrashTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String ARCHIVE = "{\"deleted_at\":\"2026-01-02T03:04:05Z\"}";

    private final Family family = new Family();
    private final String user = family.user();
    private final List<String> tree = new ArrayList<>();
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicInteger kills = new AtomicInteger();
    private String before = "";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private ForkedGateway gateway;

    @BeforeEach
    void plant() throws IOException {
        tree.add(user);
        for (int notes = 0; notes < 3; notes++) {
            String note = family.note(user);
            tree.add(note);
            tree.add(family.line(note));
            tree.add(family.line(note));
            tree.add(family.invoice(user));
        }
        before = family.note(user);
        gateway = new ForkedGateway(directory, family.policies(), family.credentials());
        assertThat(gateway.send("DELETE", before)).isPresent();
        assertThat(family.isMarked(before)).isTrue();
    }

    @AfterEach
    void stop() {
        gateway.close();
        family.close();
    }

    @ParameterizedTest
    @CsvSource({"1, true", "4, false", "8, false"})
    void cascadeThatACrashCutsOffIsFinishedAndRestoredExactly(int write, boolean takesEffect) throws Exception {
        Map<String, String> former = family.all();
        killAt(write + 1, takesEffect);
        assertThat(gateway.send("DELETE", user)).isEmpty();
        assertThat(kills).hasValue(1);
        behave();

        gateway.startAgain();
        await().atMost(PATIENCE).until(() -> tree.stream().allMatch(family::isMarked));
        await().atMost(PATIENCE).until(() -> status("POST", user + ":undelete") == 200);
        assertThat(family.all()).isEqualTo(former);
        assertThat(family.isMarked(before)).isTrue();
        tree.forEach(path -> assertThat(status("GET", path)).as(path).isEqualTo(200));
        assertThat(status("GET", before)).isEqualTo(410);
    }

    /** The client's own write of the marker leads a cascade as well; the first write is that one. */
    @ParameterizedTest
    @CsvSource({"1, true", "5, false"})
    void archiveThatACrashCutsOffIsFinishedAndRestoredExactly(int write, boolean takesEffect) throws Exception {
        Map<String, String> former = family.all();
        killAt(write, takesEffect);
        assertThat(gateway.send("PATCH", user, ARCHIVE, "Content-Type", "application/json"))
                .isEmpty();
        assertThat(kills).hasValue(1);
        behave();

        gateway.startAgain();
        await().atMost(PATIENCE).until(() -> tree.stream().allMatch(family::isMarked));
        await().atMost(PATIENCE).until(() -> status("POST", user + ":undelete") == 200);
        assertThat(family.all()).isEqualTo(former);
        assertThat(status("GET", before)).isEqualTo(410);
    }

    @Test
    void archiveThatACrashCutsOffBeforeItTookEffectTakesNothingAlong() throws Exception {
        Map<String, String> former = family.all();
        killAt(1, false);
        assertThat(gateway.send("PATCH", user, ARCHIVE, "Content-Type", "application/json"))
                .isEmpty();
        behave();

        gateway.startAgain();
        await().atMost(PATIENCE).until(() -> status("GET", user) == 200);
        tree.forEach(path -> assertThat(status("GET", path)).as(path).isEqualTo(200));
        assertThat(family.all()).isEqualTo(former);
        assertThat(gateway.send("PATCH", user, ARCHIVE, "Content-Type", "application/json")
                        .orElseThrow()
                        .statusCode())
                .isEqualTo(200);
        assertThat(tree).allMatch(family::isMarked);
    }

    @ParameterizedTest
    @CsvSource({"4, true", "7, true"})
    void restoreThatACrashCutsOffIsFinishedExactly(int write, boolean takesEffect) throws Exception {
        Map<String, String> former = family.all();
        assertThat(status("DELETE", user)).isEqualTo(204);
        killAt(write, takesEffect);
        assertThat(gateway.send("POST", user + ":undelete")).isEmpty();
        assertThat(kills).hasValue(1);
        behave();

        gateway.startAgain();
        await().atMost(PATIENCE).until(() -> tree.stream().noneMatch(family::isMarked));
        await().atMost(PATIENCE).until(() -> tree.stream().allMatch(path -> status("GET", path) == 200));
        assertThat(family.all()).isEqualTo(former);
        assertThat(status("GET", before)).isEqualTo(410);
        assertThat(status("DELETE", user)).isEqualTo(204);
    }

    /** The item itself stayed in the trash: its restore is asked for again, and brings back all that went with it. */
    @Test
    void restoreThatACrashCutsOffBeforeItTookEffectIsAskedForAgain() throws Exception {
        Map<String, String> former = family.all();
        assertThat(status("DELETE", user)).isEqualTo(204);
        killAt(1, false);
        assertThat(gateway.send("POST", user + ":undelete")).isEmpty();
        behave();

        gateway.startAgain();
        await().atMost(PATIENCE).until(() -> status("POST", user + ":undelete") == 200);
        assertThat(family.all()).isEqualTo(former);
        assertThat(status("GET", before)).isEqualTo(410);
    }

    private int status(String method, String path) {
        return gateway.send(method, path).orElseThrow().statusCode();
    }

    private void killAt(int number, boolean takesEffect) {
        each((upstream, path) -> upstream.on("PATCH", path, (request, well) -> {
            if (writes.incrementAndGet() != number) {
                return kills.get() == 0 ? Mono.fromSupplier(well) : Mono.never();
            }
            kills.incrementAndGet();
            if (takesEffect) {
                var unused = well.get();
            }
            gateway.kill();
            return Mono.just(Reply.RESET);
        }));
    }

    private void behave() {
        each((upstream, path) -> upstream.behave("PATCH", path));
    }

    private void each(BiConsumer<ItemUpstream, String> change) {
        for (String path : tree) {
            Optional<String> atShop = family.shop.item(path);
            change.accept(atShop.isPresent() ? family.shop : family.billing, path);
        }
    }
}
