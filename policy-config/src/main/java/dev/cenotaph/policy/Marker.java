package dev.cenotaph.policy;

import java.util.Optional;

/** How an upstream spells trashed. */
public sealed interface Marker {

    /** {@code true} is trashed; {@code false}, {@code null} or absent is live. */
    record Flag(Place place) implements Marker {}

    /** A time is trashed; {@code null}, the empty string or absent is live. */
    record Timestamp(Place place) implements Marker {}

    /**
     * One value is trashed, every other is live.
     *
     * @param live what a restore writes; empty for the value that the item had before
     */
    record Status(Place place, JsonScalar trashed, Optional<JsonScalar> live) implements Marker {}

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
            implements Marker {}

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
            implements Marker {}

    /** What an extension entry holds when the item is trashed. */
    sealed interface ExtensionValue {
        /** This value. */
        record Fixed(JsonScalar value) implements ExtensionValue {}

        /** The time of the deletion, as an RFC 3339 string. */
        record DeleteTime() implements ExtensionValue {}
    }
}
