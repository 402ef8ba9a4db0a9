package dev.cenotaph.policy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rules for one resource.
 *
 * @param name unique in the policy set; part of every tombstone's key
 * @param upstream the service that holds the items
 * @param path the collection
 * @param item the item's template; its last variable is the item's id, those before are its parents' ids
 * @param idPattern what an id must match as a whole
 * @param wrap where the item sits in one-item requests and answers
 * @param aliases other templates for the same item, with the variables of {@code item}
 * @param unlink templates below an item whose DELETE passes
 * @param embedded where answers of other paths hold its items
 * @param expansion what {@link CollectionDelete#EXPAND} reads; its paths count in any case
 * @param retention how long a trashed item is kept before it is purged; empty for ever
 * @param revisions the older bodies of its items that are kept; empty where none are
 * @param children names of resources whose items follow the item that they lie below
 */
public record ResourcePolicy(
        String name,
        URI upstream,
        PathTemplate path,
        PathTemplate item,
        ItemId id,
        Optional<Pattern> idPattern,
        Place wrap,
        EncodedSlash encodedSlash,
        List<PathTemplate> aliases,
        Marker marker,
        Write write,
        Listing list,
        List<View> views,
        List<PathTemplate> unlink,
        List<Embedded> embedded,
        Answers answers,
        Trash trash,
        Permanent permanent,
        Optional<Duration> retention,
        List<String> children,
        Create create,
        Unique unique,
        CollectionDelete collectionDelete,
        Expansion expansion,
        Batch batch,
        Reveal reveal,
        MarkerWrites markerWrites,
        Optional<Revisions> revisions,
        MethodOverride override,
        Mode mode) {
    public ResourcePolicy {
        aliases = List.copyOf(aliases);
        views = List.copyOf(views);
        unlink = List.copyOf(unlink);
        children = List.copyOf(children);
        embedded = List.copyOf(embedded);
    }

    /**
     * When an item is purged; empty for never.
     *
     * @param known since when it is known to be trashed
     */
    public Optional<Instant> purgeTime(Instant known) {
        return retention.map(known::plus);
    }

    /** The same policy in another mode. */
    public ResourcePolicy in(Mode other) {
        return new ResourcePolicy(
                name,
                upstream,
                path,
                item,
                id,
                idPattern,
                wrap,
                encodedSlash,
                aliases,
                marker,
                write,
                list,
                views,
                unlink,
                embedded,
                answers,
                trash,
                permanent,
                retention,
                children,
                create,
                unique,
                collectionDelete,
                expansion,
                batch,
                reveal,
                markerWrites,
                revisions,
                override,
                other);
    }
}
