package dev.cenotaph.gateway.tombstone;

import static dev.cenotaph.gateway.tombstone.FormerBody.Kind.SNAPSHOT;
import static dev.cenotaph.gateway.tombstone.TestTombstones.KEY;
import static dev.cenotaph.gateway.tombstone.TestTombstones.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenotaph.gateway.tombstone.FormerBody.Origin;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who deleted something is known again, and nobody else is taken for him. */
class CallerMarksTest {
    private static final Caller ALICE = Caller.presenting(List.of(List.of("Bearer alice"), List.of()));
    private static final BodyKeys KEYS =
            BodyKeys.of(Map.of("k.1", Base64.getEncoder().encodeToString(new byte[32])), Optional.empty());

    @EveryStore
    void callerIsKnownAgainAfterARestart(StoreUnderTest store, @TempDir Path directory) {
        for (BodyKeys keys : List.of(BodyKeys.none(), KEYS)) {
            try (TestTombstones test = new TestTombstones(store, directory)) {
                test.restart(keys);
                get(bodies(test).keep(origin(), ALICE, "{}".getBytes(UTF_8)));
                test.restart(keys);
                assertThat(isKeptFor(test, Caller.presenting(List.of(List.of("Bearer alice"), List.of()))))
                        .isTrue();
                for (Caller other : List.of(
                        Caller.presenting(List.of(List.of("Bearer bob"), List.of())),
                        Caller.presenting(List.of(List.of(), List.of("Bearer alice"))),
                        Caller.presenting(List.of(List.of("Bearer alice", ""), List.of())),
                        Caller.presenting(List.of(List.of(), List.of())),
                        Caller.named("Bearer alice"))) {
                    assertThat(isKeptFor(test, other)).isFalse();
                }
                get(bodies(test).keep(origin(), Caller.named("bob"), "{}".getBytes(UTF_8)));
                assertThat(isKeptFor(test, Caller.named("bob"))).isTrue();
                assertThat(isKeptFor(test, ALICE)).as("of an older one").isFalse();
            }
        }
    }

    @EveryStore
    void bodyWithoutAMarkWasKeptForNobodyAndStillReads(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            get(bodies(test).keep(origin(), "{}".getBytes(UTF_8)));
            assertThat(isKeptFor(test, ALICE)).isFalse();
            assertThat(isKeptFor(test, Caller.presenting(List.of()))).isFalse();
            assertThat(get(bodies(test).latest(KEY, SNAPSHOT)).content()).isEqualTo("{}".getBytes(UTF_8));
        }
    }

    @EveryStore
    void markOfAnotherDoesNotPass(StoreUnderTest store, @TempDir Path directory) throws Exception {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            get(bodies(test).keep(origin(), ALICE, "{}".getBytes(UTF_8)));
            test.execute("UPDATE body SET caller = '" + new CallerMarks(BodyKeys.none()).of(Caller.named("eve")) + "'");
            assertThatThrownBy(() -> get(bodies(test).latest(KEY, SNAPSHOT))).isInstanceOf(BrokenBodyException.class);
        }
    }

    @Test
    void noTwoMarksAreAlikeAndNoneShowsTheCredentials() {
        var marks = new CallerMarks(KEYS);
        String one = marks.of(ALICE);
        assertThat(one).isNotEqualTo(marks.of(ALICE)).doesNotContain("alice").endsWith(".k.1");
        assertThat(marks.isOf(one, ALICE)).isTrue();
        assertThat(new CallerMarks(BodyKeys.none()).isOf(one, ALICE)).isFalse();
        assertThat(marks.isOf("garbage", ALICE)).isFalse();
    }

    private static boolean isKeptFor(TestTombstones test, Caller caller) {
        return get(bodies(test).isKeptFor(KEY, SNAPSHOT, caller));
    }

    private static Bodies bodies(TestTombstones test) {
        return test.tombstones().bodies();
    }

    private static Origin origin() {
        return new Origin(KEY, SNAPSHOT, Optional.of("deletion"), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
