package dev.cenotaph.policy.cli;

/** The values of {@code --output}. */
enum OutputForm {
    TEXT;

    ReportForm form(Ink ink) {
        return switch (this) {
            case TEXT -> new TextForm(ink);
        };
    }
}
