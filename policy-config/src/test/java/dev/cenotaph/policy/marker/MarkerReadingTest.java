package dev.cenotaph.policy.marker;

import static dev.cenotaph.policy.marker.TestPolicy.place;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenotaph.policy.JsonScalar;
import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.PathTemplate;
import dev.cenotaph.policy.json.JsonSpan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkerReadingTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "true,trashed",
                "false,live",
                "null,live",
                "-,hidden",
                "1,trashed",
                "1.0,trashed",
                "0,live",
                "-0.0,live",
                "2,hidden",
                "\"1\",trashed",
                "\"true\",trashed",
                "\"TRUE\",trashed",
                "\"0\",live",
                "\"false\",live",
                "\"False\",live",
                "\"\",live",
                "\"maybe\",hidden",
                "{},hidden",
                "[],hidden"
            })
    void flags(String value, String expected) {
        assertThat(reading(TestPolicy.FLAG, "is_trashed", value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "null,live",
                "\"\",live",
                "0,live",
                "0.0,live",
                "false,live",
                "-,hidden",
                "{},hidden",
                "[],hidden",
                "\"0000-00-00 00:00:00\",live",
                "\"0000-00-00\",live",
                "\"0001-01-01T00:00:00Z\",live",
                "true,trashed",
                "\"yesterday\",trashed",
                "\"2026-11-22T10:00:00Z\",trashed 2026-11-22T10:00:00Z",
                "\"2026-11-22T10:00:00.123456+02:00\",trashed 2026-11-22T08:00:00.123456Z",
                "\"2026-11-22T10:00:00+0200\",trashed 2026-11-22T08:00:00Z",
                "\"2026-11-22t10:00:00z\",trashed 2026-11-22T10:00:00Z",
                "\"2026-11-22 10:00:00\",trashed 2026-11-22T10:00:00Z",
                "\"2026-11-22T10:00\",trashed 2026-11-22T10:00:00Z",
                "\"2026-11-22 10:00:00 +02\",trashed 2026-11-22T08:00:00Z",
                "\"2026-11-22\",trashed 2026-11-22T00:00:00Z",
                "\"2026-13-45\",trashed",
                "\"2026-11-22T10:00:00.5Z\",trashed 2026-11-22T10:00:00.500Z",
                "\"2026-11-22T10:00:00.123456789Z\",trashed 2026-11-22T10:00:00.123456789Z",
                "\"2026-12-31T23:59:59Z\",trashed 2026-12-31T23:59:59Z",
                "\"2024-02-29T00:00:00Z\",trashed 2024-02-29T00:00:00Z",
                "\"2025-02-29T00:00:00Z\",trashed 2025-02-28T00:00:00Z",
                "\"2026-00-22T10:00:00Z\",trashed",
                "\"2026-11-22T25:00:00Z\",trashed",
                "\"2026-11-22T10:60:00Z\",trashed",
                "\"2026-11-22T10:00:0xZ\",trashed",
                "1795341600,trashed 2026-11-22T10:00:00Z",
                "1795341600123,trashed 2026-11-22T10:00:00.123Z",
                "1795341600.5,trashed 2026-11-22T10:00:00.500Z",
                "\"1795341600\",trashed 2026-11-22T10:00:00Z",
                "1e400,trashed",
                "99999999999999999999,trashed",
                "-1,trashed 1969-12-31T23:59:59Z"
            })
    void timestamps(String value, String expected) {
        assertThat(reading(TestPolicy.TIMESTAMP, "deleted_at", value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "\"archived\",\"archived\",trashed",
                "\"archived\",\"arch\\u0069ved\",trashed",
                "\"archived\",\"Archived\",live",
                "\"archived\",\"open\",live",
                "\"archived\",null,live",
                "\"archived\",-,hidden",
                "\"archived\",{},live",
                "9,9,trashed",
                "9,9.0,trashed",
                "9,90e-1,trashed",
                "9,\"9\",live",
                "9,1e999999999999,live",
                "true,true,trashed",
                "true,false,live",
                "null,null,trashed",
                "9,5,live"
            })
    void statuses(String trashed, String value, String expected) {
        Marker marker = new Marker.Status(place("status"), new JsonScalar(trashed), Optional.empty());
        assertThat(reading(marker, "status", value)).isEqualTo(expected);
    }

    @Test
    void veryLongNumbersAreComparedAsText() {
        String big = "1" + "0".repeat(200);
        Marker marker = new Marker.Status(place("status"), new JsonScalar(big), Optional.empty());
        assertThat(reading(marker, "status", big)).isEqualTo("trashed");
        assertThat(reading(marker, "status", "1e200")).isEqualTo("live");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "\"true\" | - | hidden",
                "\"true\" | null | live",
                "\"true\" | {} | hidden",
                "\"true\" | [] | live",
                "\"true\" | [{\"key\":\"other\",\"value\":\"true\"}] | live",
                "\"true\" | [{\"key\":\"deleted\",\"value\":\"true\"}] | trashed",
                "\"true\" | [{\"key\":\"deleted\",\"value\":true}] | trashed",
                "true | [{\"key\":\"deleted\",\"value\":\"true\"}] | trashed",
                "1 | [{\"key\":\"deleted\",\"value\":\"1\"}] | trashed",
                "1 | [{\"key\":\"deleted\",\"value\":1.0}] | trashed",
                "1 | [{\"key\":\"deleted\",\"value\":true}] | live",
                "\"true\" | [{\"key\":\"deleted\",\"value\":\"false\"}] | live",
                "\"true\" | [{\"key\":\"deleted\",\"value\":null}] | live",
                "\"true\" | [{\"key\":\"deleted\"}] | live",
                "\"true\" | [5,null,\"deleted\",{\"key\":\"deleted\",\"value\":\"true\"}] | trashed",
                "\"true\" | [{\"key\":\"deleted\",\"value\":\"true\"},{\"key\":\"deleted\",\"value\":\"no\"}] | trashed",
                "timestamp | [{\"key\":\"deleted\",\"value\":\"2026-11-22T10:00:00Z\"}] | trashed 2026-11-22T10:00:00Z",
                "timestamp | [{\"key\":\"deleted\",\"value\":\"\"}] | live",
                "timestamp | [{\"key\":\"deleted\",\"value\":{}}] | hidden",
            })
    void extensionEntries(String value, String list, String expected) {
        assertThat(reading(TestPolicy.extension(value), "fields", list)).isEqualTo(expected);
    }

    @Test
    void nestedMarkersAreHiddenWithoutTheirParent() {
        var codec = TestPolicy.with(new Marker.Timestamp(place("meta", "deleted_at")))
                .codec();
        assertThat(text(codec.read(bytes("{\"id\":1}")))).isEqualTo("hidden");
        assertThat(text(codec.read(bytes("{\"meta\":null}")))).isEqualTo("hidden");
        assertThat(text(codec.read(bytes("{\"meta\":{\"deleted_at\":null}}")))).isEqualTo("live");
    }

    @Test
    void documentsAreWrappedAndRowsAreNot() {
        var codec = TestPolicy.with(TestPolicy.FLAG).wrap("order").codec();
        byte[] wrapped = bytes("{\"order\":{\"is_trashed\":true}}");
        byte[] bare = bytes("  {\"is_trashed\":true}  ");
        assertThat(text(codec.read(wrapped))).isEqualTo("trashed");
        assertThat(text(codec.read(bare))).isEqualTo("hidden");
        assertThat(codec.place()).isEqualTo(TestPolicy.place("is_trashed"));
        assertThat(text(codec.readValue(JsonSpan.of("true")))).isEqualTo("trashed");
    }

    @Test
    void whatIsNoJsonIsHidden() {
        assertThat(text(TestPolicy.with(TestPolicy.FLAG).codec().read(bytes("<html>"))))
                .isEqualTo("hidden");
    }

    @Test
    void subResourceMarkersHaveNoCodec() {
        var marker = new Marker.ExtensionResource(
                new PathTemplate("/orders/{id}/meta", List.of()),
                Optional.of("cenotaph"),
                "deleted",
                new Marker.ExtensionValue.DeleteTime(),
                "key",
                "value");
        var policy = TestPolicy.with(marker).policy();
        assertThat(MarkerCodecs.inside(policy)).isEmpty();
        assertThatThrownBy(() -> MarkerCodecs.of(policy)).isInstanceOf(IllegalArgumentException.class);

        var entry = ExtensionEntry.of(marker);
        String json = entry.trashed(Instant.EPOCH);
        assertThat(json)
                .isEqualTo("{\"namespace\":\"cenotaph\",\"key\":\"deleted\",\"value\":\"1970-01-01T00:00:00.000Z\"}");
        assertThat(entry.matches(JsonSpan.of(json))).isTrue();
        assertThat(entry.matches(JsonSpan.of("{\"key\":\"deleted\"}"))).isFalse();
    }

    private static String reading(Marker marker, String name, String value) {
        String member = value.equals("-") ? "" : ",\"" + name + "\": " + value;
        byte[] row = bytes("{\"id\":1" + member + "}");
        var codec = TestPolicy.with(marker).codec();
        assertThat(JsonSpan.of(row).find(codec.place()).map(codec::readValue).orElse(new MarkerReading.Hidden()))
                .isEqualTo(codec.read(row));
        return text(codec.read(row));
    }

    private static String text(MarkerReading reading) {
        return switch (reading) {
            case MarkerReading.Live live -> "live";
            case MarkerReading.Hidden hidden -> "hidden";
            case MarkerReading.Trashed trashed ->
                "trashed" + trashed.since().map(time -> " " + time).orElse("");
        };
    }

    private static byte[] bytes(String json) {
        return json.getBytes(UTF_8);
    }
}
