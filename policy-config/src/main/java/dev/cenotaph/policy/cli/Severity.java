package dev.cenotaph.policy.cli;

import java.util.Locale;

/** How bad a finding is. */
enum Severity {
    /** It must be mended. */
    ERROR,
    /** It may be meant. */
    WARNING,
    /** It is good to know. */
    NOTE;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
