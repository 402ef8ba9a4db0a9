package dev.cenotaph.policy;

import java.util.List;

/**
 * How the items of a collection answer are found.
 *
 * @param items where the array sits in the body
 * @param row from an element of the array to the item itself
 * @param mediaTypes the media types that are filtered, lower case, {@code *} as in {@code application/*+json}
 * @param next where an answer links to the page after it, besides {@code Link} with {@code rel=next}
 * @param onUnfilterable what becomes of an answer that cannot be filtered
 * @param pages what becomes of totals, and of pages that lost rows
 */
public record Listing(
        Place items, Place row, List<String> mediaTypes, List<Next> next, OnUnfilterable onUnfilterable, Pages pages) {

    /** Where an answer links to the page after it. */
    public sealed interface Next {
        /** In a text of its body. */
        record Body(Place place) implements Next {}

        /** In a header whose value is the link, or a {@code Link} (RFC 8288). */
        record Header(String name) implements Next {}
    }

    /** What becomes of an answer that cannot be filtered. */
    public enum OnUnfilterable {
        /** 502, never a leak. */
        FAIL,
        /** It passes as it is. */
        PASS
    }

    public Listing {
        mediaTypes = List.copyOf(mediaTypes);
        next = List.copyOf(next);
    }

    /** A listing whose totals and pages go out as they come. */
    public Listing(Place items, Place row, List<String> mediaTypes, List<Next> next, OnUnfilterable onUnfilterable) {
        this(items, row, mediaTypes, next, onUnfilterable, Pages.AS_THEY_COME);
    }
}
