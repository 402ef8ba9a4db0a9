package dev.cenotaph.policy.embedded;

import dev.cenotaph.policy.Embedded.Where;
import dev.cenotaph.policy.ItemId;
import dev.cenotaph.policy.Listing.OnUnfilterable;
import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.json.JsonSpan.Kind;
import dev.cenotaph.policy.marker.IdReader;
import dev.cenotaph.policy.marker.MarkerCodec;
import dev.cenotaph.policy.marker.MarkerCodecs;
import dev.cenotaph.policy.marker.MarkerReading;
import dev.cenotaph.policy.match.EmbeddedMatch;
import dev.cenotaph.policy.match.ItemKey;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Says of each embedded item of one answer whether it is trashed: its marker says so, or the index knows. Unlike a list's row
 * it teaches nothing and is believed in one direction alone, for it may be a copy from before the deletion.
 */
final class EmbeddedJudge {
    private final EmbeddedMatch match;
    private final ResourcePolicy policy;
    private final Predicate<ItemKey> trashed;
    private final IdReader ids;
    private final Optional<MarkerCodec> marker;
    private final Set<String> seen = new HashSet<>();

    EmbeddedJudge(EmbeddedMatch match, Predicate<ItemKey> trashed) {
        this.match = match;
        this.policy = match.policy();
        this.trashed = trashed;
        this.ids = IdReader.of(policy);
        this.marker = MarkerCodecs.inside(policy);
    }

    /** Whether an item is trashed: an object, or its id, or a link to it. Nothing at all, {@code null}, is not. */
    boolean isTrashed(JsonSpan item) {
        return switch (item.kind()) {
            case NULL -> false;
            case OBJECT -> isTrashed(item, id(item));
            case STRING, NUMBER -> isTrashedById(id(item));
            case ARRAY, TRUE, FALSE -> untellable("is neither an object nor an id");
        };
    }

    /** Whether the item of an id is trashed, as far as the index and this answer tell. */
    boolean isTrashedId(String id) {
        return seen.contains(id) || match.key(id).filter(trashed).isPresent();
    }

    /** Whether a link leads to a trashed item. */
    boolean isTrashedLink(String href) {
        return ids.readLink(href).filter(this::isTrashedId).isPresent();
    }

    /** The id of an item, or the one that a reference is. */
    Optional<String> id(JsonSpan item) {
        return switch (item.kind()) {
            case OBJECT ->
                ownPlace().isPresent() ? item.find(ownPlace().get()).flatMap(this::reference) : ids.read(item);
            default -> reference(item);
        };
    }

    private Optional<Place> ownPlace() {
        return switch (match.rule().where()) {
            case Where.At at -> at.id();
            case Where.JsonApi api -> Optional.empty();
        };
    }

    private Optional<String> reference(JsonSpan value) {
        if (value.kind() == Kind.NUMBER) {
            return Optional.of(value.text());
        }
        if (value.kind() != Kind.STRING || value.text().isEmpty()) {
            return Optional.empty();
        }
        String text = value.text();
        boolean isLink = policy.id() instanceof ItemId.Href || text.startsWith("/") || text.contains("://");
        return isLink ? ids.readLink(text) : Optional.of(text);
    }

    private boolean isTrashed(JsonSpan item, Optional<String> id) {
        MarkerReading reading = marker.flatMap(codec -> item.find(codec.place()).map(codec::readValue))
                .orElseGet(MarkerReading.Hidden::new);
        return switch (reading) {
            case MarkerReading.Trashed said -> {
                id.ifPresent(seen::add);
                yield true;
            }
            case MarkerReading.Live said -> id.filter(this::isTrashedId).isPresent();
            case MarkerReading.Hidden said -> isTrashedById(id);
        };
    }

    private boolean isTrashedById(Optional<String> id) {
        return id.filter(known -> match.parents().isPresent() || seen.contains(known))
                .map(this::isTrashedId)
                .orElseGet(() -> untellable("shows neither marker nor id"));
    }

    private boolean untellable(String why) {
        if (policy.list().onUnfilterable() == OnUnfilterable.FAIL) {
            throw new UntellableItemException("an item of " + policy.name() + " in it " + why);
        }
        return false;
    }

    /** What stands for a trashed item: its id where it would have it, and its state. */
    String stub(JsonSpan item) {
        return new Stub(ownPlace().orElseGet(ids::place)).of(item);
    }
}
