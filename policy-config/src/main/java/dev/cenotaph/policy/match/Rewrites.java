package dev.cenotaph.policy.match;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What upstreams do to a path. Each leaves alone what it has nothing to do with. */
final class Rewrites {
    private static final Pattern LINE_BREAKS = Pattern.compile("[\t\r\n]+");
    private static final Pattern SLASHES = Pattern.compile("//+");
    private static final Pattern LAST_SLASHES = Pattern.compile("(?<=.)/+$");
    private static final Pattern PARAMETERS = Pattern.compile(";[^/]*");
    private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*:");
    private static final Pattern AUTHORITY = Pattern.compile("^//[^/]*");

    private Rewrites() {}

    static String cutAt(String path, char end) {
        int at = path.indexOf(end);
        return at < 0 ? path : path.substring(0, at);
    }

    static String dropLineBreaks(String path) {
        return LINE_BREAKS.matcher(path).replaceAll("");
    }

    static String collapseSlashes(String path) {
        return path.contains("//") ? SLASHES.matcher(path).replaceAll("/") : path;
    }

    static String dropLastSlashes(String path) {
        return path.endsWith("/") ? LAST_SLASHES.matcher(path).replaceAll("") : path;
    }

    static String stripParameters(String path) {
        return path.indexOf(';') < 0 ? path : PARAMETERS.matcher(path).replaceAll("");
    }

    static String addFirstSlash(String path) {
        return path.startsWith("/") ? path : "/" + path;
    }

    /** From the absolute form, {@code http://host/path}, or the network path, {@code //host/path}, to the path. */
    static String originForm(String path) {
        String local = SCHEME.matcher(path).replaceFirst("");
        Matcher authority = AUTHORITY.matcher(local);
        return authority.find() ? addFirstSlash(authority.replaceFirst("")) : local;
    }

    /** The raw bytes that a server hands on as ISO 8859-1, read as the UTF-8 that they are. */
    static String bytesAsUtf8(String path) {
        if (isAscii(path) || path.chars().anyMatch(letter -> letter > 0xFF)) {
            return path;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(path.getBytes(StandardCharsets.ISO_8859_1));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            return path;
        }
    }

    static boolean isAscii(String path) {
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    static String trimSegments(String path) {
        return eachSegment(path, Rewrites::trim);
    }

    /** As Windows does, and as upstreams do that trim what they read. */
    private static String trim(String segment) {
        String trimmed = segment.strip();
        if (trimmed.equals(".") || trimmed.equals("..")) {
            return trimmed;
        }
        int end = trimmed.length();
        while (end > 0 && (trimmed.charAt(end - 1) == '.' || trimmed.charAt(end - 1) == ' ')) {
            end--;
        }
        return trimmed.substring(0, end);
    }

    private static String eachSegment(String path, UnaryOperator<String> rewrite) {
        String[] segments = path.split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            segments[i] = rewrite.apply(segments[i]);
        }
        return String.join("/", segments);
    }
}
