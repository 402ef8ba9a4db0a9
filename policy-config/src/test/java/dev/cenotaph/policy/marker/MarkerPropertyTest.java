package dev.cenotaph.policy.marker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.json.RandomJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Promise I6, on random items and an upstream that takes writes by the letter. */
class MarkerPropertyTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "flag,MERGE_PATCH",
        "flag,JSON_PATCH",
        "flag,JSON",
        "flag,PUT",
        "time,MERGE_PATCH",
        "time,JSON_PATCH",
        "time,JSON",
        "time,PUT",
        "status,MERGE_PATCH",
        "status,JSON_PATCH",
        "status,JSON",
        "status,PUT",
        "list,MERGE_PATCH",
        "list,JSON_PATCH",
        "list,JSON",
        "list,PUT",
        "dated,MERGE_PATCH",
        "dated,JSON_PATCH",
        "dated,JSON",
        "dated,PUT",
        "nested,MERGE_PATCH",
        "nested,JSON_PATCH",
        "nested,JSON",
        "nested,PUT"
    })
    void theItemDiffersByItsMarkerAloneAndComesBackAsItWas(String marker, String form) {
        var random = new Random((marker + form).hashCode());
        for (int round = 0; round < 300; round++) {
            boolean wrapped = random.nextBoolean();
            TestPolicy policy = MarkerWriteTest.policy(marker, form);
            policy = wrapped ? policy.wrap("order") : policy;
            var upstream = new Upstream(upstreamFor(form, random), wrapped ? 1 : 0);
            String item = item(random, marker);
            byte[] before = (wrapped ? "{ \"etc\": 1.0, \"order\": " + item + "}" : item).getBytes(UTF_8);
            check(policy, form, upstream, before);
        }
    }

    private static Upstream.Json upstreamFor(String form, Random random) {
        if (form.equals("PUT")) {
            return Upstream.Json.REPLACE;
        }
        return random.nextBoolean() ? Upstream.Json.MERGE_DEEPLY : Upstream.Json.MERGE_OUTER;
    }

    private static void check(TestPolicy policy, String form, Upstream upstream, byte[] before) {
        String as = new String(before, UTF_8);
        MarkerCodec codec = policy.codec();
        assertThat(codec.read(before)).as(as).isNotInstanceOf(MarkerReading.Trashed.class);
        String former = codec.former(before);

        byte[] trashed = upstream.apply(before, codec.trash(Optional.of(before), NOW));
        assertThat(codec.read(trashed)).as(as).isInstanceOf(MarkerReading.Trashed.class);
        Place place = policy.wrap().append(place(policy.marker()));
        assertThat(without(trashed, place)).as(as).isEqualTo(without(before, place));

        MarkerWrite restore =
                codec.restore(Optional.of(trashed), Optional.of(former)).orElseThrow();
        byte[] after = upstream.apply(trashed, restore);
        assertThat(codec.read(after)).as(as).isNotInstanceOf(MarkerReading.Trashed.class);
        if (form.equals("PUT")) {
            assertThat(new String(after, UTF_8)).isEqualTo(as);
        } else if (form.equals("JSON_PATCH") || isWritable(before, place)) {
            assertThat(Upstream.tree(after)).as(as).isEqualTo(Upstream.tree(before));
        } else {
            assertThat(without(after, place)).as(as).isEqualTo(without(before, place));
        }
    }

    /** Whether the form has a word for what was there: a merge patch none for null, a partial object none for nothing. */
    private static boolean isWritable(byte[] before, Place place) {
        JsonNode value = Upstream.tree(before);
        for (String token : place.tokens()) {
            value = value.path(token);
        }
        return !value.isMissingNode() && !value.isNull();
    }

    private static String item(Random random, String marker) {
        var json = new RandomJson(random);
        List<String> live = List.of("", live(random, marker));
        String member = live.get(random.nextInt(2));
        String rest = json.object(3);
        boolean empty = rest.substring(1, rest.length() - 1).isBlank();
        boolean clashes = rest.contains("\"meta\"") && marker.equals("nested");
        if (member.isEmpty() || clashes) {
            return clashes ? "{\"id\":1}" : rest;
        }
        return empty ? "{" + member + "}" : "{" + member + "," + json.blank() + rest.substring(1);
    }

    private static String live(Random random, String marker) {
        List<String> values = switch (marker) {
            case "flag" -> List.of("\"is_trashed\":false", "\"is_trashed\": null", "\"is_trashed\":0");
            case "time" -> List.of("\"deleted_at\":\"\"", "\"deleted\\u005fat\":null", "\"deleted_at\" : 0");
            case "status" -> List.of("\"status\":\"open\"", "\"status\":1.50", "\"status\":{\"a\":[]}");
            case "nested" ->
                List.of("\"meta\":null", "\"meta\":{}", "\"meta\":{\"gone\":false}", "\"meta\": { \"x\" : 1.0 }");
            default ->
                List.of(
                        "\"fields\":null",
                        "\"fields\":[ ]",
                        "\"fields\":[{\"key\":\"a\",\"value\":1}]",
                        "\"fields\":[5, {\"key\":\"deleted\",\"x\":null,\"value\":\"\"}, {\"key\":\"b\"}]");
        };
        return values.get(random.nextInt(values.size()));
    }

    private static Place place(Marker marker) {
        return switch (marker) {
            case Marker.Flag flag -> flag.place();
            case Marker.Timestamp time -> time.place();
            case Marker.Status status -> status.place();
            case Marker.ExtensionList list -> list.list();
            case Marker.ExtensionResource resource -> throw new AssertionError();
            case Marker.Snapshot snapshot -> throw new AssertionError();
        };
    }

    /** The tree without the marker's outermost member where that holds nothing else. */
    private static JsonNode without(byte[] document, Place place) {
        JsonNode root = Upstream.tree(document);
        List<String> tokens = place.tokens();
        JsonNode holder = root;
        ObjectNode above = (ObjectNode) root;
        for (String token : tokens.subList(0, tokens.size() - 1)) {
            above = holder instanceof ObjectNode object ? object : above;
            holder = holder.path(token);
        }
        if (holder instanceof ObjectNode object) {
            object.remove(tokens.getLast());
        }
        if (tokens.contains("meta") && above.path("meta").isEmpty()) {
            above.remove("meta");
        }
        return root;
    }
}
