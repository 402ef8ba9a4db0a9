package dev.cenotaph.gateway.listing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.policy.json.RandomJson;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The filter against {@link ListOracle}, wherever the chunks end. */
class ListFilterPropertyTest {
    private static final List<Optional<String>> ITEMS = List.of(Optional.empty(), Optional.of("items"));

    /** Rows, and documents with {@code @} where rows stand. */
    private static final List<String> ROWS = List.of(
            "{\"id\":1,\"status\":\"open\"}",
            "{\"id\":2,\"status\":\"archived\"}",
            "{\"id\":7}",
            "{\"id\":\"7\"}",
            "{\"id\":\"\\u0037\"}",
            "{\"\\u0069d\":7}",
            "{\"i\\u0064\":9,\"st\\u0061tus\":\"arch\\u0069ved\"}",
            "{\"id\":\"é\"}",
            "{\"id\":\"\\u00e9\",\"note\":\"\\ud83d\\ude00 \\ud83d\"}",
            "{\"id\":7,\"id\":1}",
            "{\"id\":1,\"id\":7}",
            "{\"id\":1,\"status\":\"archived\",\"status\":\"open\"}",
            "{\"id\":1,\"status\":\"open\",\"status\":\"archived\"}",
            "{\"id\":1,\"status\":{\"status\":\"archived\"}}",
            "{\"id\":1,\"status\":[\"archived\"],\"x\":{\"id\":7,\"status\":\"archived\"}}",
            "{\"status\":null}",
            "{\"id\":12345678901234567890123456789.5e+300,\"status\":-0.0E-0}",
            "{\"id\":1,\"a\":[],\"b\":{},\"c\":[[[]],{}],\"status\":\"open\"}",
            "{ \"id\" : 1 ,\n\t\"status\" : \"archived\" }",
            "{\"id\":1,\"status\":\"open\",\"note\":\"é漢😀 plain text that is longer than eight bytes\"}",
            "{\"id\":1,\"status\":\"open\",\"note\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00FF\"}",
            "{\"id\":1,\"status\":\"a\",\"\":{\"\":\"\"}}",
            "{\"id\":1,\"status\":\"a\",\"deep\":" + "[".repeat(70) + "{}" + "]".repeat(70) + "}",
            // Cannot be filtered:
            "{}",
            "{\"id\":\"\"}",
            "{\"id\":null}",
            "5",
            "null",
            "\"archived\"",
            "[{\"id\":1}]",
            "{\"id\":01}",
            "{\"id\":1.}",
            "{\"id\":-}",
            "{\"id\":1e}",
            "{\"id\":+1}",
            "{\"id\":.5}",
            "{\"id\":1,}",
            "{\"id\":1,,\"status\":1}",
            "{\"id\" 1}",
            "{id:1}",
            "{\"id\":tru}",
            "{\"id\":1,\"x\":nulL}",
            "{\"id\":1,\"x\":\"\t\"}",
            "{\"id\":1,\"x\":\"\\x\"}",
            "{\"id\":1,\"x\":\"\\u12g4\"}",
            "{\"id\":1]",
            "{\"id\":1",
            "{\"id\":1,\"deep\":" + "[".repeat(600) + "]".repeat(600) + "}");

    private static final List<String> DOCUMENTS = List.of(
            "[@]",
            "[@,@]",
            " [ @ , {\"id\":3} ,\n@ ] ",
            "[{\"id\":7},@,{\"id\":8},{\"id\":3}]",
            "\uFEFF[{\"id\":1,\"status\":\"open\"},@,{\"id\":1,\"status\":\"open\"}]",
            "{\"items\":[@]}",
            "{\"total\":2,\"items\":[@,{\"id\":7}],\"next\":null}",
            "{\"x\":{\"items\":[{\"id\":7}]},\"it\\u0065ms\":[{\"id\":7},@],\"items\":[@]}",
            "{\"items\":null,\"y\":[@]}",
            "[@}",
            "[@",
            "[@,]",
            "[@]]",
            "[@] x");

    private static final List<String> BODIES = List.of(
            "",
            " ",
            "[]",
            "[ ]",
            "{}",
            "null",
            "true",
            "7",
            "-0",
            "\"x\"",
            "{\"items\":[]}",
            "{\"items\":null}",
            "{\"items\":7}",
            "{\"items\":[],\"items\":{}}",
            "[][]",
            "[]\u0000",
            "nul",
            "12 ",
            "1e5",
            "\uFEFF",
            "\uFEFF[]");

    static Stream<byte[]> documents() {
        Stream<String> nested =
                DOCUMENTS.stream().flatMap(document -> ROWS.stream().map(row -> document.replace("@", row)));
        return Stream.concat(Stream.concat(BODIES.stream(), nested).map(text -> text.getBytes(UTF_8)), notUtf8());
    }

