package dev.cenotaph.gateway.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The ways in which a request may name another method than its own. Some servers read {@code _} in a header name as
 * {@code -}, so we do.
 */
public final class MethodOverrides {
    /** The query or form parameter that many frameworks honour. */
    public static final String PARAMETER = "_method";

    private static final Set<String> HEADERS =
            Set.of("x-http-method-override", "x-http-method", "x-method-override", "-method");

    private MethodOverrides() {}

    /** Whether a header of this name overrides the method. */
    public static boolean isOverride(String headerName) {
        return HEADERS.contains(headerName.toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    static List<String> named(RequestLine request, QueryParameters query) {
        var methods = new ArrayList<String>();
        for (String name : request.headerNames()) {
            if (isOverride(name)) {
                methods.addAll(request.header().apply(name));
            }
        }
        methods.addAll(query.valuesIgnoringCase(PARAMETER));
        return methods;
    }
}
