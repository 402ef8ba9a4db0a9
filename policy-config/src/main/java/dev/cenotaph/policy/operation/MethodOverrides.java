package dev.cenotaph.policy.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ways in which a request may name another method than its own. Some servers read {@code _} in a header name as
 * {@code -}, so we do.
 */
public final class MethodOverrides {
    /** The query or form parameter that many frameworks honour. */
    public static final String PARAMETER = "_method";

    private static final Set<String> HEADERS =
            Set.of("x-http-method-override", "x-http-method", "x-method-override", "-method");
    // PHP takes a dot, a space and a bracket in a name for an underscore.
    private static final Pattern PARAMETER_NAME = Pattern.compile("[_. \\[]method", Pattern.CASE_INSENSITIVE);
    private static final Pattern ESCAPE = Pattern.compile("%(?:[uU]([0-9A-Fa-f]{4})|([0-9A-Fa-f]{2}))");
    private static final int DECODINGS = 4;

    private static final int SHORTEST = "-method".length();

    private MethodOverrides() {}

    /** Whether a header of this name overrides the method. */
    public static boolean isOverride(String headerName) {
        // Asked of each header of each governed request; hardly one ends like that.
        return headerName.length() >= SHORTEST
                && (endsWith(headerName, "method") || endsWith(headerName, "override"))
                && HEADERS.contains(headerName.toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** Whether some framework takes a parameter of this raw name for {@link #PARAMETER}, however often it decodes. */
    public static boolean isParameter(String rawName) {
        String name = rawName.replace('+', ' ');
        for (int i = 0; i < DECODINGS && name.indexOf('%') >= 0; i++) {
            name = ESCAPE.matcher(name).replaceAll(MethodOverrides::unescaped);
        }
        int end = name.indexOf('\0');
        return PARAMETER_NAME
                .matcher((end < 0 ? name : name.substring(0, end)).strip())
                .matches();
    }

    static List<String> named(RequestLine request, QueryParameters query) {
        var methods = new ArrayList<String>();
        for (String name : request.headerNames()) {
            if (isOverride(name)) {
                methods.addAll(request.header().apply(name));
            }
        }
        methods.addAll(query.methods());
        return methods;
    }

    private static boolean endsWith(String name, String end) {
        return name.regionMatches(true, name.length() - end.length(), end, 0, end.length());
    }

    private static String unescaped(MatchResult escape) {
        String digits = escape.group(1) == null ? escape.group(2) : escape.group(1);
        return Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(digits, 16)));
    }
}
