package dev.cenotaph.load.speed;

import java.util.Arrays;
import java.util.Locale;

/** How long a run takes, and how much its figures are worth. */
enum Form {
    SHORT(2, 1, 1),
    NORMAL(5, 4, 3),
    LONG(10, 8, 7);

    private final int warmupSeconds;
    private final int seconds;
    private final int rounds;

    Form(int warmupSeconds, int seconds, int rounds) {
        this.warmupSeconds = warmupSeconds;
        this.seconds = seconds;
        this.rounds = rounds;
    }

    /** @throws IllegalArgumentException for a name that is not known */
    static Form of(String option) {
        return Arrays.stream(values())
                .filter(form -> form.name().toLowerCase(Locale.ROOT).equals(option))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no form is called " + option));
    }

    int warmupSeconds() {
        return warmupSeconds;
    }

    int seconds() {
        return seconds;
    }

    int rounds() {
        return rounds;
    }
}
