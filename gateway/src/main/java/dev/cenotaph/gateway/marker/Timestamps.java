package dev.cenotaph.gateway.marker;

import dev.cenotaph.gateway.json.JsonSpan;
import dev.cenotaph.gateway.json.JsonText;
import dev.cenotaph.gateway.marker.MarkerReading.Hidden;
import dev.cenotaph.gateway.marker.MarkerReading.Live;
import dev.cenotaph.gateway.marker.MarkerReading.Trashed;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Times as upstreams write them. */
final class Timestamps {
    /** RFC 3339 §5.6, always in UTC and with milliseconds. */
    private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter READ = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[ ][XXX][XX][X]")
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    /** What stands for no time: of MySQL, of Go and .NET. */
    private static final List<String> ZERO = List.of("0000-00-00", "0001-01-01T00:00:00");

    /** From here on a number counts milliseconds, below it seconds: the year 5138 or 1973. */
    private static final double MILLISECONDS = 1e11;

    /** From here on a number counts nothing that we know. */
    private static final double UNKNOWN = 1e14;

    private Timestamps() {}

    static String json(Instant time) {
        return JsonText.quote(WRITTEN.format(time));
    }

    static MarkerReading read(JsonSpan value) {
        return switch (value.kind()) {
            case NULL, FALSE -> new Live();
            case TRUE -> new Trashed(Optional.empty());
            case NUMBER -> number(value.json());
            case STRING -> string(value.text());
            case OBJECT, ARRAY -> new Hidden();
        };
    }

    private static MarkerReading number(String text) {
        double number = Double.parseDouble(text);
        return number == 0 ? new Live() : new Trashed(sinceEpoch(number));
    }

    private static MarkerReading string(String text) {
        if (text.isEmpty() || ZERO.stream().anyMatch(text::startsWith)) {
            return new Live();
        }
        return new Trashed(parse(text));
    }

    private static Optional<Instant> parse(String text) {
        if (text.length() <= 20 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return sinceEpoch(Double.parseDouble(text));
        }
        try {
            return switch (READ.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from)) {
                case OffsetDateTime time -> Optional.of(time.toInstant());
                case LocalDateTime time -> Optional.of(time.toInstant(ZoneOffset.UTC));
                case LocalDate date -> Optional.of(date.atStartOfDay().toInstant(ZoneOffset.UTC));
                default -> Optional.empty();
            };
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> sinceEpoch(double number) {
        double size = Math.abs(number);
        if (size >= UNKNOWN) {
            return Optional.empty();
        }
        return Optional.of(Instant.ofEpochMilli(Math.round(size >= MILLISECONDS ? number : number * 1000)));
    }
}
