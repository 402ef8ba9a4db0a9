package dev.cenotaph.load.speed;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How long a run takes, and how much its figures are worth. */
enum Form {
    /** A sign of life, and a guard against blunders. */
    SHORT(1, 1, 1),
    /** About twenty minutes. */
    NORMAL(3, 3, 3),
    /** An hour and a half, for figures to show. */
    LONG(10, 8, 7),
    /** The highest rate of each target, and no more. */
    SATURATION(5, 5, 5);

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
                .orElseThrow(() -> new IllegalArgumentException("no form is called " + option + "; known are "
                        + Arrays.toString(values()).toLowerCase(Locale.ROOT)));
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

    List<Part> parts() {
        return switch (this) {
            case SHORT -> List.of(Part.SATURATION, Part.HALF);
            case NORMAL, LONG -> List.of(Part.values());
            case SATURATION -> List.of(Part.SATURATION);
        };
    }
}
