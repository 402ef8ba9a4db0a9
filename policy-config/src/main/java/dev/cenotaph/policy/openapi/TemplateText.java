package dev.cenotaph.policy.openapi;

import dev.cenotaph.policy.PathTemplate;
import dev.cenotaph.policy.PathTemplate.Literal;
import dev.cenotaph.policy.PathTemplate.Segment;
import dev.cenotaph.policy.PathTemplate.Variable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** From the paths of OpenAPI to the templates of policies, which know one variable a segment, at its start. */
final class TemplateText {
    private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]+)}([^{}]*)");
    private static final String UNESCAPED =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,=:@";

    private TemplateText() {}

    /** The template; empty where a segment holds a variable behind a text, or two of them. */
    static Optional<PathTemplate> template(String path) {
        var segments = new ArrayList<Segment>();
        var names = new HashSet<String>();
        for (String text : path.substring(path.startsWith("/") ? 1 : 0).split("/", -1)) {
            var variable = VARIABLE.matcher(text);
            if (variable.matches()) {
                segments.add(new Variable(name(variable.group(1), names), encoded(variable.group(2))));
            } else if (text.contains("{") || text.contains("}")) {
                return Optional.empty();
            } else {
                segments.add(new Literal(encoded(text)));
            }
        }
        return Optional.of(of(segments));
    }

    static PathTemplate of(List<Segment> segments) {
        var text = new StringBuilder();
        for (Segment segment : segments) {
            text.append('/')
                    .append(
                            switch (segment) {
                                case Literal literal -> literal.text();
                                case Variable variable -> "{" + variable.name() + "}" + variable.suffix();
                            });
        }
        return new PathTemplate(text.toString(), segments);
    }

    private static String name(String given, Set<String> taken) {
        String clean = given.strip().replaceAll("[^A-Za-z0-9_]", "_");
        String start = clean.matches("[A-Za-z_].*") ? clean : "_" + clean;
        String name = start;
        for (int i = 2; !taken.add(name); i++) {
            name = start + i;
        }
        return name;
    }

    private static String encoded(String text) {
        var encoded = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("%", i) && text.substring(i).matches("(?s)%[0-9A-Fa-f]{2}.*")) {
                encoded.append(text.substring(i, i + 3).toUpperCase(Locale.ROOT));
                i += 2;
                continue;
            }
            int letter = text.codePointAt(i);
            if (letter < 128 && UNESCAPED.indexOf(letter) >= 0) {
                encoded.append((char) letter);
            } else {
                for (byte octet : Character.toString(letter).getBytes(StandardCharsets.UTF_8)) {
                    encoded.append("%%%02X".formatted(octet & 0xff));
                }
                i += Character.charCount(letter) - 1;
            }
        }
        return encoded.toString();
    }
}
