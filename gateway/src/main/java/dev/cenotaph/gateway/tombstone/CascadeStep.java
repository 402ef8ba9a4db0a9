package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.policy.match.ItemKey;
import java.util.List;
import java.util.Optional;

/**
 * Something that is left to trash: a collection to be walked, or one item.
 *
 * @param id of the item; empty for the collection
 * @param nextPage the URL of the page that is read next; empty for the first
 * @param pages how many pages this walk has read
 * @param changed how many items it has trashed
 * @param attempts how often it failed
 * @param obstacle why, the last time
 */
public record CascadeStep(
        String resource,
        List<String> parents,
        Optional<String> id,
        Optional<String> nextPage,
        long pages,
        long changed,
        long attempts,
        Optional<String> obstacle) {
    public CascadeStep {
        parents = List.copyOf(parents);
    }

    /** A collection, from its first page. */
    public static CascadeStep walk(String resource, List<String> parents) {
        return new CascadeStep(resource, parents, Optional.empty(), Optional.empty(), 0, 0, 0, Optional.empty());
    }

    /** An item that could not be trashed. */
    public static CascadeStep again(ItemKey key, String why) {
        return new CascadeStep(
                key.resource(), key.parents(), Optional.of(key.id()), Optional.empty(), 0, 0, 1, Optional.of(why));
    }

    /** One more page is read, and there is another. */
    public CascadeStep after(long more, String next) {
        return new CascadeStep(
                resource, parents, id, Optional.of(next), pages + 1, changed + more, 0, Optional.empty());
    }

    /** The last page is read, and the walk begins anew. */
    public CascadeStep anew() {
        return id.isPresent() ? this : walk(resource, parents);
    }

    public CascadeStep failed(String why) {
        return new CascadeStep(resource, parents, id, nextPage, pages, changed, attempts + 1, Optional.of(why));
    }
}
