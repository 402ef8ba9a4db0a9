package dev.cenotaph.load.speed;

import java.util.Arrays;
import java.util.Locale;

/** A part of a run. */
enum Part {
    /** The most that each target answers. */
    SATURATION,
    /** Latencies at half of what the bare gateway sustains. */
    HALF,
    /** A list of 1 GB through a gateway with a heap of 128 MB. */
    LONG_LIST,
    /** A policy set of 1,000 resources against one of a single resource. */
    POLICY_SET,
    /** Arrivals at a fixed rate, asked and reported by Gatling. */
    GATLING;

    /** @throws IllegalArgumentException for a name that is not known */
    static Part of(String option) {
        return Arrays.stream(values())
                .filter(part -> part.option().equals(option))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no part is called " + option + "; known are "
                        + Arrays.stream(values()).map(Part::option).toList()));
    }

    private String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
