package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.yaml.Scalar.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/** Scalars without quotes, by the core schema (YAML 1.2.2 §10.3): {@code no} is a text, {@code 0o17} a number. */
final class PlainScalars {
    private static final ScalarResolver CORE = new CoreScalarResolver(false);
    private static final int LONGEST_NUMBER = 100;

    private PlainScalars() {}

    static Scalar read(Position at, String text, Problems problems) {
        Tag tag = CORE.resolve(text, true);
        if (tag.equals(Tag.NULL)) {
            return new Scalar(at, Kind.NULL, "null");
        }
        if (tag.equals(Tag.BOOL)) {
            return new Scalar(at, Kind.BOOLEAN, text.toLowerCase(Locale.ROOT));
        }
        return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)
                ? number(at, text, problems)
                : new Scalar(at, Kind.TEXT, text);
    }

    private static Scalar number(Position at, String text, Problems problems) {
        try {
            if (text.length() <= LONGEST_NUMBER) {
                return new Scalar(at, Kind.NUMBER, json(text));
            }
        } catch (NumberFormatException e) {
            // Infinities, NaN and exponents past all bounds: told below.
        }
        String what = Wording.quoted(text) + " is no number in JSON.";
        problems.add(at, ProblemCode.INVALID_VALUE, what, "Put it in quotes if it shall be a text.");
        return new Scalar(at, Kind.TEXT, text);
    }

    private static String json(String text) {
        if (text.startsWith("0x")) {
            return new BigInteger(text.substring(2), 16).toString();
        }
        if (text.startsWith("0o")) {
            return new BigInteger(text.substring(2), 8).toString();
        }
        return new BigDecimal(text).toString();
    }
}
