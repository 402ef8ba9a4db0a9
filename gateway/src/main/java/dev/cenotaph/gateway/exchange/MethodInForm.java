package dev.cenotaph.gateway.exchange;

import dev.cenotaph.policy.operation.MethodOverrides;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The {@code _method} fields of a form, or of a query, which is written the same. */
public final class MethodInForm {
    private MethodInForm() {}

    public static List<String> methods(String body) {
        var methods = new ArrayList<String>();
        for (String pair : body.split("[&;]")) {
            int equals = pair.indexOf('=');
            if (MethodOverrides.isParameter(equals < 0 ? pair : pair.substring(0, equals))) {
                methods.add(
                        equals < 0 ? "" : decoded(pair.substring(equals + 1)).strip());
            }
        }
        return methods;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
