package dev.cenotaph.policy.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.policy.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One scan for several places finds what a scan of its own finds for each. */
class PlaceScannerTest {
    private static final List<String> NAMES = List.of("id", "a", "b", "items", "meta", "é", "x\ny", "", "0", "1", "2");

    @Test
    void placesAreFoundInValuesOfAnyShape() {
        var random = new Random(8);
        for (int round = 0; round < 300; round++) {
            List<Place> places = places(random);
            var scanner = new PlaceScanner(places, JsonScanner.DEPTH);
            var json = new RandomJson(random);
            for (int value = 0; value < 30; value++) {
                checks(scanner, places, random.nextInt(4) == 0 ? json.array(4) : json.object(4));
            }
        }
    }

    @Test
    void placesAreFoundInValuesOfTheSameShape() {
        var random = new Random(9);
        for (int round = 0; round < 300; round++) {
            List<Place> places = places(random);
            var scanner = new PlaceScanner(places, JsonScanner.DEPTH);
            // Names keep their quotes; of the values, only numbers and words change.
            String template = new RandomJson(random).object(4);
            for (int value = 0; value < 10; value++) {
                int number = random.nextInt(1_000_000_000);
                checks(
                        scanner,
                        places,
                        template.replaceAll(
                                "(?<=[:\\[,] ?)(true|false|null|-?0)(?=[,}\\]])",
                                number % 2 == 0 ? "" + number : "\"t " + number + "\""));
            }
        }
    }

    @Test
    void lastOfSeveralNamesCounts() {
        checks("{\"a\":{\"b\":1},\"a\":{\"b\":2}}", "a", "b");
        checks("{\"a\":{\"b\":1},\"a\":{\"c\":2}}", "a", "b");
        checks("{\"a\":{\"b\":1},\"a\":null}", "a", "b");
        checks("{\"a\":[{\"x\":1},[2,3]]}", "a", "1", "1");
        checks("[{\"x\":1},[2,3],{\"1\":4}]", "1", "1");
    }

    @Test
    void whatIsCutOrTooDeepIsNone() {
        var scanner = new PlaceScanner(List.of(), 3);
        byte[] value = "[[[1]],{\"a\":\"b\\u00e9é\"},true,-1.5e+3]".getBytes(UTF_8);
        for (int end = 0; end < value.length; end++) {
            assertThat(scanner.scan(value, 0, end)).isEqualTo(PlaceScanner.NONE);
        }
        assertThat(scanner.scan(value, 0, value.length)).isEqualTo(value.length);
        assertThat(scanner.scan("[[[[]]]]".getBytes(UTF_8), 0, 8)).isEqualTo(PlaceScanner.NONE);
        assertThat(scanner.scan(value, 0, value.length - 1)).isEqualTo(PlaceScanner.NONE);
    }

    private static void checks(String value, String... place) {
        List<Place> places = List.of(new Place(List.of(place)));
        var scanner = new PlaceScanner(places, JsonScanner.DEPTH);
        checks(scanner, places, value);
        checks(scanner, places, value);
    }

    private static void checks(PlaceScanner scanner, List<Place> places, String value) {
        byte[] bytes = ("[" + value + ",\"plenty of other bytes\"]").getBytes(UTF_8);
        int end = 1 + value.getBytes(UTF_8).length;
        assertThat(scanner.scan(bytes, 1, bytes.length)).as(value).isEqualTo(end);
        for (int place = 0; place < places.size(); place++) {
            String expected = JsonSpan.of(value)
                    .find(places.get(place))
                    .map(JsonSpan::json)
                    .orElse("nothing");
            String actual = scanner.start(place) < 0
                    ? "nothing"
                    : new JsonSpan(bytes, scanner.start(place), scanner.end(place)).json();
            assertThat(actual).as(() -> value).isEqualTo(expected);
        }
    }

    private static List<Place> places(Random random) {
        var places = new ArrayList<Place>();
        for (int place = random.nextInt(4); place >= 0; place--) {
            places.add(new Place(random.ints(random.nextInt(4), 0, NAMES.size())
                    .mapToObj(NAMES::get)
                    .toList()));
        }
        return places;
    }
}
