package dev.cenotaph.gateway.exchange;

import dev.cenotaph.policy.operation.MethodOverrides;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Looks for a part named {@code _method} in a multipart body as it flows. What follows {@code Content-Disposition} up to an
 * empty line is taken for a part's header, wherever it stands: no two servers agree on where a part begins.
 */
final class MethodInMultipart {
    private static final String DISPOSITION = "content-disposition";
    // Longer than any header that a multipart parser takes.
    private static final int LONGEST = 64 * 1024;
    private static final Pattern EMPTY_LINE = Pattern.compile("\\n\\r?\\n|\\r\\r");
    private static final Pattern NAME = Pattern.compile(
            "(?<![\\w.-])name\\s*(\\*[\\d*]*)?\\s*=\\s*(\"[^\"]*|'[^'\\r\\n]*'(?=\\s*(?:;|$))|[^;\\s]*)");

    private final StringBuilder text = new StringBuilder();
    private boolean inHeader;

    /** Whether a header that ends in this piece of the body names the method. */
    boolean sees(String piece) {
        text.append(piece.toLowerCase(Locale.ROOT));
        while (true) {
            if (!inHeader && !enterHeader()) {
                return false;
            }
            int end = headerEnd();
            if (end < 0) {
                return false;
            }
            String header = text.substring(0, end).replace("\\", "");
            text.delete(0, end);
            inHeader = false;
            if (NAME.matcher(header).results().anyMatch(MethodInMultipart::isMethod)) {
                return true;
            }
        }
    }

    private boolean enterHeader() {
        int at = text.indexOf(DISPOSITION);
        inHeader = at >= 0;
        text.delete(0, inHeader ? at + DISPOSITION.length() : Math.max(0, text.length() - DISPOSITION.length()));
        return inHeader;
    }

    private int headerEnd() {
        var line = EMPTY_LINE.matcher(text);
        if (line.find()) {
            return line.start();
        }
        return text.length() < LONGEST ? -1 : text.length();
    }

    /** Names in pieces (RFC 2231) and encoded words (RFC 2047) have no place in a form: RFC 7578 §4.2 and §5.1. */
    private static boolean isMethod(MatchResult found) {
        String form = found.group(1) == null ? "" : found.group(1);
        String value = found.group(2).replaceAll("[\"\\s]", "");
        if (form.matches("\\*.*\\d.*") || value.startsWith("=?")) {
            return true;
        }
        String name = form.isEmpty() ? value : value.substring(value.lastIndexOf('\'') + 1);
        return MethodOverrides.isParameter(name.replace("'", ""));
    }
}
