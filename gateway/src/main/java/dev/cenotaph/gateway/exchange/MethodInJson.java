package dev.cenotaph.gateway.exchange;

import dev.cenotaph.policy.operation.MethodOverrides;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The {@code _method} members of a JSON object. */
final class MethodInJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern UNICODE_ESCAPE = Pattern.compile("\\\\u\\{?0*([0-9A-Fa-f]{2,4})}?");

    private MethodInJson() {}

    /** Fails with a 400 where the body is no JSON (RFC 8259), and a parser that forgives more might see a method in it. */
    static List<String> methods(byte[] body) {
        var methods = new ArrayList<String>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                read(parser, methods);
            }
            return methods;
        } catch (JacksonException e) {
            if (mightName(body)) {
                throw new Failure(Problem.of(
                        400, "method-override", "The body is no JSON, and some parser might see a method in it."));
            }
            return methods;
        }
    }

    private static void read(JsonParser parser, List<String> methods) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (MethodOverrides.PARAMETER.equalsIgnoreCase(name)) {
                methods.add(parser.getString());
            }
            parser.skipChildren();
        }
    }

    private static boolean mightName(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1).replace("\0", "");
        return UNICODE_ESCAPE
                .matcher(text)
                .replaceAll(escape ->
                        Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 16))))
                .toLowerCase(Locale.ROOT)
                .contains(MethodOverrides.PARAMETER);
    }
}
