package dev.cenotaph.gateway.listing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.json.RandomJson;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

class ListFilterTest {
    private static final JsonMapper JACKSON = JsonMapper.builder().build();

    /** Rows that hold an x are dropped. */
    private static final RowJudge NO_X =
            (bytes, offset, length) -> !new String(bytes, offset, length, UTF_8).contains("x");

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "[] | []",
                "[ ] | [ ]",
                "[\"x\"] | []",
                "[ \"x\" , \"x\" ] | []",
                "[1,\"x\",2] | [1,2]",
                "[\"x\",1] | [1]",
                "[ \"x\",1 ] | [ 1 ]",
                "[ \"x\" , 1 , 2 ] | [ 1 , 2 ]",
                "[1 ,\"x\" ] | [1 ]",
                "[{\"a\":[1,\"]\"]}, \"x\" ,[[],{}], null] | [{\"a\":[1,\"]\"]} ,[[],{}], null]",
                "[1,\"x\"] | [1]",
            })
    void rowsGoWithTheSeparatorBeforeThem(String list, String expected) {
        everySplit(Place.ROOT, list, expected);
        everySplit(Place.ROOT, "\uFEFF \n" + list + "\n", "\uFEFF \n" + expected + "\n");
    }

    @Test
    void layoutIsKept() {
        everySplit(
                Place.ROOT,
                "[\n  {\"x\": 1},\n  {\"y\": 2},\n  {\"x\": 3},\n  {\"z\": 4}\n]\n",
                "[\n  {\"y\": 2},\n  {\"z\": 4}\n]\n");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "items   | {\"items\":[1,\"x\"],\"total\":2} | {\"items\":[1],\"total\":2}",
                "items   | {\"it\\u0065ms\":[1,\"x\"]} | {\"it\\u0065ms\":[1]}",
                "items   | {\"items\":[\"x\"],\"items\":[1,\"x\"]} | {\"items\":[],\"items\":[1]}",
                "items   | {\"items\":null} | {\"items\":null}",
                "items   | {\"items\":null,\"items\":[\"x\"]} | {\"items\":null,\"items\":[]}",
                "items   | {\"a\":{\"items\":[\"x\"]},\"items\":[],\"b\":[\"x\"]} | {\"a\":{\"items\":[\"x\"]},\"items\":[],\"b\":[\"x\"]}",
                "items   | {\"items\":[{\"items\":[1,2]},{\"x\":0}]} | {\"items\":[{\"items\":[1,2]}]}",
                "_e/rows | {\"_e\":{\"n\":1,\"rows\":[\"x\",2]},\"rows\":[\"x\"]} | {\"_e\":{\"n\":1,\"rows\":[2]},\"rows\":[\"x\"]}",
                "_e/rows | {\"_e\":{\"rows\":[\"x\"]},\"_e\":{\"rows\":[\"x\"]}} | {\"_e\":{\"rows\":[]},\"_e\":{\"rows\":[]}}",
                "1/rows  | [{\"rows\":[\"x\"]},{\"rows\":[\"x\"]}] | [{\"rows\":[\"x\"]},{\"rows\":[]}]",
                "é       | {\"é\":[\"x\"]} | {\"é\":[]}",
            })
    void arraysAreFoundWhereThePolicySays(String items, String body, String expected) {
        everySplit(place(items), body, expected);
    }

    @Test
    void nullInsteadOfTheWholeListPasses() {
        everySplit(Place.ROOT, "null", "null");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "items   | {} | nothing at",
                "items   | {\"data\":[]} | nothing at",
                "items   | 5 | nothing at",
                "items   | [] | nothing at",
                "items   | null | nothing at",
                "_e/rows | {\"_e\":null} | nothing at",
                "_e/rows | {\"_e\":[1]} | nothing at",
                "items   | {\"items\":{}} | no array",
                "items   | {\"items\":\"[]\"} | no array",
                "items   | {\"items\":false} | no array",
                "-       | {\"items\":[]} | no array",
                "-       | \"[]\" | no array",
                "-       | 7 | no array",
                "-       | [1] [2] | more after the end",
                "-       | [1 | ended in the middle",
                "-       | [1,{\"a\": | ended in the middle",
                "-       | [1, | ended in the middle",
                "items   | {\"items\":[1],\"x\":tru | ended in the middle",
                "-       | [1,] | unexpected",
                "-       | [1 2] | unexpected",
                "-       | [{]} | unexpected",
                "-       | [1}| unexpected",
                "items   | {\"items\":[1],} | unexpected",
                "items   | {\"items\":[1] \"x\":2} | unexpected",
                "items   | {\"items\":[1],\"x\":01} | unexpected",
                "-       | <html> | unexpected",
            })
    void bodiesThatCannotBeFilteredFail(String items, String body, String why) {
        failsAtEverySplit(place(items), body.getBytes(UTF_8), why);
    }

    @Test
    void emptyAndForeignlyEncodedBodiesFail() {
        failsAtEverySplit(Place.ROOT, new byte[0], "empty body");
        failsAtEverySplit(Place.ROOT, "[1]\n[2]\n".getBytes(UTF_8), "more after the end");
        failsAtEverySplit(Place.ROOT, "[1]".getBytes(StandardCharsets.UTF_16LE), "UTF-16");
        failsAtEverySplit(Place.ROOT, "[1]".getBytes(StandardCharsets.UTF_16), "UTF-16");
        failsAtEverySplit(Place.ROOT, new byte[] {'[', '"', (byte) 0xE9, '"', ']'}, "not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"items\":[", "[{\"a\":", "{\"a\":"})
    void deepNestingFails(String open) {
        var filter = ListFilter.of(Place.ROOT, NO_X, ListFilter.Limits.DEFAULT);
        byte[] bomb = open.repeat(100_000).getBytes(UTF_8);
        assertThatThrownBy(() -> filter.feed(bomb, 0, bomb.length, (b, o, l) -> {}))
                .isInstanceOf(UnfilterableListException.class);
    }

    @Test
    void rowsHaveALongestLength() {
        var limits = new ListFilter.Limits(20, 10);
        String fits = "[\"" + "a".repeat(18) + "\",\"" + "a".repeat(17) + "\"]";
        for (int chunk = 1; chunk <= fits.length(); chunk++) {
            var filter = ListFilter.of(Place.ROOT, NO_X, limits);
            assertThat(run(filter, fits.getBytes(UTF_8), chunk)).isEqualTo(fits);
        }
        for (String tooLong : List.of(
                "[1,\"" + "a".repeat(18) + "\"]", "[1, " + " ".repeat(20) + "2]", "[1" + " ".repeat(20) + "]")) {
            for (int chunk = 1; chunk <= tooLong.length(); chunk++) {
                int size = chunk;
                var filter = ListFilter.of(Place.ROOT, NO_X, limits);
                assertThatThrownBy(() -> run(filter, tooLong.getBytes(UTF_8), size))
                        .isInstanceOf(UnfilterableListException.class)
                        .hasMessage("row 2 is longer than 20 bytes");
            }
        }
    }

    @Test
    void buffersOfAllKindsAreTaken() {
        byte[] list = "..[1,\"x\",2]..".getBytes(UTF_8);
        List<ByteBuffer> buffers = List.of(
                ByteBuffer.wrap(list),
                ByteBuffer.allocateDirect(list.length).put(list).flip(),
                ByteBuffer.wrap(list).asReadOnlyBuffer(),
                ByteBuffer.wrap(("-" + new String(list, UTF_8)).getBytes(UTF_8), 1, list.length)
                        .slice());
        for (ByteBuffer buffer : buffers) {
            buffer.position(2).limit(list.length - 2);
            var out = new ByteArrayOutputStream();
            var filter = ListFilter.of(Place.ROOT, NO_X, ListFilter.Limits.DEFAULT);
            filter.feed(buffer, out::write);
            filter.finish(out::write);
            assertThat(out.toString(UTF_8)).isEqualTo("[1,2]");
            assertThat(buffer.hasRemaining()).isFalse();
            assertThat(filter.kept()).isEqualTo(2);
            assertThat(filter.dropped()).isEqualTo(1);
        }
    }

    /** For a policy that lets pass what cannot be filtered. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "[1,\"x\",2,!broken | [1,2,!broken",
                "[ \"x\" , \"!judge\" , 3] | [ \"!judge\" , 3]",
                "[1,\"!judge\",\"x\"] | [1,\"!judge\",\"x\"]",
                "{\"a\":1} | {\"a\":1}",
                "<html> | <html>",
            })
    void whatIsHeldBackCanBeReleased(String body, String expected) {
        RowJudge fails = (bytes, offset, length) -> {
            if (new String(bytes, offset, length, UTF_8).contains("!judge")) {
                throw new UnfilterableListException("row");
            }
            return NO_X.keep(bytes, offset, length);
        };
        byte[] bytes = body.getBytes(UTF_8);
        for (int chunk = 1; chunk <= bytes.length; chunk++) {
            var filter = ListFilter.of(Place.ROOT, fails, ListFilter.Limits.DEFAULT);
            var out = new ByteArrayOutputStream();
            for (int at = 0; at < bytes.length; at += chunk) {
                try {
                    filter.feed(bytes, at, Math.min(chunk, bytes.length - at), out::write);
                } catch (UnfilterableListException e) {
                    filter.release(out::write);
                }
            }
            filter.finish(out::write);
            assertThat(out.toString(UTF_8)).isEqualTo(expected);
            assertThat(filter.held()).isZero();
        }
    }

    /** Random lists, random verdicts, all splits in two and many in more, against a tree. */
    @Test
    void randomListsAgreeWithATree() {
        var random = new Random(4);
        for (int round = 0; round < 150; round++) {
            var json = new RandomJson(random);
            boolean bare = random.nextBoolean();
            int size = random.nextInt(6);
            var keep = new ArrayList<Boolean>();
            for (int i = 0; i < size; i++) {
                keep.add(random.nextInt(3) > 0);
            }
            String list = json.list("[", "]", size, () -> json.value(3));
            String body = bare
                    ? list
                    : "{" + json.blank() + "\"p\":" + json.value(2) + json.blank() + ",\"rows\"" + json.blank() + ":"
                            + list + ",\"q\":" + json.value(2) + "}";
            check(bare ? Place.ROOT : place("rows"), body.getBytes(UTF_8), keep, random);
        }
    }

    private static void check(Place items, byte[] body, List<Boolean> keep, Random random) {
        JsonNode expected = JACKSON.readTree(body);
        var rows = (ArrayNode) (items.isRoot() ? expected : expected.get("rows"));
        for (int i = keep.size() - 1; i >= 0; i--) {
            if (!keep.get(i)) {
                rows.remove(i);
            }
        }
        var seen = new ArrayList<String>();
        String whole = run(scripted(items, keep, seen), body, Math.max(1, body.length));
        assertThat(JACKSON.readTree(whole)).isEqualTo(expected);
        if (!keep.contains(false)) {
            assertThat(whole).isEqualTo(new String(body, UTF_8));
        }
        int from = 0;
        for (int i = 0; i < keep.size(); i++) {
            if (keep.get(i)) {
                from = whole.indexOf(seen.get(i), from);
                assertThat(from).isNotNegative();
                from += seen.get(i).length();
            }
        }
        for (int split = 0; split <= body.length; split++) {
            var out = new ByteArrayOutputStream();
            var filter = scripted(items, keep, new ArrayList<>());
            filter.feed(body, 0, split, out::write);
            filter.feed(body, split, body.length - split, out::write);
            filter.finish(out::write);
            assertThat(out.toString(UTF_8)).isEqualTo(whole);
        }
        for (int chunk : new int[] {1, 2, 3, 1 + random.nextInt(20)}) {
            assertThat(run(scripted(items, keep, new ArrayList<>()), body, chunk))
                    .isEqualTo(whole);
        }
    }

    private static ListFilter scripted(Place items, List<Boolean> keep, List<String> seen) {
        return ListFilter.of(
                items,
                (bytes, offset, length) -> {
                    seen.add(new String(bytes, offset, length, UTF_8));
                    return keep.get(seen.size() - 1);
                },
                ListFilter.Limits.DEFAULT);
    }

    @Test
    void longListsNeedNoMoreThanTheirLongestRow() {
        byte[] row = ("{\"id\":12345,\"note\":\"" + "é".repeat(200) + "\"}").getBytes(UTF_8);
        byte[] dropped = ("{\"x\":\"" + "y".repeat(400) + "\"}").getBytes(UTF_8);
        var counter = new long[2];
        var filter = ListFilter.of(place("items"), NO_X, new ListFilter.Limits(500, 10));
        ListFilter.Output out = (bytes, offset, length) -> counter[0] += length;
        byte[] start = "{\"items\":[1".getBytes(UTF_8);
        filter.feed(start, 0, start.length, out);
        int most = 0;
        for (int i = 0; i < 25_000; i++) {
            byte[] next = i % 10 == 0 ? dropped : row;
            filter.feed(new byte[] {','}, 0, 1, out);
            for (int at = 0; at < next.length; at += 100) {
                filter.feed(next, at, Math.min(100, next.length - at), out);
                most = Math.max(most, filter.held());
            }
            counter[1] += next.length;
        }
        byte[] end = "]}".getBytes(UTF_8);
        filter.feed(end, 0, end.length, out);
        filter.finish(out);
        assertThat(counter[1]).isGreaterThan(10_000_000);
        assertThat(most).isLessThanOrEqualTo(500);
        assertThat(filter.kept()).isEqualTo(22_501);
        assertThat(filter.dropped()).isEqualTo(2_500);
        assertThat(counter[0]).isEqualTo(start.length + end.length + 22_500L * (row.length + 1));
    }

    private static void everySplit(Place items, String body, String expected) {
        byte[] bytes = body.getBytes(UTF_8);
        for (int chunk = 1; chunk <= bytes.length; chunk++) {
            var filter = ListFilter.of(items, NO_X, ListFilter.Limits.DEFAULT);
            assertThat(run(filter, bytes, chunk)).isEqualTo(expected);
            assertThat(filter.held()).isZero();
        }
    }

    private static void failsAtEverySplit(Place items, byte[] body, String why) {
        for (int chunk = 1; chunk <= Math.max(1, body.length); chunk++) {
            int size = chunk;
            var filter = ListFilter.of(items, NO_X, ListFilter.Limits.DEFAULT);
            assertThatThrownBy(() -> run(filter, body, size))
                    .isInstanceOf(UnfilterableListException.class)
                    .hasMessageContaining(why);
        }
    }

    /** Feeds from the middle of a larger array that is overwritten after each call. */
    private static String run(ListFilter filter, byte[] body, int chunk) {
        var out = new ByteArrayOutputStream();
        for (int at = 0; at < body.length; at += chunk) {
            int length = Math.min(chunk, body.length - at);
            byte[] buffer = new byte[length + 5];
            System.arraycopy(body, at, buffer, 3, length);
            filter.feed(buffer, 3, length, out::write);
            Arrays.fill(buffer, (byte) '#');
        }
        filter.finish(out::write);
        return out.toString(UTF_8);
    }

    private static Place place(String text) {
        return text.equals("-") ? Place.ROOT : new Place(List.of(text.split("/")));
    }
}
