package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.Marker.ExtensionValue;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.Write;
import java.util.Locale;

/** Markers in words. */
final class MarkerWords {
    private MarkerWords() {}

    /** The marker and how it is written. */
    static String of(ResourcePolicy policy) {
        return switch (policy.marker()) {
            case Marker.ExtensionResource resource -> of(resource);
            case Marker.Snapshot snapshot -> of(snapshot);
            case Marker.Flag flag -> written(flag, policy);
            case Marker.Timestamp time -> written(time, policy);
            case Marker.Status status -> written(status, policy);
            case Marker.ExtensionList list -> written(list, policy);
        };
    }

    private static String written(Marker marker, ResourcePolicy policy) {
        return of(marker) + ", written by " + of(policy.write());
    }

    static String of(Marker marker) {
        return switch (marker) {
            case Marker.Flag flag -> "`" + flag.place() + "` is true";
            case Marker.Timestamp time -> "`" + time.place() + "` holds a time";
            case Marker.Status status -> "`" + status.place() + "` is " + status.trashed();
            case Marker.ExtensionList list ->
                "`" + list.list() + "` has an entry " + list.key() + " " + of(list.value());
            case Marker.ExtensionResource resource ->
                "an entry " + resource.key() + " " + of(resource.value()) + " in " + resource.resource();
            case Marker.Snapshot snapshot ->
                "none: a snapshot is kept and the item deleted, and a " + snapshot.recreate() + " creates it anew";
        };
    }

    static String of(Write write) {
        String whole = write.replace() ? " of the whole item" : "";
        return write.method() + whole + " as "
                + write.format().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String of(ExtensionValue value) {
        return switch (value) {
            case ExtensionValue.Fixed fixed -> "with the value " + fixed.value();
            case ExtensionValue.DeleteTime time -> "with the time";
        };
    }
}
