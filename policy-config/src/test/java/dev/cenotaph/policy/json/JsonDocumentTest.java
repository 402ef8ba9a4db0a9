package dev.cenotaph.policy.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenotaph.policy.Place;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class JsonDocumentTest {
    private static final JsonMapper JACKSON = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{\"a\":1} | /a | 1",
                "{\"a\":1,\"a\":2} | /a | 2",
                "{\"a\":{\"b\":1},\"a\":{\"c\":2}} | /a/b | -",
                "{\"a\":{\"b\":1},\"a\":{\"b\":[ 2 ]}} | /a/b | [ 2 ]",
                "{\"a\":{\"b\":1},\"a\":5} | /a/b | -",
                "{\"deleted\\u005fat\":\"x\"} | /deleted_at | \"x\"",
                "{\"a\":{\"a\":1}} | /a/a | 1",
                "{\"b\":{\"a\":1}} | /a | -",
                "{\"a\":[{\"b\":1},{\"b\":2}]} | /a/1/b | 2",
                "{\"a\":[{\"b\":1},{\"b\":2}]} | /a/2/b | -",
                "{\"a\":[{\"b\":1},{\"b\":2}]} | /a/01/b | -",
                "{\"a\":[[0],[1,2]]} | /a/1/1 | 2",
                "{\"a\":{\"0\":7}} | /a/0 | 7",
                "{\"é\":true} | /é | true",
                "{\"\\ud83d\\ude00\":true} | /😀 | true",
                "{\"a/b\":1} | /a~1b | 1",
                "{\"\":1} | / | 1",
                "{\"x\":{\"y\":{\"a\":1}},\"a\":{\"b\":3}} | /a/b | 3",
                "[1] | /a | -",
                "5 | /a | -",
            })
    void placesAreFound(String json, String pointer, String expected) {
        assertThat(JsonSpan.of(json).find(place(pointer)).map(JsonSpan::json).orElse("-"))
                .isEqualTo(expected);
    }

    @Test
    void slicesAndMarksAreNoHindrance() {
        byte[] bytes = "xx\uFEFF {\"a\": 1 } yy".getBytes(UTF_8);
        Optional<JsonSpan> found = JsonSpan.find(bytes, 2, bytes.length - 5, place("/a"));
        assertThat(found.map(JsonSpan::json)).contains("1");
        assertThat(JsonDocument.of("\uFEFF {} ").root().json()).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{} | /a | {\"a\":9}",
                "{\"a\": 1.50,\"b\":2} | /a | {\"a\": 9,\"b\":2}",
                "{\"b\":2} | /a | {\"b\":2,\"a\":9}",
                "{ \"b\": 2 } | /a | { \"b\": 2, \"a\": 9 }",
                "{ \"b\" : 2, \"c\" : [] } | /a | { \"b\" : 2, \"c\" : [], \"a\" : 9 }",
                "{\"b\":2} | /m/n/a | {\"b\":2,\"m\":{\"n\":{\"a\":9}}}",
                "{\"m\":null} | /m/a | {\"m\":{\"a\":9}}",
                "{\"m\":{\"x\":1}} | /m/a | {\"m\":{\"x\":1,\"a\":9}}",
                "{\"a\":1,\"a\":2} | /a | {\"a\":1,\"a\":9}",
                "{\"l\":[1,2]} | /l/1 | {\"l\":[1,9]}",
            })
    void valuesAreSet(String json, String pointer, String expected) {
        assertThat(text(JsonDocument.of(json).set(place(pointer), "9"))).isEqualTo(expected);
    }

    @Test
    void whatIsPutInIsFormattedLikeItsNeighbours() {
        var document = JsonDocument.of("{\n  \"id\": 7,\n  \"name\": \"x\"\n}\n");
        assertThat(text(document.set(place("/gone"), "true")))
                .isEqualTo("{\n  \"id\": 7,\n  \"name\": \"x\",\n  \"gone\": true\n}\n");
        assertThat(text(document.set(Place.ROOT, "[]"))).isEqualTo("[]\n");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{\"a\":1} | /a | {}",
                "{ \"a\": 1 } | /a | {  }",
                "{\"a\":1, \"b\":2} | /a | {\"b\":2}",
                "{\"b\":2 , \"a\":1 } | /a | {\"b\":2 }",
                "{\"b\":2, \"a\":1, \"c\":3} | /a | {\"b\":2, \"c\":3}",
                "{\"a\":1,\"b\":2,\"\\u0061\":3} | /a | {\"b\":2}",
                "{\"b\":2} | /a | {\"b\":2}",
                "{\"b\":2} | /m/a | {\"b\":2}",
                "{\"m\":{\"a\":1}} | /m/a | {\"m\":{}}",
            })
    void membersAreTakenOut(String json, String pointer, String expected) {
        assertThat(text(JsonDocument.of(json).remove(place(pointer)))).isEqualTo(expected);
    }

    @Test
    void elementsAreAddedAndTakenOut() {
        var document = JsonDocument.of("{\"l\":[ ],\"m\":[\n  1,\n  2\n]}");
        assertThat(text(document.append(place("/l"), "5"))).contains("\"l\":[5 ]");
        assertThat(text(document.append(place("/m"), "5"))).contains("[\n  1,\n  2,\n  5\n]");
        assertThat(text(document.removeElement(place("/m"), 0))).contains("[\n  2\n]");
        assertThat(text(document.removeElement(place("/m"), 1))).contains("[\n  1\n]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"m\":5}", "{\"m\":[]}", "{\"m\":\"x\"}", "[]", "null", "7"})
    void nothingCanStandInWhatIsNoObject(String json) {
        var document = JsonDocument.of(json);
        assertThatThrownBy(() -> document.set(place("/m/a"), "1")).isInstanceOf(MisplacedJsonException.class);
        assertThatThrownBy(() -> document.append(place("/m/a"), "1")).isInstanceOf(MisplacedJsonException.class);
        assertThatThrownBy(() -> document.remove(Place.ROOT)).isInstanceOf(MisplacedJsonException.class);
    }

    @Test
    void brokenDocumentsAreRefused() {
        assertThatThrownBy(() -> JsonDocument.of("{\"a\":1")).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void childrenAreListed() {
        assertThat(JsonSpan.of("[1, [2], {\"a\":3}]").elements())
                .extracting(JsonSpan::json)
                .containsExactly("1", "[2]", "{\"a\":3}");
        assertThat(JsonSpan.of("{\"a\":[1,{\"x\":0}],\"b\":2}").members())
                .extracting(member -> member.name().text() + member.value().json())
                .containsExactly("a[1,{\"x\":0}]", "b2");
        assertThat(JsonSpan.of("5").members()).isEmpty();
        assertThat(JsonSpan.of("5").elements()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "plain", "a\"b\\c", "\n\r\t\b\f\u0001", "é漢😀", "\ud83d", "\ude00", "\ud83dx", "x\ude00"})
    void stringsSurviveQuoting(String value) {
        String quoted = JsonText.quote(value);
        assertThat(JsonSpan.of(quoted).text()).isEqualTo(value);
        assertThat(JACKSON.readTree(quoted).stringValue()).isEqualTo(value);
    }

    /** Setting means what it means in a tree, keeps the rest, and taking out what was put in gives the bytes back. */
    @Test
    void randomEditsAgreeWithATree() {
        var random = new Random(3);
        List<String> names = List.of("id", "a", "items", "é", "new", "x\ny", "");
        for (int round = 0; round < 4_000; round++) {
            var json = new RandomJson(random);
            String before = json.blank() + json.object(4) + json.blank();
            String name = names.get(random.nextInt(names.size()));
            String value = json.value(2);
            var place = new Place(List.of(name));
            var document = JsonDocument.of(before);
            var changed = document.set(place, value);

            var expected = (ObjectNode) JACKSON.readTree(before);
            expected.set(name, JACKSON.readTree(value));
            assertThat(tree(changed)).isEqualTo(expected);

            Optional<JsonSpan> was = document.find(place);
            var back = was.isPresent() ? changed.set(place, was.get().json()) : changed.remove(place);
            assertThat(text(back)).isEqualTo(before);

            expected.remove(name);
            assertThat(tree(changed.remove(place))).isEqualTo(expected);
        }
    }

    private static JsonNode tree(JsonDocument document) {
        return JACKSON.readTree(document.bytes());
    }

    private static String text(JsonDocument document) {
        return new String(document.bytes(), UTF_8);
    }

    private static Place place(String pointer) {
        return new Place(List.of(pointer.substring(1).split("/", -1)).stream()
                .map(token -> token.replace("~1", "/").replace("~0", "~"))
                .toList());
    }
}
