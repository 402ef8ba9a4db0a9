package dev.cenotaph.policy.match;

import java.util.ArrayDeque;
import java.util.Deque;

/** The segments {@code .} and {@code ..}. */
final class DotSegments {
    private DotSegments() {}

    static boolean in(String path) {
        int at = path.indexOf("/.");
        while (at >= 0) {
            int end = path.indexOf('/', at + 1);
            if (isDots(path.substring(at + 1, end < 0 ? path.length() : end))) {
                return true;
            }
            at = path.indexOf("/.", at + 1);
        }
        return false;
    }

    private static boolean isDots(String segment) {
        return segment.equals(".") || segment.equals("..");
    }

    /** As RFC 3986 §5.2.4 does. */
    static String resolve(String path) {
        return rewrite(path, true);
    }

    /** As filters do that take them out without going up. */
    static String drop(String path) {
        return rewrite(path, false);
    }

    private static String rewrite(String path, boolean goUp) {
        if (!path.startsWith("/") || !in(path)) {
            return path;
        }
        Deque<String> kept = new ArrayDeque<>();
        String[] segments = path.substring(1).split("/", -1);
        for (String segment : segments) {
            if (goUp && segment.equals("..")) {
                kept.pollLast();
            }
            if (!isDots(segment)) {
                kept.addLast(segment);
            }
        }
        if (isDots(segments[segments.length - 1])) {
            kept.addLast("");
        }
        return "/" + String.join("/", kept);
    }
}
