package dev.cenotaph.policy.marker;

import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.json.JsonDocument;
import dev.cenotaph.policy.json.JsonSpan;
import java.time.Instant;
import java.util.Optional;

/** A marker that is one member of the item. */
final class FieldCodec extends InnerCodec {
    private final Field field;
    private final boolean needsDocument;

    FieldCodec(ResourcePolicy policy, Place place, Field field) {
        super(policy, place);
        this.field = field;
        boolean guessed = policy.write().at().isPresent() && !policy.write().replace();
        this.needsDocument = !guessed && form.needsDocument(target);
    }

    @Override
    public boolean needsDocument() {
        return needsDocument;
    }

    @Override
    MarkerReading reading(JsonSpan value) {
        return field.read(value);
    }

    @Override
    MarkerWrite trashing(Optional<JsonDocument> document, Instant deleteTime) {
        return write(document, Change.to(target, field.trashed(deleteTime)));
    }

    @Override
    Optional<MarkerWrite> restoring(Optional<JsonDocument> document, Optional<Former> former) {
        Optional<Change> always = field.alwaysLive().map(json -> Change.to(target, json));
        return always.or(() -> former.map(before -> back(document, before, field.blank())))
                .or(() -> field.live().map(json -> Change.to(target, json)))
                .map(change -> write(document, change));
    }
}
