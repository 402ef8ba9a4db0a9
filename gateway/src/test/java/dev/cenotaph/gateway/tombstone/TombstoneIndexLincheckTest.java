package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.policy.match.ItemKey;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** Every answer is one that the index had at some moment between question and answer: Lincheck orders the threads' steps. */
@Param(name = "key", gen = IntGen.class, conf = "1:3")
public class TombstoneIndexLincheckTest {
    /** Full, so that the additions of a scenario make it grow. */
    private static final int ALREADY_THERE = 255;

    private final TombstoneIndex index = full();

    @Operation
    public boolean contains(@Param(name = "key") int key) {
        return index.contains(key(key));
    }

    @Operation
    public boolean add(@Param(name = "key") int key) {
        return index.add(key(key));
    }

    @Operation
    public boolean remove(@Param(name = "key") int key) {
        return index.remove(key(key));
    }

    @Test
    void isLinearizable() {
        new ModelCheckingOptions()
                .iterations(10)
                .invocationsPerIteration(100)
                .threads(2)
                .actorsPerThread(3)
                .check(TombstoneIndexLincheckTest.class);
    }

    private static TombstoneIndex full() {
        // Lincheck repeats a run step by step, so nothing may be left to chance.
        var index = new TombstoneIndex(new KeyHash(1, 2));
        for (int number = 0; number < ALREADY_THERE; number++) {
            index.add(key(-1 - number));
        }
        return index;
    }

    private static ItemKey key(int number) {
        return new ItemKey("orders", List.of(), Integer.toString(number));
    }
}
