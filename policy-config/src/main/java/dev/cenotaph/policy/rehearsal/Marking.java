package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.marker.MarkerReading;
import dev.cenotaph.policy.match.ItemKey;
import java.time.Instant;
import java.util.Optional;

/** The calls that read and write the marker of one item. */
sealed interface Marking permits MarkingInside, MarkingBeside {

    /**
     * The marking of an item.
     *
     * @param path the item's raw path
     */
    static Marking of(Scene scene, ResourcePolicy policy, ItemKey key, String path) {
        return policy.marker() instanceof Marker.ExtensionResource marker
                ? new MarkingBeside(scene, path, key.path(policy, marker.resource()), marker)
                : new MarkingInside(scene, policy, path);
    }

    /** Whether a soft delete has to read the item first, whatever the policy says. */
    boolean readsFirst();

    Reading read();

    Reply trash(Optional<Reading.Found> found, Instant deleteTime);

    /** Empty where the live value cannot be known. */
    Optional<Reply> restore(Reading.Found found, Optional<String> former);

    /** What the answer to a write shows of the marker. */
    MarkerReading readAnswer(Reply answer);

    /** Whether the item itself holds the marker. */
    boolean isInside();
}
