package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.JsonScalar;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The values that a key takes, and what each means. */
final class Choices<T> {
    private final Map<String, T> byText = new LinkedHashMap<>();
    private final Map<String, T> byNumber = new LinkedHashMap<>();
    private final Map<String, T> byBoolean = new LinkedHashMap<>();

    static <T> Choices<T> of(String text, T meaning) {
        return new Choices<T>().or(text, meaning);
    }

    static <T> Choices<T> of(int number, T meaning) {
        return new Choices<T>().or(number, meaning);
    }

    static <T> Choices<T> of(boolean truth, T meaning) {
        return new Choices<T>().or(truth, meaning);
    }

    Choices<T> or(boolean truth, T meaning) {
        byBoolean.put(Boolean.toString(truth), meaning);
        return this;
    }

    Choices<T> or(String text, T meaning) {
        byText.put(text, meaning);
        return this;
    }

    Choices<T> or(int number, T meaning) {
        byNumber.put(Integer.toString(number), meaning);
        return this;
    }

    Optional<T> read(String key, Scalar scalar, Problems problems) {
        var meaning = Optional.ofNullable(
                switch (scalar.kind()) {
                    case TEXT -> byText.get(scalar.text());
                    case NUMBER -> byNumber.get(plain(scalar.json()));
                    case BOOLEAN -> byBoolean.get(scalar.text());
                    case NULL -> null;
                });
        if (meaning.isEmpty()) {
            refuse(key, scalar, problems);
        }
        return meaning;
    }

    private void refuse(String key, Scalar scalar, Problems problems) {
        String what = Wording.quoted(key + ": " + scalar.text());
        problems.add(scalar.at(), ProblemCode.INVALID_VALUE, what + " means nothing.", mend(scalar));
    }

    private String mend(Scalar scalar) {
        if (byNumber.containsKey(scalar.text())) {
            return "Write " + scalar.text() + " without quotes.";
        }
        return scalar.isText()
                ? Wording.suggestion(scalar.text(), known())
                : "Write one of " + Wording.listed(known()) + ".";
    }

    private Set<String> known() {
        var known = new LinkedHashMap<String, T>(byNumber);
        known.putAll(byText);
        known.putAll(byBoolean);
        return known.keySet();
    }

    /** JSON Schema holds 204 and 204.0 for the same number; so do we. */
    private static String plain(JsonScalar number) {
        return new BigDecimal(number.json()).stripTrailingZeros().toPlainString();
    }
}
