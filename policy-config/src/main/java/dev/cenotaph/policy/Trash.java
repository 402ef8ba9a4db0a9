package dev.cenotaph.policy;

import java.util.List;

/**
 * How clients ask for what is trashed.
 *
 * @param include query parameters that add trashed items to an answer
 * @param only query parameters that leave nothing but trashed items
 * @param collection the path segment below the collection that lists the trash
 * @param restore what follows an item's path to restore it: {@code :verb}, or {@code /segment}
 * @param writes what a write of a trashed item does
 */
public record Trash(List<String> include, List<String> only, String collection, List<String> restore, Writes writes) {

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
        restore = List.copyOf(restore);
    }
}
