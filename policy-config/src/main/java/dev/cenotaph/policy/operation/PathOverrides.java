package dev.cenotaph.policy.operation;

import java.util.Locale;
import java.util.Set;

/** The headers in which a request may name another path than its own, as IIS, Symfony and Zend honour them. */
public final class PathOverrides {
    private static final Set<String> HEADERS = Set.of("x-original-url", "x-rewrite-url");

    private PathOverrides() {}

    /** Whether a header of this name overrides the path. */
    public static boolean isOverride(String headerName) {
        // Asked of each header of each request; hardly one has the length.
        return (headerName.length() == 13 || headerName.length() == 14)
                && HEADERS.contains(headerName.toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
