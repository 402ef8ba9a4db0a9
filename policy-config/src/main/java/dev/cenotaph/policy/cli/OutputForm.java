package dev.cenotaph.policy.cli;

import java.util.Locale;

/** The values of {@code --output}. */
enum OutputForm {
    TEXT,
    JSON,
    GITHUB,
    SARIF,
    JUNIT;

    /** As people write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @param strict whether a warning counts as a failure */
    ReportForm form(Ink ink, boolean strict) {
        return switch (this) {
            case TEXT -> new TextForm(ink);
            case JSON -> new JsonForm();
            case GITHUB -> new GithubForm();
            case SARIF -> new SarifForm();
            case JUNIT -> new JunitForm(strict);
        };
    }
}
