package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.ItemId;
import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.Marker.Recreate;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.json.JsonDocument;
import dev.cenotaph.policy.json.MalformedJsonException;
import dev.cenotaph.policy.json.Redaction;
import dev.cenotaph.policy.marker.MarkerReading;
import dev.cenotaph.policy.match.ItemKey;
import java.time.Instant;
import java.util.Optional;

/** No marker: the item's body is kept, the item deleted for real, and created anew by a restore. */
final class MarkingKept implements Marking {
    private final Scene scene;
    private final ResourcePolicy policy;
    private final ItemKey key;
    private final String path;
    private final Marker.Snapshot marker;
    private final Redaction redaction;
    private Optional<String> kept;
    private boolean sent;

    MarkingKept(Scene scene, ResourcePolicy policy, ItemKey key, String path, Marker.Snapshot marker) {
        this.scene = scene;
        this.policy = policy;
        this.key = key;
        this.path = path;
        this.marker = marker;
        this.redaction = new Redaction(marker.redact().stream()
                .map(place -> policy.wrap().append(place))
                .toList());
        this.kept = scene.known(key).flatMap(Known::former);
    }

    @Override
    public boolean readsFirst() {
        return true;
    }

    @Override
    public boolean keepsItem() {
        return true;
    }

    @Override
    public boolean createsAnew() {
        return marker.recreate() == Recreate.POST;
    }

    @Override
    public Reading read() {
        Reply item = scene.get(path);
        if (item.isMissing()) {
            return snapshot().orElse(new Reading.Missing(item));
        }
        if (item.status() != 200) {
            return new Reading.Unreadable(item);
        }
        Reading live = new Reading.Found(new MarkerReading.Live(), item, Optional.empty());
        return scene.isTrashed(key) && !sent ? snapshot().orElse(live) : live;
    }

    @Override
    public Reply trash(Optional<Reading.Found> found, Instant deleteTime) {
        Reply read = found.orElseThrow().answer();
        if (read.body().isEmpty()) {
            return Problems.of(
                    409, "snapshot-impossible", "The upstream shows the item without a body. Nothing was deleted.");
        }
        byte[] content;
        try {
            content = redaction.of(Body.bytes(read.body()));
        } catch (MalformedJsonException notJson) {
            return Problems.of(
                    409,
                    "snapshot-impossible",
                    "The item is no JSON document, and some of its members must not be kept. Nothing was deleted.");
        }
        if (content.length > marker.maxSize()) {
            return Problems.of(
                    409,
                    "snapshot-too-large",
                    "The item has " + content.length + " bytes, and a snapshot has at most " + marker.maxSize()
                            + ". Nothing was deleted.");
        }
        kept = Optional.of(Body.text(content));
        Headers condition = read.strongEntityTag()
                .or(() -> scene.request().headers().first("If-Match"))
                .map(tag -> Headers.of("If-Match", tag))
                .orElse(Headers.NONE);
        Reply answer = scene.send("DELETE", path, condition, Body.NONE);
        return answer.isMissing() ? Reply.empty(204, Headers.NONE) : answer;
    }

    @Override
    public Optional<Reply> restore(Reading.Found found, Optional<String> former) {
        Reply there = scene.get(path);
        if (!there.isMissing()) {
            return Optional.of(there.isSuccess() ? taken() : there);
        }
        sent = true;
        Reply answer = switch (marker.recreate()) {
            case PUT -> scene.write("PUT", path, "application/json", kept.orElse(""), Headers.of("If-None-Match", "*"));
            case POST ->
                scene.write(
                        "POST",
                        key.path(policy, policy.path()),
                        "application/json",
                        withoutId(kept.orElse("")),
                        Headers.of(
                                "Idempotency-Key",
                                scene.known(key).map(Known::deletionId).orElse("")));
        };
        return Optional.of(answer.status() == 412 && marker.recreate() == Recreate.PUT ? taken() : answer);
    }

    @Override
    public MarkerReading readAnswer(Reply answer) {
        return answer.isSuccess() && answer.status() != 202
                ? new MarkerReading.Trashed(Optional.empty())
                : new MarkerReading.Hidden();
    }

    @Override
    public boolean isInside() {
        return false;
    }

    private Optional<Reading> snapshot() {
        return kept.map(body -> new Reading.Found(
                new MarkerReading.Trashed(Optional.empty()),
                new Reply(200, Headers.of("Content-Type", "application/json"), body),
                Optional.empty()));
    }

    private String withoutId(String body) {
        return switch (policy.id()) {
            case ItemId.Member member -> {
                try {
                    yield Body.text(JsonDocument.of(body)
                            .remove(policy.wrap().append(member.place()))
                            .bytes());
                } catch (MalformedJsonException notJson) {
                    yield body;
                }
            }
            case ItemId.Href href -> body;
        };
    }

    private static Reply taken() {
        return Problems.of(
                409,
                "id-taken",
                "Another item stands at this URL by now, and is not overwritten. The trashed one stays in the trash: delete"
                        + " one of them for good.");
    }
}
