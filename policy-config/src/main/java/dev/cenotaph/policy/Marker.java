package dev.cenotaph.policy;

import java.util.List;
import java.util.Optional;

/** How an upstream spells trashed. */
public sealed interface Marker {

    /**
     * Whether what another marker wrote to trash an item is trashed to this one, too. What a restore writes, and what an
     * upstream writes of its own accord, does not matter.
     */
    boolean reads(Marker old);

    /** {@code true} is trashed; {@code false}, {@code null} or absent is live. */
    record Flag(Place place) implements Marker {
        @Override
        public boolean reads(Marker old) {
            return equals(old);
        }
    }

    /** A time is trashed; {@code null}, the empty string or absent is live. */
    record Timestamp(Place place) implements Marker {
        @Override
        public boolean reads(Marker old) {
            return equals(old);
        }
    }

    /**
     * One value is trashed, every other is live.
     *
     * @param live what a restore writes; empty for the value that the item had before
     */
    record Status(Place place, JsonScalar trashed, Optional<JsonScalar> live) implements Marker {
        @Override
        public boolean reads(Marker old) {
            return old instanceof Status status && place.equals(status.place()) && trashed.equals(status.trashed());
        }
    }

    /**
     * An entry of a key-value list inside the item.
     *
     * @param list where the array of entries sits in the item
     * @param key the key of the entry that marks
     * @param value what the entry holds when trashed
     * @param keyName the member of an entry that holds the key
     * @param valueName the member of an entry that holds the value
     */
    record ExtensionList(Place list, String key, ExtensionValue value, String keyName, String valueName)
            implements Marker {
        @Override
        public boolean reads(Marker old) {
            return equals(old);
        }
    }

    /**
     * An entry of a key-value sub-resource below the item.
     *
     * @param resource the sub-resource; has the variables of the item's template
     * @param namespace the entry's {@code namespace} member, where the upstream has such a thing
     */
    record ExtensionResource(
            PathTemplate resource,
            Optional<String> namespace,
            String key,
            ExtensionValue value,
            String keyName,
            String valueName)
            implements Marker {
        /** An entry is known by its namespace only where this marker names one. */
        @Override
        public boolean reads(Marker old) {
            return old instanceof ExtensionResource entry
                    && resource.equals(entry.resource())
                    && (namespace.isEmpty() || namespace.equals(entry.namespace()))
                    && key.equals(entry.key())
                    && value.equals(entry.value())
                    && keyName.equals(entry.keyName())
                    && valueName.equals(entry.valueName());
        }
    }

    /**
     * None: the upstream has nothing to mark. We keep the item's last body and delete the item for real; a restore creates
     * it anew.
     *
     * @param recreate how
     * @param maxSize the longest body that is kept, in bytes; a longer item is not deleted
     * @param redact members of the item that are not kept, and that a restored item does not have
     */
    record Snapshot(Recreate recreate, long maxSize, List<Place> redact) implements Marker {
        public Snapshot {
            redact = List.copyOf(redact);
        }

        /** A snapshot restores under any policy that restores from snapshots. */
        @Override
        public boolean reads(Marker old) {
            return old instanceof Snapshot;
        }
    }

    /** How a restore creates an item anew. */
    enum Recreate {
        /** By a PUT to the URL that it had. */
        PUT,
        /** By a POST to its collection, which gives it another id. */
        POST
    }

    /** What an extension entry holds when the item is trashed. */
    sealed interface ExtensionValue {
        /** This value. */
        record Fixed(JsonScalar value) implements ExtensionValue {}

        /** The time of the deletion, as an RFC 3339 string. */
        record DeleteTime() implements ExtensionValue {}
    }
}
