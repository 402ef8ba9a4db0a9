package dev.cenotaph.gateway.tombstone;

import static dev.cenotaph.gateway.tombstone.TestTombstones.KEY;
import static dev.cenotaph.gateway.tombstone.TestTombstones.LEASE;
import static dev.cenotaph.gateway.tombstone.TestTombstones.TRACE;
import static dev.cenotaph.gateway.tombstone.TestTombstones.get;
import static dev.cenotaph.gateway.tombstone.TestTombstones.granted;
import static dev.cenotaph.gateway.tombstone.TestTombstones.order;
import static dev.cenotaph.gateway.tombstone.Tombstone.State.PENDING;
import static dev.cenotaph.gateway.tombstone.Tombstone.State.PURGING;
import static dev.cenotaph.gateway.tombstone.Tombstone.State.RESTORING;
import static dev.cenotaph.gateway.tombstone.Tombstone.State.TRASHED;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * I5 tries to be broken: an answer of the upstream that is older than a change must not undo it. In each row a request is
 * sent at one step of a story and its answer, with or without the marker, is learned at a later one.
 */
class TombstoneLearningTest {

    @ParameterizedTest(name = "{0}, sent after {1}, learned after {2}: {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                // story             | sent after | learned after | answer  | trashed then
                // A slow GET sent before a restore must not trash the item again.
                "restore            | nothing    | forget        | trashed | no",
                "restore            | begin      | forget        | trashed | no",
                "restore            | commit     | forget        | trashed | no",
                "restore            | claim      | forget        | trashed | no",
                "restore            | forget     | forget        | trashed | yes",
                // A slow list sent before a delete must not drop the tombstone.
                "restore            | nothing    | begin         | live    | no",
                "restore            | nothing    | commit        | live    | yes",
                "restore            | begin      | commit        | live    | yes",
                "restore            | commit     | commit        | live    | no",
                // While a restore is under way nobody's reading decides.
                "restore            | commit     | claim         | live    | yes",
                "restore            | claim      | claim         | live    | yes",
                "restore            | claim      | claim         | trashed | yes",
                // A restore that the upstream refused leaves it trashed; what was seen before that tells nothing.
                "refused restore    | commit     | release       | live    | yes",
                "refused restore    | claim      | release       | live    | yes",
                "refused restore    | release    | release       | live    | no",
                // A deletion under way, and one that the upstream refused.
                "refused delete     | nothing    | begin         | trashed | no",
                "refused delete     | nothing    | release       | trashed | no",
                "refused delete     | begin      | release       | trashed | no",
                "refused delete     | release    | release       | trashed | yes",
                // Learned in both directions, by others meanwhile.
                "learned            | nothing    | learnTrashed  | live    | yes",
                "learned            | nothing    | learnLive     | trashed | no",
                "learned            | learnTrashed | learnLive   | trashed | no",
                "learned            | learnLive  | learnLive     | trashed | yes",
            })
    void olderAnswerUndoesNoChange(
            String story,
            String sentAfter,
            String learnedAfter,
            String answer,
            String trashed,
            @TempDir Path directory) {
        for (StoreUnderTest store : StoreUnderTest.values()) {
            for (boolean restarted : new boolean[] {false, true}) {
                Path own = directory.resolve("restarted-" + restarted);
                try (TestTombstones test = new TestTombstones(store, own)) {
                    Story told = new Story(test);
                    told.until(story, sentAfter);
                    long observed = test.tombstones().observe();
                    told.until(story, learnedAfter);
                    if (restarted) {
                        test.restart();
                    }
                    learn(test, observed, answer);
                    assertThat(test.tombstones().isTrashed(KEY) ? "yes" : "no")
                            .as("%s, restarted: %s", store, restarted)
                            .isEqualTo(trashed);
                }
            }
        }
    }

    /** Until its process ends, it alone knows whether its write has arrived. */
    @EveryStore
    void intentIsSettledByAnAnswerOnceItsOwnerIsGone(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            test.bring(KEY, PENDING);
            assertThat(test.tombstones()
                            .learnTrashed(test.tombstones().observe(), test.deletion(KEY))
                            .blockOptional())
                    .isEmpty();
            test.restart();
            test.clock.pass(LEASE);
            assertThat(get(test.tombstones().learnTrashed(test.tombstones().observe(), test.deletion(KEY)))
                            .state())
                    .isEqualTo(TRASHED);
        }
    }

    private static void learn(TestTombstones test, long observed, String answer) {
        if (answer.equals("trashed")) {
            test.tombstones().learnTrashed(observed, test.deletion(KEY)).block();
        } else {
            test.tombstones().learnLive(observed, KEY, TRACE).block();
        }
    }

    @EveryStore
    void changesOfOtherItemsDoNotStandInTheWay(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            long observed = test.tombstones().observe();
            test.bring(order("8"), TRASHED);

            Tombstone learned = get(test.tombstones().learnTrashed(observed, test.deletion(KEY)));

            assertThat(learned.state()).isEqualTo(TRASHED);
            assertThat(test.find(KEY)).contains(learned);
        }
    }

    @EveryStore
    void momentGoesOnAcrossARestart(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            test.bring(KEY, RESTORING);
            long before = test.tombstones().observe();
            test.restart();
            assertThat(test.tombstones().observe()).isEqualTo(before);
        }
    }

    @EveryStore
    void answerFromBeforeASweepIsNotBelieved(StoreUnderTest store, @TempDir Path directory) throws Exception {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            Tombstone restoring = test.bring(KEY, RESTORING);
            long observed = test.tombstones().observe();
            test.tombstones().forget(restoring, TRACE).block();
            test.clock.pass(Duration.ofHours(2));
            test.restart();
            assertThat(test.rows("SELECT id FROM tombstone")).isEmpty();

            assertThat(test.tombstones()
                            .learnTrashed(observed, test.deletion(KEY))
                            .blockOptional())
                    .isEmpty();
            assertThat(test.tombstones()
                            .learnTrashed(test.tombstones().observe(), test.deletion(KEY))
                            .blockOptional())
                    .isPresent();
        }
    }

    @EveryStore
    void whatIsForgottenIsSweptWhileWorkGoesOn(StoreUnderTest store, @TempDir Path directory) throws Exception {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            for (int item = 0; item < 300; item++) {
                test.bring(order("old-" + item), Optional.empty());
            }
            test.clock.pass(Duration.ofHours(2));
            for (int item = 0; item < 200; item++) {
                test.bring(order("new-" + item), Optional.empty());
            }
            assertThat(test.rows("SELECT count(*) FROM tombstone")).containsExactly("200");
            assertThat(test.rows("SELECT count(*) FROM audit")).containsExactly("1000");
        }
    }

    @EveryStore
    void abandonedIntentIsSettledByAnUpstreamThatShowsTheMarker(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            long before = test.tombstones().observe();
            Tombstone abandoned = test.bring(KEY, PENDING);
            long after = test.tombstones().observe();
            test.clock.pass(LEASE);
            Deletion seen = test.deletion(KEY, "seen");

            assertThat(test.tombstones().learnTrashed(before, seen).blockOptional())
                    .isEmpty();
            Tombstone settled = get(test.tombstones().learnTrashed(after, seen));

            assertThat(settled.state()).isEqualTo(TRASHED);
            assertThat(settled.deletionId()).isEqualTo(abandoned.deletionId());
            assertThat(settled.deleteTime()).isEqualTo(abandoned.deleteTime());
            assertThat(settled.former()).isEqualTo(abandoned.former());
        }
    }

    @EveryStore
    void learningWhatIsKnownWritesNothing(StoreUnderTest store, @TempDir Path directory) throws Exception {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            Tombstone purging = test.bring(KEY, PURGING);
            int lines = test.audit().size();

            assertThat(get(test.tombstones().learnTrashed(test.tombstones().observe(), test.deletion(KEY))))
                    .isEqualTo(purging);
            test.tombstones().learnLive(test.tombstones().observe(), KEY, TRACE).block();
            test.tombstones()
                    .learnLive(test.tombstones().observe(), order("8"), TRACE)
                    .block();

            assertThat(test.audit()).hasSize(lines);
        }
    }

    /** Deletes, and what follows. */
    private static final class Story {
        private final TestTombstones test;
        private String at = "nothing";
        private Optional<Tombstone> claimed = Optional.empty();

        Story(TestTombstones test) {
            this.test = test;
        }

        void until(String story, String step) {
            while (!at.equals(step)) {
                at = next(story);
            }
        }

        private String next(String story) {
            StoredTombstones tombstones = test.tombstones();
            return switch (story + " " + at) {
                case "learned nothing" -> {
                    tombstones
                            .learnTrashed(tombstones.observe(), test.deletion(KEY))
                            .block();
                    yield "learnTrashed";
                }
                case "learned learnTrashed" -> {
                    tombstones.learnLive(tombstones.observe(), KEY, TRACE).block();
                    yield "learnLive";
                }
                case "restore nothing", "refused restore nothing", "refused delete nothing" -> {
                    claimed = Optional.of(granted(tombstones.begin(test.deletion(KEY))));
                    yield "begin";
                }
                case "restore begin", "refused restore begin" -> {
                    tombstones.commit(claimed.orElseThrow(), TRACE).block();
                    yield "commit";
                }
                case "restore commit", "refused restore commit" -> {
                    claimed = Optional.of(granted(tombstones.claim(KEY, RESTORING, TRACE)));
                    yield "claim";
                }
                case "restore claim" -> {
                    tombstones.forget(claimed.orElseThrow(), TRACE).block();
                    yield "forget";
                }
                case "refused restore claim", "refused delete begin" -> {
                    tombstones
                            .release(claimed.orElseThrow(), "upstream said no", TRACE)
                            .block();
                    yield "release";
                }
                default -> throw new IllegalArgumentException(story + " " + at);
            };
        }
    }
}
