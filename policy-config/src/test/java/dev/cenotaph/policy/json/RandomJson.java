package dev.cenotaph.policy.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** JSON as odd as the grammar allows: white space anywhere, escapes, characters of all lengths, long numbers. */
public final class RandomJson {
    private static final List<String> SCALARS = List.of(
            "true",
            "false",
            "null",
            "0",
            "-0",
            "1.50",
            "1e5",
            "-12.0E-3",
            "12345678901234567890.123",
            "\"\"",
            "\"a\\\"b\\\\c\\/\"",
            "\"\\u00e9\\ud83d\\ude00\"",
            "\"é漢😀\"",
            "\"]}, [{\"",
            "\"2026-01-01\"");
    private static final List<String> NAMES =
            List.of("id", "a", "b", "items", "meta", "deleted", "é", "x\\ny", "\\u0061", "it\\u0065ms", "", "/", "~");
    private static final List<String> BLANKS = List.of("", "", "", " ", "\n", "\n  ", "\t", "\r\n ");

    private final Random random;

    public RandomJson(Random random) {
        this.random = random;
    }

    public String value(int depth) {
        int kind = random.nextInt(depth <= 0 ? 2 : 5);
        return switch (kind) {
            case 0, 1 -> pick(SCALARS);
            case 2 -> array(depth);
            default -> object(depth);
        };
    }

    public String array(int depth) {
        return list("[", "]", random.nextInt(4), () -> value(depth - 1));
    }

    /** An object; names are unique as raw text, not always as what they mean. */
    public String object(int depth) {
        var names = new ArrayList<>(NAMES);
        return list("{", "}", random.nextInt(5), () -> {
            String name = names.remove(random.nextInt(names.size()));
            return "\"" + name + "\"" + blank() + ":" + blank() + value(depth - 1);
        });
    }

    public String list(String open, String close, int size, Supplier<String> element) {
        var text = new StringBuilder(open).append(blank());
        for (int i = 0; i < size; i++) {
            if (i > 0) {
                text.append(blank()).append(',').append(blank());
            }
            text.append(element.get());
        }
        return text.append(blank()).append(close).toString();
    }

    public String blank() {
        return pick(BLANKS);
    }

    private String pick(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
