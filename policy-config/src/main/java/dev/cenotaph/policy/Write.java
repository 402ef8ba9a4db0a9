package dev.cenotaph.policy;

import java.util.Optional;

/**
 * How a marker is written to the upstream.
 *
 * @param replace whether the write replaces the whole item, so that the item is read first and put back changed
 * @param at where the marker is written, if other than where it is read
 */
public record Write(Method method, Format format, boolean replace, Optional<Place> at, Exists exists, Verify verify) {

    /** The method of the write. */
    public enum Method {
        PATCH,
        PUT,
        POST
    }

    /** What the write's body is. */
    public enum Format {
        /** RFC 7396, {@code application/merge-patch+json}. */
        MERGE_PATCH,
        /** RFC 6902, {@code application/json-patch+json}. */
        JSON_PATCH,
        /** A partial object, or the whole item where the write replaces it; {@code application/json}. */
        JSON
    }

    /** How a DELETE of an unknown id is kept from creating it. */
    public enum Exists {
        /** The item is read first. */
        CHECK,
        /** The write carries {@code If-Match: *} (RFC 9110 §13.1.1). */
        IF_MATCH,
        /** The upstream answers 404 by itself. */
        TRUST
    }

    /** How we know that the marker was taken. */
    public enum Verify {
        /** By the answer to the write; by a read where the answer does not show the marker. */
        RESPONSE,
        /** By a read. */
        READ,
        /** Not at all. */
        NONE
    }
}
