package dev.cenotaph.policy.marker;

import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.json.JsonSpan.Kind;
import java.math.BigDecimal;

/** Comparing values as JSON means them. */
final class Scalars {
    /** Nothing that a policy names is longer; beyond it, text decides. */
    private static final int LONGEST_NUMBER = 100;

    private Scalars() {}

    /** Strings by what they say, numbers by their value, the rest by kind; objects and arrays equal nothing. */
    static boolean same(JsonSpan one, JsonSpan other) {
        if (one.kind() != other.kind()) {
            return false;
        }
        return switch (one.kind()) {
            case STRING -> one.text().equals(other.text());
            case NUMBER -> sameNumber(one.json(), other.json());
            case TRUE, FALSE, NULL -> true;
            case OBJECT, ARRAY -> false;
        };
    }

    /** As {@link #same}, and a string equals the number or boolean that it spells. */
    static boolean alike(JsonSpan one, JsonSpan other) {
        if (one.kind() == other.kind()) {
            return same(one, other);
        }
        boolean spelled = one.kind() == Kind.STRING || other.kind() == Kind.STRING;
        return spelled && isPlain(one) && isPlain(other) && one.text().equals(other.text());
    }

    private static boolean isPlain(JsonSpan value) {
        return switch (value.kind()) {
            case STRING, NUMBER, TRUE, FALSE -> true;
            case NULL, OBJECT, ARRAY -> false;
        };
    }

    private static boolean sameNumber(String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        if (one.length() > LONGEST_NUMBER || other.length() > LONGEST_NUMBER) {
            return false;
        }
        try {
            return new BigDecimal(one).compareTo(new BigDecimal(other)) == 0;
        } catch (NumberFormatException exponentTooLarge) {
            return false;
        }
    }
}
