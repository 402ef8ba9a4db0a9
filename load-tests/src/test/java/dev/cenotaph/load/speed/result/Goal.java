package dev.cenotaph.load.speed.result;

import java.util.OptionalDouble;

/**
 * What is aimed at, and what came of it.
 *
 * @param unit behind the figures, as in {@code ×}
 */
public record Goal(String what, String against, OptionalDouble measured, Bound bound, double goal, String unit) {

    /** On which side of the goal a figure has to be. */
    public enum Bound {
        AT_LEAST,
        AT_MOST
    }

    /** How it went. */
    public enum Verdict {
        MET,
        MISSED,
        NOT_MEASURED
    }

    public Verdict verdict() {
        if (measured.isEmpty()) {
            return Verdict.NOT_MEASURED;
        }
        double figure = measured.getAsDouble();
        boolean met = switch (bound) {
            case AT_LEAST -> figure >= goal;
            case AT_MOST -> figure <= goal;
        };
        return met ? Verdict.MET : Verdict.MISSED;
    }
}