    /** Overlong forms, surrogates, beyond Unicode, lone and missing continuations. */
    private static Stream<byte[]> notUtf8() {
        return Stream.of(
                        "C0 80",
                        "C1 BF",
                        "E0 9F BF",
                        "ED A0 80",
                        "F0 8F BF BF",
                        "F4 90 80 80",
                        "F5 80 80 80",
                        "80",
                        "C3",
                        "E2 82",
                        "F0 9F 98",
                        "FF",
                        "FE",
                        "C3 22",
                        "E2 82 22")
                .map(hex -> {
                    var bytes = new ByteArrayOutputStream();
                    bytes.writeBytes("[{\"id\":1,\"note\":\"".getBytes(UTF_8));
                    Arrays.stream(hex.split(" ")).forEach(one -> bytes.write(Integer.parseInt(one, 16)));
                    bytes.writeBytes("........\"}]".getBytes(UTF_8));
                    return bytes.toByteArray();
                });
    }

    @Test
    void filterAndJacksonAgreeOnEveryDocumentAtEverySplit() {
        var random = new Random(5);
        documents().forEach(body -> ITEMS.forEach(items -> agreesAtEverySplit(body, items, random)));
    }

    @Test
    void rowsThatLookAlikeAreTakenForNothingElse() {
        var random = new Random(6);
        for (int round = 0; round < 400; round++) {
            var list = new StringJoiner(",", "[", "]");
            for (int row = 0; row < 6; row++) {
                String text = raw("{\"id\":%s,\"status\":%s,\"a\":{\"b\":[%s,2]},\"c\":%s}"
                        .formatted(
                                pick(random, "1", "7", "\"7\"", "\"x\"", "12345678901"),
                                pick(random, "\"open\"", "\"archived\"", "null", "\"arch\\u0069ved\"", "true"),
                                pick(random, "1", "\"é\"", "false", "-1.5e3"),
                                pick(random, "\"\"", "\"longer than eight bytes\"", "0")));
                list.add(random.nextInt(4) > 0 ? text : raw(changed(text.getBytes(ISO_8859_1), random, 1)));
            }
            agrees(list.toString().getBytes(ISO_8859_1), Optional.empty());
        }
    }

    @Test
    void changedDocumentsAreJudgedAsJacksonJudgesThem() {
        var random = new Random(7);
        var json = new RandomJson(random);
        List<byte[]> seeds = documents().toList();
        for (int round = 0; round < 15_000; round++) {
            byte[] seed = random.nextInt(3) == 0
                    ? ("[" + json.object(3) + "," + pick(random, ROWS.toArray(String[]::new)) + "]").getBytes(UTF_8)
                    : seeds.get(random.nextInt(seeds.size()));
            byte[] body = changed(seed, random, 1 + random.nextInt(3));
            ITEMS.forEach(items -> agrees(body, items, cuts(random, body.length)));
        }
    }

    private static void agreesAtEverySplit(byte[] body, Optional<String> items, Random random) {
        Optional<byte[]> expected = agrees(body, items);
        for (int cut = 0; cut <= body.length; cut++) {
            same(ListUnderTest.filtered(body, items, cut), expected, body);
        }
        for (int round = 0; round < 10; round++) {
            same(ListUnderTest.filtered(body, items, cuts(random, body.length)), expected, body);
        }
    }

    private static Optional<byte[]> agrees(byte[] body, Optional<String> items, int... cuts) {
        Optional<byte[]> expected = ListOracle.filtered(body, items);
        same(ListUnderTest.filtered(body, items, cuts), expected, body);
        return expected;
    }

    private static void same(Optional<byte[]> actual, Optional<byte[]> expected, byte[] body) {
        assertThat(text(actual)).as(() -> new String(body, UTF_8)).isEqualTo(text(expected));
    }

    private static String text(Optional<byte[]> body) {
        return body.map(bytes -> new String(bytes, UTF_8)).orElse("(cannot be filtered)");
    }

    /** A character a byte. */
    private static String raw(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    private static String raw(String text) {
        return raw(text.getBytes(UTF_8));
    }

    private static int[] cuts(Random random, int length) {
        return random.ints(random.nextInt(6), 0, length + 1).sorted().toArray();
    }

    private static byte[] changed(byte[] seed, Random random, int changes) {
        byte[] bytes = seed;
        for (int change = 0; change < changes; change++) {
            bytes = changed(bytes, random);
        }
        return bytes;
    }

    private static byte[] changed(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, at + 1 + random.nextInt(4));
        byte[] put = switch (random.nextInt(4)) {
            case 0 -> new byte[0];
            case 1 -> new byte[] {(byte) random.nextInt(256)};
            case 2 ->
                pick(random, "\"", "\\", ",", ":", "{", "}", "[", "]", "0", "-", "e", ".", " ", "null", "\\u00", "é")
                        .getBytes(UTF_8);
            default -> Arrays.copyOfRange(bytes, at, to);
        };
        boolean insert = random.nextBoolean();
        var all = new ByteArrayOutputStream();
        all.write(bytes, 0, at);
        all.writeBytes(put);
        int rest = insert ? at : to;
        all.write(bytes, rest, bytes.length - rest);
        return all.toByteArray();
    }

    private static String pick(Random random, String... from) {
        return from[random.nextInt(from.length)];
    }
}
