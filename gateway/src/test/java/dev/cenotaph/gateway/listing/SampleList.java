package dev.cenotaph.gateway.listing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.Random;
import java.util.StringJoiner;

/** Lists of orders as services write them, some 300 bytes an item, every tenth of them trashed. */
public enum SampleList {
    /** All rows have the same members in the same order. */
    ALIKE {
        @Override
        String row(int number, Random random) {
            return """
                    {"id":%d,"number":"ORD-2026-%06d","status":"%s","customer":{"id":%d,"name":"%s",\
                    "email":"customer%d@example.org"},"total":%d.%02d,"currency":"EUR","lines":%d,\
                    "created_at":"2026-01-%02dT%02d:04:05Z","note":"%s","deleted_at":%s}""".formatted(
                            1_000_000 + number,
                            number,
                            random.nextBoolean() ? "shipped" : "open",
                            random.nextInt(100_000),
                            random.nextBoolean() ? "Ada Lovelace" : "Johann Sebastian Bach",
                            random.nextInt(100_000),
                            random.nextInt(2_000),
                            random.nextInt(100),
                            1 + random.nextInt(9),
                            1 + random.nextInt(28),
                            random.nextInt(24),
                            "Leave it at the door, please. ".repeat(random.nextInt(3)),
                            deletedAt(number));
        }
    },

    /** Members are absent, lists inside have any length, texts have escapes and characters beyond ASCII. */
    VARIED {
        @Override
        String row(int number, Random random) {
            var row = new StringJoiner(",", "{", "}");
            row.add("\"id\":\"o-%d\"".formatted(1_000_000 + number));
            row.add("\"number\":\"ORD-2026-%06d\"".formatted(number));
            if (random.nextBoolean()) {
                row.add("\"customer\":{\"id\":%d,\"name\":\"Jürgen Müller\",\"vip\":%b}"
                        .formatted(random.nextInt(100_000), random.nextBoolean()));
            }
            if (random.nextInt(3) == 0) {
                row.add("\"discount\":null,\"coupon\":\"SUMMER-%d\"".formatted(random.nextInt(100)));
            }
            var lines = new StringJoiner(",", "\"lines\":[", "]");
            for (int line = random.nextInt(4); line > 0; line--) {
                lines.add("{\"sku\":\"A-%d\",\"quantity\":%d,\"price\":%d.5}"
                        .formatted(random.nextInt(100_000), random.nextInt(10), random.nextInt(100)));
            }
            row.add(lines.toString());
            row.add("\"note\":\"%s\"".formatted("ring \\\"twice\\\"\\n".repeat(random.nextInt(3))));
            row.add("\"created_at\":\"2026-01-%02dT10:04:05Z\"".formatted(1 + random.nextInt(28)));
            if (number % 10 == 3 || random.nextBoolean()) {
                row.add("\"deleted_at\":" + deletedAt(number));
            }
            return row.toString();
        }
    };

    abstract String row(int number, Random random);

    /** A list with this many items, the same one every time. */
    public byte[] of(int items) {
        var random = new Random(items);
        var list = new StringJoiner(",", "[", "]");
        for (int number = 0; number < items; number++) {
            list.add(row(number, random));
        }
        return list.toString().getBytes(UTF_8);
    }

    private static String deletedAt(int number) {
        return number % 10 == 3 ? String.format(Locale.ROOT, "\"2026-02-03T04:05:%02dZ\"", number % 60) : "null";
    }
}
