package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.ItemId;
import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.Write;
import dev.cenotaph.policy.json.JsonDocument;
import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.json.JsonText;
import dev.cenotaph.policy.json.MalformedJsonException;
import dev.cenotaph.policy.marker.ClientMarkerWrite;
import dev.cenotaph.policy.marker.ClientMarkerWrite.Effect;
import dev.cenotaph.policy.marker.ExtensionEntry;
import dev.cenotaph.policy.marker.MarkerCodecs;
import dev.cenotaph.policy.marker.UnwritableMarkerException;
import dev.cenotaph.policy.match.ItemKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An upstream that has one item and does as its policy says of it. */
public final class SimulatedUpstream implements Upstream {
    private static final Headers JSON = Headers.of("Content-Type", "application/json");
    private static final String ENTRY_ID = "1";

    private final ResourcePolicy policy;
    private final ItemKey key;
    private final String live;
    private final Instant now;
    private boolean trashed;
    private boolean deleted;

    /**
     * An upstream with one item.
     *
     * @param item its document as live; made up where it is empty
     * @throws UnwritableMarkerException if the document is no item of the policy, or has no room for the marker
     */
    public SimulatedUpstream(ResourcePolicy policy, ItemKey key, Optional<String> item, boolean trashed, Instant now) {
        this.policy = policy;
        this.key = key;
        this.live = item.orElseGet(() -> sample(policy, key));
        this.trashed = trashed;
        this.deleted = trashed && policy.marker() instanceof Marker.Snapshot;
        this.now = now;
        check();
    }

    private void check() {
        try {
            if (JsonDocument.of(live)
                    .find(policy.wrap())
                    .filter(span -> span.kind() == JsonSpan.Kind.OBJECT)
                    .isEmpty()) {
                throw new UnwritableMarkerException("no object stands at \"" + policy.wrap() + "\"");
            }
        } catch (MalformedJsonException notJson) {
            throw new UnwritableMarkerException("it is not JSON: " + notJson.getMessage(), notJson);
        }
        trashedDocument();
        former();
    }

    @Override
    public Reply answer(Call call) {
        String path = call.rawPath();
        if (policy.marker() instanceof Marker.ExtensionResource beside) {
            String entries = key.path(policy, beside.resource());
            if (path.equals(entries) || path.equals(entries + "/" + ENTRY_ID)) {
                return entries(call, ExtensionEntry.of(beside));
            }
        }
        if (path.equals(key.path(policy, policy.path()))) {
            return switch (call.method()) {
                case "POST" -> new Reply(201, JSON, call.body());
                case "DELETE" -> Reply.empty(204, Headers.NONE);
                default -> list();
            };
        }
        return policy.views().stream().anyMatch(view -> path.equals(key.path(policy, view.path())))
                ? list()
                : item(call);
    }

    /** What a restore has to write back, were the item trashed by the gateway. */
    public Optional<String> former() {
        return policy.marker() instanceof Marker.Snapshot
                ? Optional.of(live)
                : MarkerCodecs.inside(policy).map(codec -> codec.former(Body.bytes(live)));
    }

    private Reply item(Call call) {
        if (deleted && call.method().equals("PUT") && policy.marker() instanceof Marker.Snapshot) {
            deleted = false;
            return new Reply(201, JSON, live);
        }
        if (deleted) {
            return new Reply(404, JSON, "{}");
        }
        switch (call.method()) {
            case "DELETE" -> {
                deleted = true;
                return Reply.empty(204, Headers.NONE);
            }
            case "PUT", "PATCH", "POST" -> mark(call);
            default -> {}
        }
        return new Reply(200, JSON, document());
    }

    private void mark(Call call) {
        var write = ClientMarkerWrite.read(
                policy, call.method(), call.headers().first("Content-Type"), Body.bytes(call.body()));
        boolean removes = call.method().equals("PATCH") && !trashes(write.effect()) && trashed;
        trashed = trashes(write.effect()) || (trashed && write.effect() != Effect.REVIVES && !removes);
    }

    private static boolean trashes(Effect effect) {
        return effect == Effect.TRASHES;
    }

    private Reply entries(Call call, ExtensionEntry entry) {
        trashed = switch (call.method()) {
            case "POST", "PUT" -> true;
            case "DELETE" -> false;
            default -> trashed;
        };
        String json = JsonDocument.of(entry.trashed(now))
                .set(new Place(List.of("id")), ENTRY_ID)
                .root()
                .json();
        return switch (call.method()) {
            case "GET" -> new Reply(200, JSON, "{\"data\":[" + (trashed ? json : "") + "]}");
            case "DELETE" -> Reply.empty(204, Headers.NONE);
            default -> new Reply(200, JSON, json);
        };
    }

    private Reply list() {
        String row = JsonSpan.of(document()).find(policy.wrap()).orElseThrow().json();
        String element = policy.list().row().isRoot()
                ? row
                : JsonDocument.nest(policy.list().row().tokens(), row);
        return new Reply(
                200, JSON, JsonDocument.nest(policy.list().items().tokens(), "[" + (deleted ? "" : element) + "]"));
    }

    private String document() {
        return trashed ? trashedDocument() : live;
    }

    private String trashedDocument() {
        return MarkerCodecs.inside(writtenWhole(policy))
                .map(codec -> Body.text(
                        codec.trash(Optional.of(Body.bytes(live)), now).body()))
                .orElse(live);
    }

    /** The policy, were its upstream one that takes whole items. */
    private static ResourcePolicy writtenWhole(ResourcePolicy policy) {
        var whole = new Write(
                Write.Method.PUT,
                Write.Format.JSON,
                true,
                Optional.empty(),
                policy.write().exists(),
                policy.write().verify());
        return new ResourcePolicy(
                policy.name(),
                policy.upstream(),
                policy.path(),
                policy.item(),
                policy.id(),
                policy.idPattern(),
                policy.wrap(),
                policy.encodedSlash(),
                policy.aliases(),
                policy.marker(),
                whole,
                policy.list(),
                policy.views(),
                policy.unlink(),
                policy.embedded(),
                policy.answers(),
                policy.trash(),
                policy.permanent(),
                policy.retention(),
                policy.children(),
                policy.create(),
                policy.unique(),
                policy.collectionDelete(),
                policy.expansion(),
                policy.batch(),
                policy.reveal(),
                policy.markerWrites(),
                policy.revisions(),
                policy.override(),
                policy.mode());
    }

    private static String sample(ResourcePolicy policy, ItemKey key) {
        String number = key.id().matches("[1-9]\\d{0,8}") ? key.id() : JsonText.quote(key.id());
        var document = JsonDocument.of("{}");
        document = switch (policy.id()) {
            case ItemId.Member member -> document.set(policy.wrap().append(member.place()), number);
            case ItemId.Href href ->
                document.set(policy.wrap().append(href.place()), JsonText.quote(key.path(policy, policy.item())));
        };
        return switch (policy.marker()) {
            case Marker.Flag flag -> set(document, policy, flag.place(), "false");
            case Marker.Timestamp time -> set(document, policy, time.place(), "null");
            case Marker.Status status ->
                set(
                        document,
                        policy,
                        status.place(),
                        status.live().map(Object::toString).orElse("\"active\""));
            case Marker.ExtensionList list -> set(document, policy, list.list(), "[]");
            case Marker.ExtensionResource resource -> document.root().json();
            case Marker.Snapshot snapshot -> document.root().json();
        };
    }

    private static String set(JsonDocument document, ResourcePolicy policy, Place place, String json) {
        return document.set(policy.wrap().append(place), json).root().json();
    }
}
