package dev.cenotaph.load.speed.result;

import java.util.stream.DoubleStream;

/** The middle one of several figures, or the mean of the two in the middle. */
public final class Median {
    private Median() {}

    /** @throws IllegalArgumentException for no figures at all */
    public static double of(DoubleStream figures) {
        double[] sorted = figures.sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no figures");
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
