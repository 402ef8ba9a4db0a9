package dev.cenotaph.gateway.tombstone;

import static dev.cenotaph.gateway.tombstone.TestTombstones.KEY;
import static dev.cenotaph.gateway.tombstone.TestTombstones.LEASE;
import static dev.cenotaph.gateway.tombstone.TestTombstones.TRACE;
import static dev.cenotaph.gateway.tombstone.TestTombstones.get;
import static dev.cenotaph.gateway.tombstone.Tombstone.State.PENDING;
import static dev.cenotaph.gateway.tombstone.Tombstone.State.PURGING;
import static dev.cenotaph.gateway.tombstone.Tombstone.State.RESTORING;
import static dev.cenotaph.gateway.tombstone.Tombstone.State.TRASHED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.tombstone.Tombstone.State;
import dev.cenotaph.policy.match.ItemKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

/** Every wish in every state, before and after the lease has run out. */
class TombstoneTransitionsTest {

    @ParameterizedTest
    @CsvSource({
        // state,   lease,   begin,          restore, purge,   trash learned, live learned
        "never,     none,    Granted,        Absent,  Absent,  learned,       nothing",
        "forgotten, none,    Granted,        Absent,  Absent,  learned,       nothing",
        "PENDING,   running, Busy,           Busy,    Busy,    refused,       nothing",
        "PENDING,   over,    Granted,        Busy,    Busy,    learned,       nothing",
        "TRASHED,   none,    AlreadyTrashed, Granted, Granted, stands,        forgotten",
        "RESTORING, running, Busy,           Busy,    Busy,    stands,        nothing",
        "RESTORING, over,    AlreadyTrashed, Granted, Granted, stands,        nothing",
        "PURGING,   running, Busy,           Busy,    Busy,    stands,        nothing",
        "PURGING,   over,    AlreadyTrashed, Granted, Granted, stands,        nothing",
    })
    void everyWishGetsItsAnswer(
            String state,
            String lease,
            String begin,
            String restore,
            String purge,
            String learnTrashed,
            String learnLive,
            @TempDir Path directory) {
        for (StoreUnderTest store : StoreUnderTest.values()) {
            try (TestTombstones test = new TestTombstones(store, directory)) {
                String[] wishes = {"begin", "restore", "purge", "trashed", "live"};
                String[] answers = {begin, restore, purge, learnTrashed, learnLive};
                for (int wish = 0; wish < wishes.length; wish++) {
                    var key = TestTombstones.order(wishes[wish]);
                    Optional<Tombstone> before = prepare(test, key, state);
                    if (lease.equals("over")) {
                        test.clock.pass(LEASE);
                    }
                    assertThat(answer(test, key, wishes[wish], before))
                            .as("%s: %s in %s with lease %s", store, wishes[wish], state, lease)
                            .isEqualTo(answers[wish]);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING,   commit,  TRASHED",
        "PENDING,   release, none",
        "PENDING,   forget,  IllegalArgumentException",
        "TRASHED,   commit,  IllegalArgumentException",
        "TRASHED,   release, IllegalArgumentException",
        "TRASHED,   forget,  IllegalArgumentException",
        "RESTORING, commit,  IllegalArgumentException",
        "RESTORING, release, TRASHED",
        "RESTORING, forget,  none",
        "PURGING,   commit,  IllegalArgumentException",
        "PURGING,   release, TRASHED",
        "PURGING,   forget,  none",
    })
    void everyClaimIsSettledAsItCanBe(State state, String settle, String outcome, @TempDir Path directory) {
        for (StoreUnderTest store : StoreUnderTest.values()) {
            try (TestTombstones test = new TestTombstones(store, directory)) {
                Tombstone claimed = test.bring(KEY, state);
                boolean goneBefore = test.tombstones().isTrashed(KEY);
                if (outcome.endsWith("Exception")) {
                    assertThat(failure(settle(test, claimed, settle))).isEqualTo(outcome);
                    assertThat(test.tombstones().isTrashed(KEY)).isEqualTo(goneBefore);
                    continue;
                }
                settle(test, claimed, settle).block();
                assertThat(test.find(KEY).map(Tombstone::state).map(State::name).orElse("none"))
                        .isEqualTo(outcome);
                assertThat(test.tombstones().isTrashed(KEY)).isEqualTo(outcome.equals("TRASHED"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"PENDING", "RESTORING", "PURGING"})
    void claimThatWasTakenOverCannotBeSettledAnyMore(State state, @TempDir Path directory) {
        for (StoreUnderTest store : StoreUnderTest.values()) {
            try (TestTombstones test = new TestTombstones(store, directory)) {
                Tombstone claimed = test.bring(KEY, state);
                test.clock.pass(LEASE);
                Tombstone takenOver = TestTombstones.granted(
                        state == PENDING
                                ? test.tombstones().begin(test.deletion(KEY))
                                : test.tombstones().claim(KEY, state, TRACE));
                for (String settle : new String[] {"commit", "release", "forget"}) {
                    if (failure(settle(test, claimed, settle)).equals("IllegalArgumentException")) {
                        continue;
                    }
                    assertThat(failure(settle(test, claimed, settle))).isEqualTo("StaleClaimException");
                }
                settle(test, takenOver, state == PENDING ? "commit" : "forget").block();
                assertThat(test.tombstones().isTrashed(KEY)).isEqualTo(state == PENDING);
            }
        }
    }

    @EveryStore
    void retentionOfAnAbandonedIntentBeginsWhenItIsSettled(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            var committed = TestTombstones.order("committed");
            var learned = TestTombstones.order("learned");
            Tombstone pending = test.bring(committed, PENDING);
            test.bring(learned, PENDING);
            test.clock.pass(Duration.ofDays(40));
            Tombstone late = get(test.tombstones().commit(pending, TRACE));
            assertThat(late.purgeTime()).contains(test.clock.instant().plus(Duration.ofDays(30)));
            assertThat(late.deleteTime()).isEqualTo(pending.deleteTime());
            long observed = test.tombstones().observe();
            Tombstone seen = get(test.tombstones().learnTrashed(observed, test.deletion(learned)));
            assertThat(seen.purgeTime()).contains(test.clock.instant().plus(Duration.ofDays(30)));
        }
    }

    @EveryStore
    void claimOfAnEarlierTombstoneCannotSettleALaterOne(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            Tombstone first = test.bring(KEY, PENDING);
            test.tombstones().release(first, "upstream said no", TRACE).block();
            Tombstone second = test.bring(KEY, PENDING);

            assertThat(failure(test.tombstones().commit(first, TRACE))).isEqualTo("StaleClaimException");
            assertThat(second.version()).isEqualTo(first.version() + 2);
            assertThat(get(test.tombstones().commit(second, TRACE)).state()).isEqualTo(TRASHED);
        }
    }

    @EveryStore
    void settlingTwiceFailsTheSecondTime(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            Tombstone restoring = test.bring(KEY, RESTORING);
            test.tombstones().forget(restoring, TRACE).block();

            assertThat(failure(test.tombstones().forget(restoring, TRACE))).isEqualTo("StaleClaimException");
            assertThat(failure(test.tombstones().release(restoring, "late", TRACE)))
                    .isEqualTo("StaleClaimException");
        }
    }

    @EveryStore
    void intentThatIsTakenOverKeepsWhatItKnew(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            Tombstone abandoned = test.bring(KEY, PENDING);
            test.clock.pass(LEASE);
            Deletion later = new Deletion(
                    KEY,
                    test.clock.instant(),
                    Optional.empty(),
                    "another",
                    Optional.of("\"trashed\""),
                    new Trace(Optional.of("bob"), "request-2", "policy-2"));

            Tombstone taken = TestTombstones.granted(test.tombstones().begin(later));

            assertThat(taken)
                    .usingRecursiveComparison()
                    .ignoringFields("version", "revision", "purgeTime")
                    .isEqualTo(abandoned);
            assertThat(taken.version()).isEqualTo(abandoned.version() + 1);
            assertThat(taken.revision()).isGreaterThan(abandoned.revision());
        }
    }

    @EveryStore
    void noClaimLeadsToPendingOrTrashed(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            test.bring(KEY, TRASHED);
            for (State state : EnumSet.of(PENDING, TRASHED)) {
                assertThat(failure(test.tombstones().claim(KEY, state, TRACE))).isEqualTo("IllegalArgumentException");
            }
        }
    }

