package dev.cenotaph.policy.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.json.JsonFactory;

class JsonScannerTest {
    private static final JsonFactory JACKSON = new JsonFactory();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                " [ ] ",
                "0",
                "-0",
                "10",
                "1.5",
                "1E5",
                "1e+5",
                "1.0e-7",
                "\"\"",
                "true",
                "false",
                "null ",
                "{\"a\":[1,{\"b\":null}],\"c\":\"\\u00e9\\n\"}",
                "\"\\ud800\"",
                "\uFEFF[1]",
                "[\"é\",\"漢\",\"😀\"]"
            })
    void wellFormedDocumentsPass(String json) {
        assertThat(isWellFormed(json.getBytes(UTF_8))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "[1",
                "[1,",
                "[1,]",
                "[,1]",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,}",
                "{a:1}",
                "{\"a\" 1}",
                "{\"a\":1 \"b\":2}",
                "[1 2]",
                "[1}",
                "{\"a\":1]",
                "01",
                "-",
                "+1",
                ".5",
                "1.",
                "1.e5",
                "1e",
                "1e+",
                "-a",
                "tru",
                "trux",
                "nul",
                "NaN",
                "'a'",
                "\"a",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\\u12",
                "\"a\nb\"",
                "1 2",
                "{}{}",
                "{}\n{}",
                "[]]",
                "]",
                "}",
                ":",
                ",",
                "\u00a0[]",
                "/**/[]",
                "[1]\u0000",
                "\uFEFF",
                "[\uFEFF]",
                "truefalse",
                "1,2"
            })
    void brokenDocumentsFail(String json) {
        assertThat(isWellFormed(json.getBytes(UTF_8))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "22 80 22",
        "22 C3 22",
        "22 C0 80 22",
        "22 C1 BF 22",
        "22 E0 9F BF 22",
        "22 ED A0 80 22",
        "22 F0 8F BF BF 22",
        "22 F4 90 80 80 22",
        "22 F5 80 80 80 22",
        "22 FF 22",
        "22 E2 82 22",
        "EF BB 5B 5D",
        "EF 5B 5D"
    })
    void brokenUtf8Fails(String hex) {
        assertThat(isWellFormed(bytes(hex))).isFalse();
    }

    @Test
    void otherEncodingsAreNamed() {
        for (var charset : List.of(
                StandardCharsets.UTF_16,
                StandardCharsets.UTF_16LE,
                StandardCharsets.UTF_16BE,
                Charset.forName("UTF-32"))) {
            byte[] document = "[1]".getBytes(charset);
            assertThatThrownBy(() -> JsonSpan.of(document))
                    .isInstanceOf(MalformedJsonException.class)
                    .hasMessageContaining("UTF-16");
        }
    }

    @Test
    void troubleIsNamedWithItsPlace() {
        assertThatThrownBy(() -> JsonSpan.of("[1, x]"))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessage("unexpected 'x' at byte 4")
                .extracting(e -> ((MalformedJsonException) e).offset())
                .isEqualTo(4L);
        assertThatThrownBy(() -> JsonSpan.of("[1, \u0007]")).hasMessage("unexpected 0x07 at byte 4");
        assertThatThrownBy(() -> JsonSpan.of("")).hasMessageContaining("empty body");
        assertThatThrownBy(() -> JsonSpan.of("[")).hasMessage("ended in the middle at byte 1");
    }

    @Test
    void depthIsBounded() {
        String deepest = "[".repeat(JsonScanner.DEPTH) + "]".repeat(JsonScanner.DEPTH);
        assertThat(isWellFormed(deepest.getBytes(UTF_8))).isTrue();
        assertThatThrownBy(() -> JsonSpan.of("[" + deepest + "]")).hasMessageContaining("nested deeper than 512");
        assertThatThrownBy(() -> JsonSpan.of("{\"a\":".repeat(1_000_000))).hasMessageContaining("nested deeper");
    }

    @Test
    void valuesAreFoundWhereJacksonFindsThem() {
        var random = new Random(1);
        for (int round = 0; round < 2_000; round++) {
            byte[] document = new RandomJson(random).value(5).getBytes(UTF_8);
            assertThat(texts(document)).isEqualTo(jacksonTexts(document));
        }
    }

    @Test
    void documentsAreRefusedWhereJacksonRefusesThem() {
        var random = new Random(2);
        byte[] alphabet = "{}[]\",:\\u0123456789abcdeftrnl.-+E \n\t\u0001é漢😀\u007f".getBytes(UTF_8);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] document = new RandomJson(random).value(3).getBytes(UTF_8);
            for (int change = random.nextInt(3); change > 0 && document.length > 0; change--) {
                document = mutated(document, random, alphabet);
            }
            boolean expected = jacksonAccepts(document);
            assertThat(isWellFormed(document)).as(new String(document, UTF_8)).isEqualTo(expected);
            refused += expected ? 0 : 1;
        }
        assertThat(refused).isBetween(3_000, 17_000);
    }

    private static byte[] mutated(byte[] document, Random random, byte[] alphabet) {
        int at = random.nextInt(document.length);
        byte b = alphabet[random.nextInt(alphabet.length)];
        int length = document.length;
        return switch (random.nextInt(4)) {
            case 0 -> {
                byte[] changed = document.clone();
                changed[at] = b;
                yield changed;
            }
            case 1 ->
                ByteBuffer.allocate(length + 1)
                        .put(document, 0, at)
                        .put(b)
                        .put(document, at, length - at)
                        .array();
            case 2 ->
                ByteBuffer.allocate(length - 1)
                        .put(document, 0, at)
                        .put(document, at + 1, length - at - 1)
                        .array();
            default -> ByteBuffer.allocate(at).put(document, 0, at).array();
        };
    }

    private static boolean jacksonAccepts(byte[] document) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(document));
        } catch (CharacterCodingException e) {
            return false;
        }
        int values = 0;
        int depth = 0;
        try (JsonParser parser = JACKSON.createParser(tools.jackson.core.ObjectReadContext.empty(), document)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                values += depth == 0 ? 1 : 0;
                parser.getString();
            }
        } catch (JacksonException e) {
            return false;
        }
        return values == 1;
    }

    private static List<String> jacksonTexts(byte[] document) {
        var texts = new ArrayList<String>();
        try (JsonParser parser = JACKSON.createParser(tools.jackson.core.ObjectReadContext.empty(), document)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue() || token == tools.jackson.core.JsonToken.PROPERTY_NAME) {
                    texts.add(parser.getString());
                }
            }
        }
        return texts;
    }

    /** Names and scalars, as the scanner finds them, fed in two chunks. */
    private static List<String> texts(byte[] document) {
        var texts = new ArrayList<String>();
        var events = new JsonEvents() {
            private final int[] starts = new int[JsonScanner.DEPTH];

            @Override
            public void name(int depth, long from, long to) {
                texts.add(new JsonSpan(document, (int) from, (int) to).text());
            }

            @Override
            public void begins(int depth, byte first, long at) {
                starts[depth] = (int) at;
            }

            @Override
            public void ends(int depth, long end) {
                var span = new JsonSpan(document, starts[depth], (int) end);
                if (span.kind() != JsonSpan.Kind.OBJECT && span.kind() != JsonSpan.Kind.ARRAY) {
                    texts.add(span.text());
                }
            }
        };
        var scanner = new JsonScanner(events, JsonScanner.DEPTH, 0);
        scanner.feed(document, 0, document.length / 2);
        scanner.feed(document, document.length / 2, document.length);
        scanner.finish();
        return texts;
    }

    /** Judges in one piece and byte by byte, which have to agree. */
    private static boolean isWellFormed(byte[] document) {
        boolean whole = isWellFormed(document, document.length);
        assertThat(isWellFormed(document, 1)).isEqualTo(whole);
        return whole;
    }

    private static boolean isWellFormed(byte[] document, int chunk) {
        var scanner = new JsonScanner(new Ignoring(), JsonScanner.DEPTH, 0);
        try {
            for (int at = 0; at < document.length; at += chunk) {
                scanner.feed(document, at, Math.min(document.length, at + chunk));
            }
            scanner.finish();
            return true;
        } catch (MalformedJsonException malformed) {
            assertThat(malformed.offset()).isBetween(0L, (long) document.length);
            return false;
        }
    }

    private static byte[] bytes(String hex) {
        String[] parts = hex.split(" ");
        byte[] bytes = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            bytes[i] = (byte) Integer.parseInt(parts[i], 16);
        }
        return bytes;
    }

    private static final class Ignoring implements JsonEvents {
        @Override
        public void name(int depth, long start, long end) {}

        @Override
        public void begins(int depth, byte first, long at) {}

        @Override
        public void ends(int depth, long end) {}
    }
}
