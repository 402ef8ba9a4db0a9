package dev.cenotaph.gateway.tombstone;

import static dev.cenotaph.gateway.tombstone.TestTombstones.LEASE;
import static dev.cenotaph.gateway.tombstone.TestTombstones.TRACE;
import static dev.cenotaph.gateway.tombstone.TestTombstones.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.tombstone.Tombstone.State;
import dev.cenotaph.policy.match.ItemKey;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** Thousands of random wishes, put to the store and to a model that is too simple to be wrong, with restarts between. */
class TombstoneModelTest {
    private static final int STEPS = 3_000;
    private static final List<ItemKey> KEYS = List.of(
            new ItemKey("orders", List.of(), "1"),
            new ItemKey("orders", List.of(), "2"),
            new ItemKey("orders", List.of("1"), "1"),
            new ItemKey("notes", List.of("a/b"), "x"));

    /** What the model holds of a key; {@code state} is empty once it is forgotten. */
    private record Row(Optional<State> state, Instant lease, String deletionId, long version, long changed) {
        Row withLease(Instant until) {
            return new Row(state, until, deletionId, version, changed);
        }
    }

    private final Map<ItemKey, Row> model = new HashMap<>();
    private final List<Tombstone> claims = new ArrayList<>();
    private final List<Long> moments = new ArrayList<>(List.of(0L));
    private long changes;

    @EveryStore
    void storeDoesAsTheModelSays(StoreUnderTest store, @TempDir Path directory) throws Exception {
        for (long seed = 1; seed <= 2; seed++) {
            run(store, directory.resolve("seed-" + seed), new Random(seed));
        }
    }

    private void run(StoreUnderTest store, Path directory, Random random) throws Exception {
        model.clear();
        claims.clear();
        moments.clear();
        moments.add(0L);
        changes = 0;
        try (TestTombstones test = new TestTombstones(store, directory)) {
            for (int step = 0; step < STEPS; step++) {
                String wish = step(store, test, random, step);
                assertSame(test, "step " + step + ", " + wish);
            }
            assertThat(test.rows("SELECT count(*) FROM audit")).containsExactly(String.valueOf(changes));
        }
    }

