package dev.cenotaph.policy;

import java.util.List;
import java.util.Map;

/**
 * How clients ask for what is trashed.
 *
 * @param include query parameters that add trashed items to an answer
 * @param only query parameters that leave nothing but trashed items
 * @param onlyWhen the upstream's own list parameters, each with the value that asks for nothing but trashed items; forwarded
 * @param collection the path segment below the collection that lists the trash; or one beside it, after {@link #BESIDE},
 *     where {@link #COLLECTION} stands for the collection's own last segment
 * @param restore what follows an item's path to restore it: {@code :verb}, or {@code /segment}
 * @param writes what a write of a trashed item does
 * @param delete what a DELETE of an item in the trash collection does
 * @param restoreAncestors whether the restore of an item restores what is trashed above it first
 */
public record Trash(
        List<String> include,
        List<String> only,
        Map<String, String> onlyWhen,
        String collection,
        List<String> restore,
        Writes writes,
        Delete delete,
        boolean restoreAncestors) {
    /** What {@link #collection} begins with if the trash lies beside its collection. */
    public static final String BESIDE = "../";

    /** Stands for the collection's own last segment. */
    public static final String COLLECTION = "{collection}";

    /** What a DELETE of an item in the trash collection does. */
    public enum Delete {
        /** Nothing: 405. */
        REFUSE,
        /** It deletes for good, as far as {@link Permanent#allow} goes. */
        PERMANENT
    }

    /** What a write of a trashed item does. */
    public enum Writes {
        /** It gets the gone answer, and is not forwarded. */
        GONE,
        /** A PUT restores the item, and is forwarded then. */
        PUT,
        /** A PATCH that asks for trash restores, if it holds the marker's live value alone. */
        PATCH
    }

    public Trash {
        include = List.copyOf(include);
        only = List.copyOf(only);
        onlyWhen = Map.copyOf(onlyWhen);
        restore = List.copyOf(restore);
    }
}
