package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.JsonScalar;
import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.Place;
import java.util.List;
import java.util.Optional;

/** Reads {@code marker}: exactly one kind. */
final class MarkerReader {
    private static final List<String> KINDS = List.of("flag", "timestamp", "status", "extension", "snapshot");

    private final MappingReader marker;
    private final Problems problems;

    private MarkerReader(MappingReader marker) {
        this.marker = marker;
        this.problems = marker.problems();
    }

    static Optional<Marker> read(MappingReader resource) {
        return resource.map("marker").flatMap(marker -> new MarkerReader(marker).read());
    }

    private Optional<Marker> read() {
        var kinds = KINDS.stream().flatMap(kind -> kind(kind).stream()).toList();
        boolean anyUnknown = marker.mapping().entries().keySet().stream().anyMatch(key -> !KINDS.contains(key));
        marker.finish();
        var given = marker.mapping().entries().entrySet().stream()
                .filter(entry -> KINDS.contains(entry.getKey()))
                .toList();
        if (given.size() > 1) {
            kindProblem(given.get(1).getValue().at(), "A marker is of one kind, and this is a second.");
        } else if (given.isEmpty() && !anyUnknown) {
            kindProblem(marker.mapping().at(), "The marker is of no kind.");
        }
        return kinds.stream().findFirst();
    }

    private void kindProblem(Position at, String what) {
        problems.add(
                at,
                ProblemCode.MARKER_KIND,
                what,
                "Write one of `flag`, `timestamp`, `status`, `extension` and `snapshot`.");
    }

    private Optional<Marker> kind(String kind) {
        return switch (kind) {
            case "flag" -> place(marker, "flag").map(Marker.Flag::new);
            case "timestamp" -> place(marker, "timestamp").map(Marker.Timestamp::new);
            case "status" -> marker.map("status").flatMap(this::status);
            case "extension" -> marker.map("extension").flatMap(extension -> new ExtensionReader(extension).read());
            default -> marker.map("snapshot").map(snapshot -> new SnapshotReader(snapshot).read());
        };
    }

    private Optional<Place> place(MappingReader reader, String key) {
        return reader.text(key).flatMap(text -> Places.readInner(text, problems));
    }

    private Optional<Marker> status(MappingReader status) {
        var place = status.requiredText("field").flatMap(text -> Places.readInner(text, problems));
        status.required("trashed");
        var trashed = status.scalar("trashed").filter(scalar -> notNull("trashed", scalar, problems));
        var live = status.scalar("live").filter(scalar -> !isPrevious(scalar));
        status.finish();
        if (trashed.isPresent()
                && live.isPresent()
                && trashed.get().json().equals(live.get().json())) {
            String what = "`live` is the value that means trashed: a restore would restore nothing.";
            problems.add(live.get().at(), ProblemCode.LIVE_EQUALS_TRASHED, what, "Write another value, or `previous`.");
        }
        Optional<JsonScalar> liveValue = live.map(Scalar::json);
        return place.flatMap(at -> trashed.map(value -> new Marker.Status(at, value.json(), liveValue)));
    }

    private static boolean isPrevious(Scalar scalar) {
        return scalar.isText() && scalar.text().equals("previous");
    }

    /** Null is what an absent member looks like, and what a forgotten value reads as: it cannot mean trashed. */
    static boolean notNull(String key, Scalar scalar, Problems problems) {
        if (scalar.isNull()) {
            String what = "`" + key + "` has no value, or null.";
            problems.add(scalar.at(), ProblemCode.WRONG_TYPE, what, "Write a text, a number or a boolean.");
        }
        return !scalar.isNull();
    }
}
