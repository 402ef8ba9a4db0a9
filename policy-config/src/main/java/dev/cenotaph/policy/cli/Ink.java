package dev.cenotaph.policy.cli;

import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** Colours, where there is somebody to see them. */
final class Ink {
    private final Ansi ansi;

    Ink(boolean coloured) {
        this.ansi = coloured ? Ansi.ON : Ansi.OFF;
    }

    /** Coloured on a terminal, unless {@code NO_COLOR} is set. */
    static Ink ofProcess() {
        return new Ink(Ansi.AUTO.enabled());
    }

    Ansi ansi() {
        return ansi;
    }

    String strong(String text) {
        return styled(text, Style.bold);
    }

    String faint(String text) {
        return styled(text, Style.faint);
    }

    String good(String text) {
        return styled(text, Style.fg_green);
    }

    String bad(String text) {
        return styled(text, Style.bold, Style.fg_red);
    }

    String warning(String text) {
        return styled(text, Style.bold, Style.fg_yellow);
    }

    private String styled(String text, Style... styles) {
        return ansi.enabled() ? Style.on(styles) + text + Style.reset.on() : text;
    }
}
