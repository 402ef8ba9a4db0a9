package dev.cenotaph.policy.marker;

import dev.cenotaph.policy.Answers;
import dev.cenotaph.policy.Batch;
import dev.cenotaph.policy.CollectionDelete;
import dev.cenotaph.policy.Create;
import dev.cenotaph.policy.EncodedSlash;
import dev.cenotaph.policy.Expansion;
import dev.cenotaph.policy.ItemId;
import dev.cenotaph.policy.JsonScalar;
import dev.cenotaph.policy.Listing;
import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.MarkerWrites;
import dev.cenotaph.policy.MethodOverride;
import dev.cenotaph.policy.Mode;
import dev.cenotaph.policy.PathTemplate;
import dev.cenotaph.policy.Permanent;
import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.Reveal;
import dev.cenotaph.policy.Trash;
import dev.cenotaph.policy.Unique;
import dev.cenotaph.policy.Write;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A policy for tests, orders under {@code /orders/{id}}, of which the interesting parts can be chosen. */
public record TestPolicy(
        Marker marker,
        Write.Format format,
        boolean replace,
        Place wrap,
        Optional<Place> at,
        ItemId id,
        PathTemplate item,
        Listing.OnUnfilterable onUnfilterable) {

    public static final Marker FLAG = new Marker.Flag(place("is_trashed"));
    public static final Marker TIMESTAMP = new Marker.Timestamp(place("deleted_at"));
    public static final Marker STATUS =
            new Marker.Status(place("status"), new JsonScalar("\"archived\""), Optional.empty());

    public static TestPolicy with(Marker marker) {
        return new TestPolicy(
                marker,
                Write.Format.MERGE_PATCH,
                false,
                Place.ROOT,
                Optional.empty(),
                new ItemId.Member(place("id")),
                template(new PathTemplate.Literal("orders"), new PathTemplate.Variable("id", "")),
                Listing.OnUnfilterable.FAIL);
    }

    public static Marker extension(String value) {
        Marker.ExtensionValue holds = value.equals("timestamp")
                ? new Marker.ExtensionValue.DeleteTime()
                : new Marker.ExtensionValue.Fixed(new JsonScalar(value));
        return new Marker.ExtensionList(place("fields"), "deleted", holds, "key", "value");
    }

    /** A place by its names. */
    public static Place place(String... names) {
        return new Place(List.of(names));
    }

    public static PathTemplate template(PathTemplate.Segment... segments) {
        return new PathTemplate("/orders/{id}", List.of(segments));
    }

    public TestPolicy format(Write.Format changed) {
        return new TestPolicy(marker, changed, replace, wrap, at, id, item, onUnfilterable);
    }

    public TestPolicy replacing() {
        return new TestPolicy(marker, format, true, wrap, at, id, item, onUnfilterable);
    }

    public TestPolicy wrap(String... names) {
        return new TestPolicy(marker, format, replace, place(names), at, id, item, onUnfilterable);
    }

    public TestPolicy at(String... names) {
        return new TestPolicy(marker, format, replace, wrap, Optional.of(place(names)), id, item, onUnfilterable);
    }

    public TestPolicy id(ItemId changed) {
        return new TestPolicy(marker, format, replace, wrap, at, changed, item, onUnfilterable);
    }

    public TestPolicy item(PathTemplate.Segment... segments) {
        return new TestPolicy(marker, format, replace, wrap, at, id, template(segments), onUnfilterable);
    }

    public TestPolicy passing() {
        return new TestPolicy(marker, format, replace, wrap, at, id, item, Listing.OnUnfilterable.PASS);
    }

    public MarkerCodec codec() {
        return MarkerCodecs.of(policy());
    }

    public ResourcePolicy policy() {
        return new ResourcePolicy(
                "orders",
                URI.create("http://localhost:9090"),
                new PathTemplate("/orders", List.of(new PathTemplate.Literal("orders"))),
                item,
                id,
                Optional.empty(),
                wrap,
                EncodedSlash.REFUSE,
                List.of(),
                marker,
                new Write(
                        replace ? Write.Method.PUT : Write.Method.PATCH,
                        format,
                        replace,
                        at,
                        Write.Exists.CHECK,
                        Write.Verify.RESPONSE),
                new Listing(Place.ROOT, Place.ROOT, List.of("application/json"), List.of(), onUnfilterable),
                List.of(),
                List.of(),
                List.of(),
                Answers.plain(Answers.Delete.NO_CONTENT, Answers.Repeat.GONE, 410),
                new Trash(
                        List.of("with_trashed"),
                        List.of("only_trashed"),
                        Map.of(),
                        "trashed",
                        List.of(":undelete"),
                        Trash.Writes.GONE,
                        Trash.Delete.REFUSE,
                        false),
                new Permanent("permanent", Permanent.Allow.ALWAYS),
                Optional.empty(),
                List.of(),
                Create.RESERVE,
                Unique.NONE,
                CollectionDelete.REFUSE,
                Expansion.USUAL,
                Batch.REFUSE,
                Reveal.ALWAYS,
                MarkerWrites.LEARN,
                Optional.empty(),
                MethodOverride.REFUSE,
                Mode.ENFORCE);
    }
}
