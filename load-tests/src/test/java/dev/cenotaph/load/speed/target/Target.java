package dev.cenotaph.load.speed.target;

import java.util.Arrays;
import java.util.Locale;

/** What answers. */
public enum Target {
    UPSTREAM("upstream, directly"),
    BARE("bare Spring Cloud Gateway"),
    STRIPPING("Spring Cloud Gateway, ModifyResponseBody"),
    CENOTAPH("Cenotaph");

    private final String words;

    Target(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** As it is spelt on the command line. */
    public String option() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for a name that is not known */
    public static Target of(String option) {
        return Arrays.stream(values())
                .filter(target -> target.option().equals(option))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no target is called " + option + "; known are "
                        + Arrays.stream(values()).map(Target::option).toList()));
    }

    /** Whether lists lose what is trashed. */
    public boolean filters() {
        return this == STRIPPING || this == CENOTAPH;
    }

    /** Whether a DELETE trashes. */
    public boolean trashes() {
        return this == CENOTAPH;
    }
}
