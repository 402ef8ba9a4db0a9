package dev.cenotaph.load;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Command line options, spelt {@code --name value} or {@code --name=value}. */
public final class Arguments {
    private static final int HIGHEST_PORT = 65_535;

    private final Map<String, String> values;

    private Arguments(Map<String, String> values) {
        this.values = values;
    }

    /** @throws IllegalArgumentException for a name that is not known, or one without a value */
    public static Arguments parse(Set<String> known, String... arguments) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            String[] option = arguments[i].split("=", 2);
            if (!known.contains(option[0])) {
                throw new IllegalArgumentException("unknown option " + option[0] + "; known are "
                        + String.join(", ", known.stream().sorted().toList()));
            }
            if (option.length == 1 && ++i == arguments.length) {
                throw new IllegalArgumentException(option[0] + " needs a value");
            }
            values.put(option[0], option.length == 2 ? option[1] : arguments[i]);
        }
        return new Arguments(values);
    }

    public String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    public int port(String name, int otherwise) {
        return number(name, otherwise, HIGHEST_PORT);
    }

    /** @throws IllegalArgumentException if the value is no whole number from 0 to {@code highest} */
    public int number(String name, int otherwise, int highest) {
        String value = text(name, Integer.toString(otherwise));
        try {
            int number = Integer.parseInt(value);
            if (number >= 0 && number <= highest) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a number, not " + value, e);
        }
        throw new IllegalArgumentException(name + " must be from 0 to " + highest + ", not " + value);
    }
}
