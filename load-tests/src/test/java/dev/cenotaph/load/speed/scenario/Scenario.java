package dev.cenotaph.load.speed.scenario;

import java.util.Arrays;

/** What clients do. */
public enum Scenario {
    UNGOVERNED("ungoverned", "ungoverned GET"),
    LIVE("live", "governed live GET"),
    GONE("gone", "GET of a trashed item"),
    LIST_20("list-20", "list of 20"),
    LIST_100("list-100", "list of 100"),
    LIST_1000("list-1000", "list of 1,000"),
    DELETE("delete", "DELETE"),
    RESTORE("restore", "restore"),
    MIX("mix", "mix");

    private final String option;
    private final String words;

    Scenario(String option, String words) {
        this.option = option;
        this.words = words;
    }

    /** As it is spelt on the command line. */
    public String option() {
        return option;
    }

    public String words() {
        return words;
    }

    /** @throws IllegalArgumentException for a name that is not known */
    public static Scenario of(String option) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.option.equals(option))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no scenario is called " + option + "; known are "
                        + Arrays.stream(values()).map(Scenario::option).toList()));
    }
}
