package dev.cenotaph.policy.yaml;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads {@code retention}: a duration that is as long at all times. Years and months are not. */
final class RetentionReader {
    /** ISO 8601-1 §5.5.2. */
    private static final Pattern DURATION = Pattern.compile("P(?=\\d|T\\d)(?:\\d+Y)?(?:\\d+M)?(?:\\d+W)?(?:\\d+D)?"
            + "(?:T(?=\\d)(?:\\d+H)?(?:\\d+M)?(?:\\d+(?:\\.\\d+)?S)?)?");

    // As many digits as the schema takes: no sum of them is longer than a millennium.
    private static final Pattern EXACT = Pattern.compile("P(?=\\d|T\\d)(?=.*[1-9])(?:(\\d{1,4})W)?(?:(\\d{1,5})D)?"
            + "(?:T(?=\\d)(?:(\\d{1,6})H)?(?:(\\d{1,7})M)?(?:(\\d{1,8})S)?)?");

    private RetentionReader() {}

    static Optional<Duration> read(MappingReader resource) {
        return resource.text("retention")
                .filter(text -> !text.text().equals("none"))
                .flatMap(text -> duration(text, resource.problems()));
    }

    private static Optional<Duration> duration(Scalar scalar, Problems problems) {
        var exact = EXACT.matcher(scalar.text());
        if (exact.matches()) {
            return Optional.of(duration(exact.toMatchResult()));
        }
        String text = Wording.quoted(scalar.text());
        if (DURATION.matcher(scalar.text()).matches()) {
            problems.add(
                    scalar.at(),
                    ProblemCode.INEXACT_DURATION,
                    text + " cannot be a retention: it is nothing, longer than a lifetime, or not always as long.",
                    "Write whole weeks, days, hours, minutes and seconds, such as `P365D` for a year.");
        } else {
            problems.add(
                    scalar.at(),
                    ProblemCode.INVALID_DURATION,
                    text + " is no duration.",
                    "Write `none`, or a duration such as `P30D` or `PT12H`.");
        }
        return Optional.empty();
    }

    private static Duration duration(MatchResult exact) {
        return Duration.ofDays(7 * number(exact, 1) + number(exact, 2))
                .plusHours(number(exact, 3))
                .plusMinutes(number(exact, 4))
                .plusSeconds(number(exact, 5));
    }

    private static long number(MatchResult exact, int group) {
        return exact.group(group) == null ? 0 : Long.parseLong(exact.group(group));
    }
}
