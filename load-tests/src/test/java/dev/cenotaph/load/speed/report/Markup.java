package dev.cenotaph.load.speed.report;

import java.util.regex.Pattern;

/** Text inside HTML and SVG. */
final class Markup {
    private static final Pattern STRONG = Pattern.compile("\\*\\*([^*]+)\\*\\*");

    private Markup() {}

    /** Escapes, and turns Markdown's {@code **strong**} into an element. */
    static String text(String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return STRONG.matcher(escaped).replaceAll("<strong>$1</strong>");
    }
}
