package dev.cenotaph.policy.marker;

import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.json.JsonText;
import dev.cenotaph.policy.marker.MarkerReading.Hidden;
import dev.cenotaph.policy.marker.MarkerReading.Live;
import dev.cenotaph.policy.marker.MarkerReading.Trashed;
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

    private static final String PLAIN = "0000-00-00T00:00:00Z";

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
        return text.isEmpty() || isZero(text) ? new Live() : new Trashed(parse(text));
    }

    private static boolean isZero(String text) {
        for (String zero : ZERO) {
            if (text.startsWith(zero)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Instant> parse(String text) {
        if (isPlain(text)) {
            return Optional.of(plain(text));
        }
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

    /**
     * Whether it is a time in UTC in the form that most upstreams write, to the second or finer. {@link #READ} reads it
     * too, but takes longer than the rest of a list's row.
     */
    private static boolean isPlain(String text) {
        int length = text.length();
        if (length < PLAIN.length() || length > PLAIN.length() + 10 || text.charAt(length - 1) != 'Z') {
            return false;
        }
        for (int at = 0; at < PLAIN.length() - 1; at++) {
            char c = text.charAt(at);
            char expected = PLAIN.charAt(at);
            if (expected == '0' ? c < '0' || c > '9' : c != expected) {
                return false;
            }
        }
        return isFraction(text, PLAIN.length() - 1, length - 1)
                && isIn(number(text, 5, 7), 1, 12)
                && isIn(number(text, 8, 10), 1, 28)
                && isIn(number(text, 11, 13), 0, 23)
                && isIn(number(text, 14, 16), 0, 59)
                && isIn(number(text, 17, 19), 0, 59);
    }

    private static boolean isFraction(String text, int from, int to) {
        boolean digits = from == to || (text.charAt(from) == '.' && to > from + 1);
        for (int at = from + 1; at < to; at++) {
            digits &= text.charAt(at) >= '0' && text.charAt(at) <= '9';
        }
        return digits;
    }

    private static boolean isIn(int number, int least, int most) {
        return number >= least && number <= most;
    }

    private static Instant plain(String text) {
        long day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                .toEpochDay();
        long second = (number(text, 11, 13) * 60L + number(text, 14, 16)) * 60 + number(text, 17, 19);
        int nanos = 0;
        for (int at = PLAIN.length(); at < PLAIN.length() + 9; at++) {
            nanos = 10 * nanos + (at < text.length() - 1 ? text.charAt(at) - '0' : 0);
        }
        return Instant.ofEpochSecond(day * 86_400 + second, nanos);
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int at = from; at < to; at++) {
            number = 10 * number + text.charAt(at) - '0';
        }
        return number;
    }

    private static Optional<Instant> sinceEpoch(double number) {
        double size = Math.abs(number);
        if (size >= UNKNOWN) {
            return Optional.empty();
        }
        return Optional.of(Instant.ofEpochMilli(Math.round(size >= MILLISECONDS ? number : number * 1000)));
    }
}
