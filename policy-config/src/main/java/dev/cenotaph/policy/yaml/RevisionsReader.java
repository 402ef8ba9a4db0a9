package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.Revisions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code revisions}: how many older bodies are kept, and what of them. */
final class RevisionsReader {
    private static final Pattern COUNT = Pattern.compile("0|[1-9]\\d{0,2}|1000");
    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,5})(B|kB|MB)");
    private static final Map<String, Long> UNITS = Map.of("B", 1L, "kB", 1L << 10, "MB", 1L << 20);
    private static final int USUAL_COUNT = 20;
    private static final long USUAL_SIZE = 1L << 20;
    private static final long LARGEST_SIZE = 16L << 20;

    private RevisionsReader() {}

    /** Empty where none are kept. */
    static Optional<Revisions> read(MappingReader resource) {
        return resource.map("revisions").flatMap(RevisionsReader::revisions);
    }

    private static Optional<Revisions> revisions(MappingReader revisions) {
        int keep = revisions
                .scalar("keep")
                .flatMap(count -> count(revisions, count))
                .orElse(USUAL_COUNT);
        long maxSize = revisions
                .text("max-size")
                .flatMap(text -> size(revisions, text))
                .orElse(USUAL_SIZE);
        List<Place> redact = revisions.texts("redact").orElse(List.of()).stream()
                .flatMap(text -> Places.readInner(text, revisions.problems()).stream())
                .toList();
        revisions.finish();
        return keep == 0 ? Optional.empty() : Optional.of(new Revisions(keep, maxSize, redact));
    }

    private static Optional<Integer> count(MappingReader revisions, Scalar count) {
        if (count.kind() == Scalar.Kind.NUMBER && COUNT.matcher(count.text()).matches()) {
            return Optional.of(Integer.parseInt(count.text()));
        }
        return refused(
                revisions,
                count,
                "keep",
                "is no number of revisions",
                "Write a whole number up to 1000; 0 keeps none.");
    }

    private static Optional<Long> size(MappingReader revisions, Scalar text) {
        Matcher size = SIZE.matcher(text.text());
        if (size.matches()) {
            long bytes = Long.parseLong(size.group(1)) * UNITS.getOrDefault(size.group(2), 1L);
            if (bytes <= LARGEST_SIZE) {
                return Optional.of(bytes);
            }
        }
        return refused(
                revisions,
                text,
                "max-size",
                "is no size that a revision can have",
                "Write a whole number and a unit, up to 16MB, such as `64kB`.");
    }

    private static <T> Optional<T> refused(
            MappingReader revisions, Scalar given, String key, String what, String mend) {
        revisions
                .problems()
                .add(
                        given.at(),
                        ProblemCode.INVALID_VALUE,
                        Wording.quoted(key + ": " + given.text()) + " " + what + ".",
                        mend);
        return Optional.empty();
    }
}
