package dev.cenotaph.policy.marker;

import static dev.cenotaph.policy.marker.TestPolicy.place;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenotaph.policy.JsonScalar;
import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.Write.Format;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkerWriteTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456Z");
    private static final String ENTRY = "{\"key\":\"deleted\",\"value\":\"true\"}";

    /** Each marker in each form: the item before, the soft delete, the restore that knows the former value. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "flag   | MERGE_PATCH | {\"is_trashed\":false} | {\"is_trashed\":true} | {\"is_trashed\":false}",
                "flag   | MERGE_PATCH | {}                     | {\"is_trashed\":true} | {\"is_trashed\":null}",
                "flag   | MERGE_PATCH | {\"is_trashed\":0}     | {\"is_trashed\":true} | {\"is_trashed\":0}",
                "flag   | JSON        | {}                     | {\"is_trashed\":true} | {\"is_trashed\":false}",
                "flag   | JSON        | {\"is_trashed\":null}  | {\"is_trashed\":true} | {\"is_trashed\":null}",
                "flag   | JSON_PATCH  | {\"is_trashed\":false} | [{\"op\":\"add\",\"path\":\"/is_trashed\",\"value\":true}]"
                        + " | [{\"op\":\"add\",\"path\":\"/is_trashed\",\"value\":false}]",
                "flag   | JSON_PATCH  | {}                     | [{\"op\":\"add\",\"path\":\"/is_trashed\",\"value\":true}]"
                        + " | [{\"op\":\"remove\",\"path\":\"/is_trashed\"}]",
                "flag   | PUT         | { \"id\": 7.0 }        | { \"id\": 7.0, \"is_trashed\": true } | { \"id\": 7.0 }",
                "time   | MERGE_PATCH | {\"deleted_at\":\"\"}  | {\"deleted_at\":\"2026-11-22T10:00:00.123Z\"}"
                        + " | {\"deleted_at\":\"\"}",
                "time   | JSON        | {}                     | {\"deleted_at\":\"2026-11-22T10:00:00.123Z\"}"
                        + " | {\"deleted_at\":null}",
                "time   | PUT         | {\"deleted_at\":null,\"a\":1} | {\"deleted_at\":\"2026-11-22T10:00:00.123Z\",\"a\":1}"
                        + " | {\"deleted_at\":null,\"a\":1}",
                "status | MERGE_PATCH | {\"status\":\"op\\u0065n\"} | {\"status\":\"archived\"} | {\"status\":\"op\\u0065n\"}",
                "status | JSON        | {}                     | {\"status\":\"archived\"} | {\"status\":null}",
                "status | PUT         | {\"status\":5}         | {\"status\":\"archived\"} | {\"status\":5}",
                "fixed  | MERGE_PATCH | {\"status\":\"held\"}  | {\"status\":\"archived\"} | {\"status\":\"open\"}",
                "list   | MERGE_PATCH | {}                     | {\"fields\":[" + ENTRY + "]} | {\"fields\":null}",
                "list   | MERGE_PATCH | {\"fields\":[{\"key\":\"a\",\"value\":1.0}]} | {\"fields\":[{\"key\":\"a\",\"value\":1.0},"
                        + ENTRY + "]} | {\"fields\":[{\"key\":\"a\",\"value\":1.0}]}",
                "list   | MERGE_PATCH | {\"fields\":[{\"key\":\"deleted\",\"x\":1,\"value\":\"no\"}]}"
                        + " | {\"fields\":[{\"key\":\"deleted\",\"x\":1,\"value\":\"true\"}]}"
                        + " | {\"fields\":[{\"key\":\"deleted\",\"x\":1,\"value\":\"no\"}]}",
                "list   | JSON        | {}                     | {\"fields\":[" + ENTRY + "]} | {\"fields\":[]}",
                "list   | JSON        | {\"fields\":null}      | {\"fields\":[" + ENTRY + "]} | {\"fields\":null}",
                "list   | JSON_PATCH  | {}                     | [{\"op\":\"add\",\"path\":\"/fields\",\"value\":["
                        + ENTRY + "]}]"
                        + " | [{\"op\":\"test\",\"path\":\"/fields/0/key\",\"value\":\"deleted\"},"
                        + "{\"op\":\"remove\",\"path\":\"/fields\"}]",
                "list   | JSON_PATCH  | {\"fields\":[5]}       | [{\"op\":\"add\",\"path\":\"/fields/-\",\"value\":"
                        + ENTRY + "}]"
                        + " | [{\"op\":\"test\",\"path\":\"/fields/1/key\",\"value\":\"deleted\"},"
                        + "{\"op\":\"remove\",\"path\":\"/fields/1\"}]",
                "list   | JSON_PATCH  | {\"fields\":[{\"key\":\"deleted\"}]}"
                        + " | [{\"op\":\"test\",\"path\":\"/fields/0/key\",\"value\":\"deleted\"},"
                        + "{\"op\":\"add\",\"path\":\"/fields/0/value\",\"value\":\"true\"}]"
                        + " | [{\"op\":\"test\",\"path\":\"/fields/0/key\",\"value\":\"deleted\"},"
                        + "{\"op\":\"replace\",\"path\":\"/fields/0\",\"value\":{\"key\":\"deleted\"}}]",
                "list   | PUT         | {\"fields\":[ ]}       | {\"fields\":[" + ENTRY + " ]} | {\"fields\":[ ]}",
                "nested | MERGE_PATCH | {}                     | {\"meta\":{\"gone\":true}} | {\"meta\":null}",
                "nested | MERGE_PATCH | {\"meta\":{\"x\":1}}   | {\"meta\":{\"gone\":true}} | {\"meta\":{\"gone\":null}}",
                "nested | JSON        | {\"meta\":{\"x\":1.0}} | {\"meta\":{\"x\":1.0,\"gone\":true}} | {\"meta\":{\"x\":1.0,\"gone\":false}}",
                "nested | JSON        | {\"meta\":null}        | {\"meta\":{\"gone\":true}} | {\"meta\":null}",
                "nested | JSON_PATCH  | {}                     | [{\"op\":\"add\",\"path\":\"/meta\",\"value\":{\"gone\":true}}]"
                        + " | [{\"op\":\"remove\",\"path\":\"/meta\"}]",
                "nested | JSON_PATCH  | {\"meta\":null}        | [{\"op\":\"add\",\"path\":\"/meta\",\"value\":{\"gone\":true}}]"
                        + " | [{\"op\":\"add\",\"path\":\"/meta\",\"value\":null}]",
                "nested | JSON_PATCH  | {\"meta\":{}}          | [{\"op\":\"add\",\"path\":\"/meta/gone\",\"value\":true}]"
                        + " | [{\"op\":\"remove\",\"path\":\"/meta/gone\"}]",
                "nested | PUT         | {\"a\":1}              | {\"a\":1,\"meta\":{\"gone\":true}} | {\"a\":1}",
                "nested | PUT         | {\"meta\":null}        | {\"meta\":{\"gone\":true}} | {\"meta\":null}",
            })
    void writesAreSpelledInEveryForm(String marker, String form, String before, String trash, String restore) {
        var codec = policy(marker, form).codec();
        String former = codec.former(bytes(before));
        MarkerWrite write = codec.trash(Optional.of(bytes(before)), NOW);
        assertThat(text(write)).isEqualTo(trash);
        assertThat(write.mediaType()).isEqualTo(mediaType(form));

        byte[] trashed = new Upstream(form.equals("PUT") ? Upstream.Json.REPLACE : Upstream.Json.MERGE_DEEPLY, 0)
                .apply(bytes(before), write);
        MarkerWrite back =
                codec.restore(Optional.of(trashed), Optional.of(former)).orElseThrow();
        assertThat(text(back)).isEqualTo(restore);
        assertThat(back.mediaType()).isEqualTo(mediaType(form));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "flag   | MERGE_PATCH | {\"is_trashed\":true} | {\"is_trashed\":false}",
                "time   | MERGE_PATCH | {\"deleted_at\":\"2026\"} | {\"deleted_at\":null}",
                "status | MERGE_PATCH | {\"status\":\"archived\"} | -",
                "fixed  | MERGE_PATCH | {\"status\":\"archived\"} | {\"status\":\"open\"}",
                "list   | MERGE_PATCH | {\"fields\":[" + ENTRY + "]} | {\"fields\":[]}",
                "list   | MERGE_PATCH | {\"fields\":[{\"key\":\"a\"}, " + ENTRY + "]} | {\"fields\":[{\"key\":\"a\"}]}",
                "list   | JSON_PATCH  | {\"fields\":[{\"key\":\"deleted\",\"value\":\"no\"}," + ENTRY + "]}"
                        + " | [{\"op\":\"test\",\"path\":\"/fields/1/key\",\"value\":\"deleted\"},"
                        + "{\"op\":\"remove\",\"path\":\"/fields/1\"}]",
                "list   | JSON_PATCH  | {\"fields\":[]} | []",
                "list   | JSON_PATCH  | {} | []",
                "list   | MERGE_PATCH | {\"fields\":null} | {\"fields\":null}",
                "nested | JSON        | {\"meta\":{\"x\":1,\"gone\":true}} | {\"meta\":{\"x\":1,\"gone\":false}}",
            })
    void restoreOfAnUnknownFormerValue(String marker, String form, String trashed, String expected) {
        var codec = policy(marker, form).codec();
        // Nobody kept one; one that says trashed itself; one that is none.
        String own = codec.former(bytes(trashed));
        boolean says = codec.read(bytes(trashed)) instanceof MarkerReading.Trashed;
        for (var former : List.of(Optional.<String>empty(), Optional.of(says ? own : "{"), Optional.of("{"))) {
            assertThat(codec.restore(Optional.of(bytes(trashed)), former)
                            .map(MarkerWriteTest::text)
                            .orElse("-"))
                    .isEqualTo(expected);
        }
    }

    @Test
    void fixedLiveValueWinsOverTheFormerOne() {
        var codec = policy("fixed", "JSON").codec();
        assertThat(codec.restore(Optional.empty(), Optional.of("\"held\"")).map(MarkerWriteTest::text))
                .contains("{\"status\":\"open\"}");
    }

    @Test
    void simpleWritesNeedNoDocument() {
        for (String form : List.of("MERGE_PATCH", "JSON_PATCH", "JSON")) {
            var codec = policy("flag", form).codec();
            assertThat(codec.needsDocument()).isFalse();
            assertThat(text(codec.trash(Optional.empty(), NOW))).contains("true");
            assertThat(text(codec.restore(Optional.empty(), Optional.of("")).orElseThrow()))
                    .doesNotContain("true");
        }
        assertThat(policy("nested", "MERGE_PATCH").codec().needsDocument()).isFalse();
        assertThat(text(policy("nested", "MERGE_PATCH")
                        .codec()
                        .restore(Optional.empty(), Optional.of("/meta"))
                        .orElseThrow()))
                .isEqualTo("{\"meta\":{\"gone\":null}}");
        assertThat(policy("nested", "JSON_PATCH").codec().needsDocument()).isTrue();
        assertThat(text(policy("nested", "JSON_PATCH").codec().trash(Optional.empty(), NOW)))
                .isEqualTo("[{\"op\":\"add\",\"path\":\"/meta/gone\",\"value\":true}]");
        assertThat(policy("nested", "JSON").codec().needsDocument()).isTrue();
        assertThat(policy("flag", "PUT").codec().needsDocument()).isTrue();
        assertThat(policy("list", "MERGE_PATCH").codec().needsDocument()).isTrue();
    }

    @Test
    void bodiesAreWrapped() {
        byte[] document = bytes("{\"order\":{\"id\":7}}");
        assertThat(text(policy("flag", "MERGE_PATCH").wrap("order").codec().trash(Optional.of(document), NOW)))
                .isEqualTo("{\"order\":{\"is_trashed\":true}}");
        assertThat(text(policy("flag", "JSON").wrap("order").codec().trash(Optional.of(document), NOW)))
                .isEqualTo("{\"order\":{\"is_trashed\":true}}");
        assertThat(text(policy("flag", "JSON_PATCH")
                        .wrap("a/b", "order")
                        .codec()
                        .trash(Optional.empty(), NOW)))
                .contains("\"path\":\"/a~1b/order/is_trashed\"");
        assertThat(text(policy("list", "JSON_PATCH").wrap("order").codec().trash(Optional.of(document), NOW)))
                .contains("\"path\":\"/order/fields\"");
        assertThat(text(policy("flag", "PUT").wrap("order").codec().trash(Optional.of(document), NOW)))
                .isEqualTo("{\"order\":{\"id\":7,\"is_trashed\":true}}");
        assertThat(policy("flag", "PUT").wrap("order").codec().former(document)).isEqualTo(MarkerCodec.ABSENT);
    }

    @Test
    void markersAreWrittenElsewhereThanTheyAreRead() {
        byte[] live = bytes("{\"deleted_at\":null}");
        byte[] bare = bytes("{}");
        var merge = policy("time", "MERGE_PATCH").at("attributes", "trashedAt").codec();
        assertThat(merge.needsDocument()).isFalse();
        assertThat(text(merge.trash(Optional.of(live), NOW)))
                .isEqualTo("{\"attributes\":{\"trashedAt\":\"2026-11-22T10:00:00.123Z\"}}");
        assertThat(text(merge.restore(Optional.of(live), Optional.of(merge.former(bare)))
                        .orElseThrow()))
                .isEqualTo("{\"attributes\":{\"trashedAt\":null}}");
        var patch = policy("flag", "JSON_PATCH").at("attributes", "gone").codec();
        assertThat(patch.needsDocument()).isFalse();
        assertThat(text(patch.trash(Optional.of(bare), NOW)))
                .isEqualTo("[{\"op\":\"add\",\"path\":\"/attributes/gone\",\"value\":true}]");
        assertThat(text(patch.restore(Optional.of(bare), Optional.of("")).orElseThrow()))
                .isEqualTo("[{\"op\":\"add\",\"path\":\"/attributes/gone\",\"value\":false}]");
        var whole = policy("flag", "PUT").at("gone").codec();
        assertThat(text(whole.trash(Optional.of(bare), NOW))).isEqualTo("{\"gone\":true}");
        assertThat(text(whole.restore(Optional.of(bytes("{\"is_trashed\":true}")), Optional.of(""))
                        .orElseThrow()))
                .isEqualTo("{\"is_trashed\":true,\"gone\":false}");
        var list = policy("list", "JSON_PATCH").at("custom").codec();
        assertThat(text(list.trash(Optional.of(bytes("{\"fields\":[]}")), NOW))).contains("/custom/-");
    }

    /** What others did to the list or around the marker meanwhile stays. */
    @Test
    void restoreLeavesAloneWhatOthersChangedMeanwhile() {
        var list = policy("list", "MERGE_PATCH").codec();
        byte[] now = bytes("{\"fields\":[{\"key\":\"b\"}," + ENTRY + "]}");
        for (String former : List.of("", "null", "[]", "[{\"key\":\"a\"}]")) {
            assertThat(text(list.restore(Optional.of(now), Optional.of(former)).orElseThrow()))
                    .isEqualTo("{\"fields\":[{\"key\":\"b\"}]}");
        }
        assertThat(text(list.restore(Optional.of(now), Optional.of("[{\"key\":\"deleted\",\"value\":\"no\"}]"))
                        .orElseThrow()))
                .isEqualTo("{\"fields\":[{\"key\":\"b\"},{\"key\":\"deleted\",\"value\":\"no\"}]}");
        assertThat(text(policy("nested", "MERGE_PATCH")
                        .codec()
                        .restore(Optional.of(bytes("{\"meta\":{\"gone\":true,\"x\":1}}")), Optional.of("/meta"))
                        .orElseThrow()))
                .isEqualTo("{\"meta\":{\"gone\":null}}");
    }

    @Test
    void byteOrderMarkDoesNotGoBack() {
        assertThat(text(policy("flag", "PUT").codec().trash(Optional.of(bytes("\uFEFF{}")), NOW)))
                .isEqualTo("{\"is_trashed\":true}");
    }

    @Test
    void namedMembersOfAnEntryAreUsed() {
        var marker = new Marker.ExtensionList(
                place("fields"), "12", new Marker.ExtensionValue.Fixed(new JsonScalar("true")), "id", "content");
        var codec = TestPolicy.with(marker).codec();
        assertThat(text(codec.trash(Optional.of(bytes("{\"fields\":[{\"id\":12,\"content\":null}]}")), NOW)))
                .isEqualTo("{\"fields\":[{\"id\":12,\"content\":true}]}");
        assertThat(text(codec.trash(Optional.of(bytes("{}")), NOW)))
                .isEqualTo("{\"fields\":[{\"id\":\"12\",\"content\":true}]}");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "flag   | PUT         | <html>           | not JSON",
                "flag   | PUT         | []               | no item",
                "flag   | MERGE_PATCH | {\"a\"           | not JSON",
                "nested | MERGE_PATCH | {\"meta\":5}     | no object",
                "nested | JSON        | {\"meta\":[]}    | no object",
                "nested | JSON_PATCH  | {\"meta\":\"x\"} | no object",
                "list   | JSON        | {\"fields\":{}}  | no list",
            })
    void itemsWithoutRoomForTheMarkerAreRefused(String marker, String form, String document, String why) {
        var codec = policy(marker, form).codec();
        assertThatThrownBy(() -> codec.trash(Optional.of(bytes(document)), NOW))
                .isInstanceOf(UnwritableMarkerException.class)
                .hasMessageContaining(why);
    }

    @Test
    void missingDocumentsAreRefused() {
        for (var codec :
                List.of(policy("flag", "PUT").codec(), policy("list", "JSON").codec())) {
            assertThatThrownBy(() -> codec.trash(Optional.empty(), NOW)).isInstanceOf(UnwritableMarkerException.class);
        }
        assertThatThrownBy(() -> policy("flag", "JSON").codec().former(bytes("nope")))
                .isInstanceOf(UnwritableMarkerException.class);
    }

    static TestPolicy policy(String marker, String form) {
        Marker chosen = switch (marker) {
            case "flag" -> TestPolicy.FLAG;
            case "time" -> TestPolicy.TIMESTAMP;
            case "status" -> TestPolicy.STATUS;
            case "fixed" ->
                new Marker.Status(
                        place("status"), new JsonScalar("\"archived\""), Optional.of(new JsonScalar("\"open\"")));
            case "list" -> TestPolicy.extension("\"true\"");
            case "dated" -> TestPolicy.extension("timestamp");
            case "nested" -> new Marker.Flag(place("meta", "gone"));
            default -> throw new AssertionError(marker);
        };
        TestPolicy policy = TestPolicy.with(chosen);
        return form.equals("PUT") ? policy.replacing() : policy.format(Format.valueOf(form));
    }

    private static String mediaType(String form) {
        return switch (form) {
            case "MERGE_PATCH" -> "application/merge-patch+json";
            case "JSON_PATCH" -> "application/json-patch+json";
            default -> "application/json";
        };
    }

    private static String text(MarkerWrite write) {
        return new String(write.body(), UTF_8);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(UTF_8);
    }
}