    @EveryStore
    void everyStateButPendingIsGone(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            for (State state : State.values()) {
                test.bring(TestTombstones.order(state.name()), state);
            }
            for (int start = 0; start < 2; start++) {
                for (State state : State.values()) {
                    var key = TestTombstones.order(state.name());
                    assertThat(test.tombstones().isTrashed(key))
                            .as(state.name())
                            .isEqualTo(state != PENDING);
                    assertThat(test.find(key).map(Tombstone::state))
                            .isEqualTo(state == PENDING ? Optional.empty() : Optional.of(state));
                }
                assertThat(test.tombstones().size()).isEqualTo(3);
                test.restart();
            }
        }
    }

    private static Optional<Tombstone> prepare(TestTombstones test, ItemKey key, String state) {
        return switch (state) {
            case "never" -> Optional.empty();
            case "forgotten" -> test.bring(key, Optional.empty());
            default -> Optional.of(test.bring(key, State.valueOf(state)));
        };
    }

    private static String answer(TestTombstones test, ItemKey key, String wish, Optional<Tombstone> before) {
        Tombstones tombstones = test.tombstones();
        return switch (wish) {
            case "begin" -> name(get(tombstones.begin(test.deletion(key))));
            case "restore" -> name(get(tombstones.claim(key, RESTORING, TRACE)));
            case "purge" -> name(get(tombstones.claim(key, PURGING, TRACE)));
            case "trashed" ->
                tombstones
                        .learnTrashed(tombstones.observe(), test.deletion(key))
                        .map(now -> before.equals(Optional.of(now)) ? "stands" : "learned")
                        .blockOptional()
                        .orElse("refused");
            default -> {
                boolean gone = tombstones.isTrashed(key);
                tombstones.learnLive(tombstones.observe(), key, TRACE).block();
                yield gone == tombstones.isTrashed(key) ? "nothing" : "forgotten";
            }
        };
    }

    private static Mono<?> settle(TestTombstones test, Tombstone claimed, String how) {
        return switch (how) {
            case "commit" -> test.tombstones().commit(claimed, TRACE);
            case "release" -> test.tombstones().release(claimed, "upstream said no", TRACE);
            default -> test.tombstones().forget(claimed, TRACE);
        };
    }

    private static String failure(Mono<?> mono) {
        return mono.materialize()
                .mapNotNull(signal -> signal.getThrowable())
                .map(thrown -> thrown.getClass().getSimpleName())
                .blockOptional()
                .orElse("none");
    }

    private static String name(Claim claim) {
        return claim.getClass().getSimpleName();
    }
}
