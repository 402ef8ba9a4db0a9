package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.Marker.Recreate;
import dev.cenotaph.policy.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code marker.snapshot}. */
final class SnapshotReader {
    private static final Choices<Recreate> RECREATE =
            Choices.of("PUT", Recreate.PUT).or("POST", Recreate.POST);
    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,5})(B|kB|MB)");
    private static final Map<String, Long> UNITS = Map.of("B", 1L, "kB", 1L << 10, "MB", 1L << 20);
    private static final long USUAL_SIZE = 1L << 20;
    private static final long LARGEST_SIZE = 16L << 20;

    private final MappingReader snapshot;
    private final Problems problems;

    SnapshotReader(MappingReader snapshot) {
        this.snapshot = snapshot;
        this.problems = snapshot.problems();
    }

    Marker read() {
        var recreate = snapshot.choice("recreate", RECREATE, Recreate.PUT);
        var maxSize = snapshot.text("max-size").flatMap(this::size).orElse(USUAL_SIZE);
        List<Place> redact = snapshot.texts("redact").orElse(List.of()).stream()
                .flatMap(text -> Places.readInner(text, problems).stream())
                .toList();
        snapshot.finish();
        return new Marker.Snapshot(recreate, maxSize, redact);
    }

    private Optional<Long> size(Scalar text) {
        Matcher size = SIZE.matcher(text.text());
        if (size.matches()) {
            long bytes = Long.parseLong(size.group(1)) * UNITS.getOrDefault(size.group(2), 1L);
            if (bytes <= LARGEST_SIZE) {
                return Optional.of(bytes);
            }
        }
        problems.add(
                text.at(),
                ProblemCode.INVALID_VALUE,
                Wording.quoted("max-size: " + text.text()) + " is no size that a snapshot can have.",
                "Write a whole number and a unit, up to 16MB, such as `64kB`.");
        return Optional.empty();
    }
}
