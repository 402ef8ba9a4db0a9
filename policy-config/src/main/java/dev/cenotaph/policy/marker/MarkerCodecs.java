package dev.cenotaph.policy.marker;

import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.ResourcePolicy;
import java.util.Optional;

/** From a policy to the codec of its marker. */
public final class MarkerCodecs {
    private MarkerCodecs() {}

    /**
     * The codec of a marker inside the item.
     *
     * @throws IllegalArgumentException if the marker does not sit in the item
     */
    public static MarkerCodec of(ResourcePolicy policy) {
        return inside(policy)
                .orElseThrow(() ->
                        new IllegalArgumentException("the marker of " + policy.name() + " does not sit in the item"));
    }

    /** The codec of a marker inside the item; empty where the marker sits elsewhere. */
    public static Optional<MarkerCodec> inside(ResourcePolicy policy) {
        return switch (policy.marker()) {
            case Marker.Flag flag -> Optional.of(new FieldCodec(policy, flag.place(), new Field.Flag()));
            case Marker.Timestamp time -> Optional.of(new FieldCodec(policy, time.place(), new Field.Timestamp()));
            case Marker.Status status ->
                Optional.of(new FieldCodec(policy, status.place(), new Field.Status(status.trashed(), status.live())));
            case Marker.ExtensionList list -> Optional.of(new ListCodec(policy, list.list(), ExtensionEntry.of(list)));
            case Marker.ExtensionResource resource -> Optional.empty();
            case Marker.Snapshot snapshot -> Optional.empty();
        };
    }
}
