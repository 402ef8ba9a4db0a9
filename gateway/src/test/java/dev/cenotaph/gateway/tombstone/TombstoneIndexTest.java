package dev.cenotaph.gateway.tombstone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.policy.match.ItemKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TombstoneIndexTest {
    private static final int READERS = 3;

    private final TombstoneIndex index = new TombstoneIndex();

    /** A few keys come and go all the time; many fill the index, and are deleted again, so that it grows in between. */
    @ParameterizedTest
    @ValueSource(ints = {10, 1_000, 60_000})
    void doesAsASetDoes(int keys) {
        Set<ItemKey> model = new HashSet<>();
        var random = new Random(keys);
        for (int phase = 0; phase < 4; phase++) {
            // Mostly additions, mostly removals, in turn.
            int added = phase % 2 == 0 ? 9 : 1;
            for (int step = 0; step < 3 * keys; step++) {
                ItemKey key = key(random.nextInt(keys));
                if (random.nextInt(10) < added) {
                    assertThat(index.add(key)).isEqualTo(model.add(key));
                } else {
                    assertThat(index.remove(key)).isEqualTo(model.remove(key));
                }
                ItemKey other = key(random.nextInt(keys));
                assertThat(index.contains(other)).isEqualTo(model.contains(other));
            }
            assertSame(model, keys);
        }
        model.forEach(key -> assertThat(index.remove(key)).isTrue());
        assertSame(Set.of(), keys);
    }

    @Test
    void keyThatStaysIsAlwaysFoundAndOneThatNeverCameNever() throws Exception {
        int staying = 2_000;
        for (int number = 0; number < staying; number++) {
            index.add(key(number));
        }
        var done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
            List<Future<Integer>> readers = new ArrayList<>();
            for (int reader = 0; reader < READERS; reader++) {
                readers.add(threads.submit(reader(staying, done)));
            }
            // Grows from 16 buckets to 16,384 and churns at every size.
            int most = 200_000;
            for (int number = staying; number < most; number++) {
                index.add(key(number));
                if (number % 2 == 0) {
                    index.remove(key(number));
                }
            }
            for (int number = staying; number < most; number++) {
                index.remove(key(number));
            }
            done.set(true);
            for (Future<Integer> reader : readers) {
                assertThat(reader.get(30, TimeUnit.SECONDS)).isPositive();
            }
        }
        assertThat(index.size()).isEqualTo(staying);
    }

    private Callable<Integer> reader(int staying, AtomicBoolean done) {
        return () -> {
            var random = new Random();
            int lookups = 0;
            while (!done.get()) {
                ItemKey stays = key(random.nextInt(staying));
                ItemKey never = key(-1 - random.nextInt(1_000_000));
                if (!index.contains(stays) || index.contains(never)) {
                    throw new AssertionError("lost " + stays + " or found " + never);
                }
                lookups++;
            }
            return lookups;
        };
    }

    private void assertSame(Set<ItemKey> model, int keys) {
        for (int number = 0; number < keys; number++) {
            assertThat(index.contains(key(number))).isEqualTo(model.contains(key(number)));
        }
        assertThat(index.size()).isEqualTo(model.size());
        for (String resource : List.of("orders", "lines", "others")) {
            assertThat(index.size(resource))
                    .isEqualTo(model.stream()
                            .filter(key -> key.resource().equals(resource))
                            .count());
        }
    }

    private static ItemKey key(int number) {
        return number % 3 == 0
                ? new ItemKey("lines", List.of("order " + number / 30), "line " + number % 30)
                : new ItemKey("orders", List.of(), Integer.toString(number));
    }
}
