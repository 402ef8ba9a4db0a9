package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.marker.MarkerReading;
import dev.cenotaph.policy.match.ItemKey;
import java.time.Instant;
import java.util.Optional;

/** The calls that read and write the marker of one item. */
sealed interface Marking permits MarkingInside, MarkingBeside, MarkingKept {

    /**
     * The marking of an item.
     *
     * @param path the item's raw path
     */
    static Marking of(Scene scene, ResourcePolicy policy, ItemKey key, String path) {
        return switch (policy.marker()) {
            case Marker.ExtensionResource beside ->
                new MarkingBeside(scene, path, key.path(policy, beside.resource()), beside);
            case Marker.Snapshot snapshot -> new MarkingKept(scene, policy, key, path, snapshot);
            case Marker.Flag flag -> new MarkingInside(scene, policy, path);
            case Marker.Timestamp time -> new MarkingInside(scene, policy, path);
            case Marker.Status status -> new MarkingInside(scene, policy, path);
            case Marker.ExtensionList list -> new MarkingInside(scene, policy, path);
        };
    }

    /** Whether a soft delete has to read the item first, whatever the policy says. */
    boolean readsFirst();

    Reading read();

    Reply trash(Optional<Reading.Found> found, Instant deleteTime);

    /** Empty where the live value cannot be known. */
    Optional<Reply> restore(Reading.Found found, Optional<String> former);

    /** What the answer to a write shows of the marker. */
    MarkerReading readAnswer(Reply answer);

    /** Whether a trashed item lies with the gateway alone. */
    default boolean keepsItem() {
        return false;
    }

    /** Whether a restore gives the item another id. */
    default boolean createsAnew() {
        return false;
    }

    /** Whether the item itself holds the marker. */
    boolean isInside();
}
