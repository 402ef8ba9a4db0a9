package dev.cenotaph.policy.marker;

import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.json.JsonDocument;
import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.json.MalformedJsonException;
import dev.cenotaph.policy.json.MisplacedJsonException;
import dev.cenotaph.policy.marker.MarkerReading.Hidden;
import dev.cenotaph.policy.marker.MarkerReading.Trashed;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** What all markers inside an item have in common: where they are, and which failures they report. */
abstract sealed class InnerCodec implements MarkerCodec permits FieldCodec, ListCodec {
    private final Place wrap;
    private final Place inDocument;
    private final boolean seenWhereWritten;

    final Place place;
    final Place target;
    final WriteForm form;

    InnerCodec(ResourcePolicy policy, Place place) {
        this.wrap = policy.wrap();
        this.place = place;
        this.inDocument = wrap.append(place);
        this.target = policy.write().at().orElse(place);
        this.seenWhereWritten = target.equals(place);
        this.form = WriteForm.of(wrap, policy.write());
    }

    /** What a value at the marker's place says. */
    abstract MarkerReading reading(JsonSpan value);

    abstract MarkerWrite trashing(Optional<JsonDocument> document, Instant deleteTime);

    abstract Optional<MarkerWrite> restoring(Optional<JsonDocument> document, Optional<Former> former);

    @Override
    public final Place place() {
        return place;
    }

    @Override
    public final MarkerReading readValue(JsonSpan value) {
        return reading(value);
    }

    @Override
    public final MarkerReading read(byte[] document) {
        try {
            return JsonSpan.find(document, 0, document.length, inDocument)
                    .map(this::reading)
                    .orElse(new Hidden());
        } catch (MalformedJsonException notJson) {
            return new Hidden();
        }
    }

    @Override
    public final String former(byte[] document) {
        return guarded(() -> Former.of(item(JsonDocument.of(document)), place).text(place));
    }

    @Override
    public final MarkerWrite trash(Optional<byte[]> document, Instant deleteTime) {
        return guarded(() -> trashing(document.map(this::checked), deleteTime));
    }

    @Override
    public final Optional<MarkerWrite> restore(Optional<byte[]> document, Optional<String> former) {
        Optional<Former> known = former.flatMap(text -> Former.parse(text, place))
                .filter(before ->
                        !(before.json().map(JsonSpan::of).map(this::reading).orElse(new Hidden()) instanceof Trashed));
        return guarded(() -> restoring(document.map(this::checked), known));
    }

    /** The item of a document. */
    final JsonSpan item(JsonDocument document) {
        return document.find(wrap)
                .filter(span -> span.kind() == JsonSpan.Kind.OBJECT)
                .orElseThrow(() -> new MisplacedJsonException("no item at \"" + wrap + "\""));
    }

    /** The write of a change. What is not seen where it is written tells nothing about what is there. */
    final MarkerWrite write(Optional<JsonDocument> document, Change change) {
        return form.write(seenWhereWritten || form instanceof WriteForm.Whole ? document : Optional.empty(), change);
    }

    /** The change that puts back what was there, leaving alone what others have put beside it since. */
    final Change back(Optional<JsonDocument> document, Former before, String blank) {
        if (!seenWhereWritten) {
            String json = before.at().equals(place) ? before.json().orElse(blank) : blank;
            return Change.to(target, json);
        }
        if (before.at().equals(place)) {
            return new Change(place, before.json(), blank);
        }
        boolean alone = document.isPresent() && holdsNothingElse(item(document.get()), before.at());
        return alone ? new Change(before.at(), before.json(), "null") : new Change(place, Optional.empty(), blank);
    }

    private boolean holdsNothingElse(JsonSpan item, Place above) {
        for (int tokens = above.tokens().size(); tokens < place.tokens().size(); tokens++) {
            String name = place.tokens().get(tokens);
            boolean alone = item.find(new Place(place.tokens().subList(0, tokens)))
                    .filter(holder -> holder.members().size() == 1)
                    .filter(holder -> holder.members().getFirst().name().text().equals(name))
                    .isPresent();
            if (!alone) {
                return false;
            }
        }
        return true;
    }

    /** A document in which the marker has room. */
    private JsonDocument checked(byte[] bytes) {
        JsonDocument document = JsonDocument.of(bytes);
        JsonSpan item = item(document);
        for (int tokens = 1; tokens < place.tokens().size(); tokens++) {
            Place above = new Place(place.tokens().subList(0, tokens));
            item.find(above)
                    .filter(holder -> holder.kind() != JsonSpan.Kind.OBJECT && holder.kind() != JsonSpan.Kind.NULL)
                    .ifPresent(holder -> {
                        throw new MisplacedJsonException("no object at \"" + wrap.append(above) + "\"");
                    });
        }
        return document;
    }

    private static <T> T guarded(Supplier<T> work) {
        try {
            return work.get();
        } catch (MalformedJsonException notJson) {
            throw new UnwritableMarkerException("the item is not JSON: " + notJson.getMessage(), notJson);
        } catch (MisplacedJsonException misplaced) {
            throw new UnwritableMarkerException("the marker has no room: " + misplaced.getMessage(), misplaced);
        }
    }
}