    private String step(StoreUnderTest store, TestTombstones test, Random random, int step) {
        ItemKey key = pick(KEYS, random);
        Instant now = test.clock.instant();
        Optional<Row> row = Optional.ofNullable(model.get(key));
        Optional<State> state = row.flatMap(Row::state);
        boolean leased = row.filter(held -> now.isBefore(held.lease())).isPresent();
        Deletion deletion = test.deletion(key, "deletion " + step);
        StoredTombstones tombstones = test.tombstones();
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> {
                String expected = state.map(held -> switch (held) {
                            case PENDING -> leased ? "Busy" : "Granted";
                            case TRASHED -> "AlreadyTrashed";
                            case RESTORING, PURGING -> leased ? "Busy" : "AlreadyTrashed";
                        })
                        .orElse("Granted");
                String id = state.isPresent() ? row.orElseThrow().deletionId() : deletion.deletionId();
                claimed(key, tombstones.begin(deletion), expected, State.PENDING, id, now);
                return "begin";
            }
            case 3, 4, 5 -> {
                State next = random.nextBoolean() ? State.RESTORING : State.PURGING;
                String expected = state.map(held -> switch (held) {
                            case PENDING -> "Busy";
                            case TRASHED -> "Granted";
                            case RESTORING, PURGING -> leased ? "Busy" : "Granted";
                        })
                        .orElse("Absent");
                claimed(key, tombstones.claim(key, next, TRACE), expected, next, id(row), now);
                return "claim " + next;
            }
            case 6, 7, 8 -> {
                return claims.isEmpty() ? "nothing to settle" : settle(tombstones, random);
            }
            case 9 -> {
                long observed = pick(moments, random);
                boolean gone = state.isPresent() && state.get() != State.PENDING;
                boolean learns = !gone
                        && !(state.isPresent() && leased)
                        && row.map(held -> observed >= held.changed()).orElse(true);
                Optional<Tombstone> learned =
                        tombstones.learnTrashed(observed, deletion).blockOptional();
                assertThat(learned.isPresent()).isEqualTo(gone || learns);
                if (learns) {
                    change(
                            key,
                            Optional.of(State.TRASHED),
                            Instant.MIN,
                            state.isPresent() ? id(row) : deletion.deletionId());
                }
                return "learn trashed";
            }
            case 10 -> {
                long observed = pick(moments, random);
                tombstones.learnLive(observed, key, TRACE).block();
                if (state.equals(Optional.of(State.TRASHED))
                        && observed >= row.orElseThrow().changed()) {
                    change(key, Optional.empty(), Instant.MIN, id(row));
                }
                return "learn live";
            }
            default -> {
                if (random.nextInt(20) == 0) {
                    test.restart();
                    if (store == StoreUnderTest.SQLITE) {
                        // No other process can hold a claim.
                        model.replaceAll((same, held) -> held.withLease(Instant.MIN));
                    }
                    return "restart";
                }
                moments.add(tombstones.observe());
                test.clock.pass(LEASE.dividedBy(1 + random.nextInt(10)));
                return "time passes";
            }
        }
    }

    private void claimed(ItemKey key, Mono<Claim> wish, String expected, State next, String deletionId, Instant now) {
        Claim claim = get(wish);
        assertThat(claim.getClass().getSimpleName()).isEqualTo(expected);
        if (claim instanceof Claim.Granted granted) {
            change(key, Optional.of(next), now.plus(LEASE), deletionId);
            claims.add(granted.tombstone());
        }
    }

    private String settle(StoredTombstones tombstones, Random random) {
        Tombstone claim = pick(claims, random);
        Row row = model.get(claim.key());
        boolean stands = row != null && row.changed() == claim.revision();
        boolean commits = claim.state() == State.PENDING && random.nextBoolean();
        boolean forgets = claim.state() != State.PENDING && random.nextBoolean();
        Mono<?> settling = commits
                ? tombstones.commit(claim, TRACE)
                : forgets ? tombstones.forget(claim, TRACE) : tombstones.release(claim, "no", TRACE);
        boolean settled = settling.then(Mono.just(true))
                .onErrorResume(StaleClaimException.class, stale -> Mono.just(false))
                .blockOptional()
                .orElseThrow();
        boolean committedByAnother = commits
                && row != null
                && row.state().equals(Optional.of(State.TRASHED))
                && row.deletionId().equals(claim.deletionId());
        assertThat(settled).isEqualTo(stands || committedByAnother);
        if (stands) {
            boolean trashed = commits || (!forgets && claim.state() != State.PENDING);
            change(
                    claim.key(),
                    trashed ? Optional.of(State.TRASHED) : Optional.empty(),
                    Instant.MIN,
                    claim.deletionId());
        }
        return commits ? "commit" : forgets ? "forget" : "release";
    }

    private void change(ItemKey key, Optional<State> state, Instant lease, String deletionId) {
        changes++;
        long version = Optional.ofNullable(model.get(key)).map(Row::version).orElse(0L) + 1;
        model.put(key, new Row(state, lease, deletionId, version, changes));
    }

    private void assertSame(TestTombstones test, String after) {
        StoredTombstones tombstones = test.tombstones();
        assertThat(tombstones.observe()).as(after).isEqualTo(changes);
        for (ItemKey key : KEYS) {
            Optional<Row> row = Optional.ofNullable(model.get(key)).filter(TombstoneModelTest::gone);
            assertThat(tombstones.isTrashed(key)).as(after).isEqualTo(row.isPresent());
            Optional<Row> found = test.find(key)
                    .map(tombstone -> new Row(
                            Optional.of(tombstone.state()),
                            row.map(Row::lease).orElse(Instant.MIN),
                            tombstone.deletionId(),
                            tombstone.version(),
                            tombstone.revision()));
            assertThat(found).as(after).isEqualTo(row);
            assertThat(trash(tombstones, key)).as(after).isEqualTo(row.isPresent());
        }
        for (String resource : List.of("orders", "notes", "others")) {
            long size = KEYS.stream()
                    .filter(key -> key.resource().equals(resource))
                    .filter(key -> Optional.ofNullable(model.get(key))
                            .filter(TombstoneModelTest::gone)
                            .isPresent())
                    .count();
            assertThat(tombstones.size(resource)).as(after).isEqualTo(size);
            assertThat(tombstones.anyTrashed(resource)).as(after).isEqualTo(size > 0);
        }
    }

    private static boolean trash(StoredTombstones tombstones, ItemKey key) {
        List<Tombstone> page = get(tombstones.page(key.resource(), key.parents(), 100, Optional.empty()))
                .tombstones();
        assertThat(page)
                .isSortedAccordingTo(Comparator.comparing(Tombstone::deleteTime).reversed());
        return page.stream().anyMatch(tombstone -> tombstone.key().equals(key));
    }

    private static boolean gone(Row row) {
        return row.state().filter(state -> state != State.PENDING).isPresent();
    }

    private static String id(Optional<Row> row) {
        return row.map(Row::deletionId).orElse("");
    }

    private static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
