package dev.cenotaph.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What becomes of totals, and of pages that lost rows.
 *
 * @param total where an answer tells how many items there are
 * @param last where an answer links to the last page of all
 * @param query parameters of a filter that the upstream knows, sent along where trash is excluded; decoded
 * @param paging how clients come from page to page; empty where the policy does not tell
 */
public record Pages(
        List<Spot> total,
        Totals totals,
        List<Spot> last,
        Map<String, String> query,
        Optional<Paging> paging,
        ShortPages shortPages) {
    /** Totals and pages go out as the upstream has them. */
    public static final Pages AS_THEY_COME =
            new Pages(List.of(), Totals.EXACT, List.of(), Map.of(), Optional.empty(), ShortPages.ALLOW);

    /** The query parameter of ours, in links to a page that begins where another ended. */
    public static final String PARAMETER = "cenotaph_page";

    /** Something of an answer. */
    public sealed interface Spot {
        /** A value of its body. */
        record InBody(Place place) implements Spot {}

        /** A header. */
        record InHeader(String name) implements Spot {}
    }

    /** What becomes of totals. */
    public enum Totals {
        /** Without the trashed items, where that number is known for certain; else dropped. */
        EXACT,
        /** Dropped. */
        DROP
    }

    /** How clients come from page to page. Names are those of query parameters. */
    public sealed interface Paging {
        /** By the number of rows to skip. */
        record Offset(String offset, Optional<String> limit) implements Paging {}

        /** By the number of a page. */
        record Page(String page, Optional<String> size) implements Paging {}

        /**
         * By a text that each answer gives for the next one.
         *
         * @param from where it stands
         */
        record Cursor(String cursor, String limit, Spot from) implements Paging {}

        /** By links whose parameters nobody but the upstream understands. */
        record Links() implements Paging {}

        /** The parameter by which a client names a page itself; empty where it can only follow. */
        default Optional<String> position() {
            return switch (this) {
                case Offset by -> Optional.of(by.offset());
                case Page by -> Optional.of(by.page());
                case Cursor by -> Optional.empty();
                case Links by -> Optional.empty();
            };
        }

        /** The parameters that choose a page, and no items. */
        default List<String> parameters() {
            return switch (this) {
                case Offset by -> with(by.offset(), by.limit());
                case Page by -> with(by.page(), by.size());
                case Cursor by -> List.of(by.cursor(), by.limit());
                case Links by -> List.of();
            };
        }

        private static List<String> with(String name, Optional<String> size) {
            return size.map(given -> List.of(name, given)).orElse(List.of(name));
        }
    }

    /** What becomes of a page that lost rows. */
    public enum ShortPages {
        /** It stays short. */
        ALLOW,
        /** It is filled from the pages after it: a first page, and every page that a link of ours led to. */
        REFILL,
        /** The same, for pages alone that a link of ours led to. */
        REFILL_LINKED
    }

    public Pages {
        total = List.copyOf(total);
        last = List.copyOf(last);
        query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
    }

    /** Whether pages are filled. */
    public boolean refills() {
        return shortPages != ShortPages.ALLOW;
    }

    /** Whether answers go out as the upstream has them, but for the rows that are dropped. */
    public boolean areAsTheyCome() {
        return total.isEmpty() && !refills();
    }
}
