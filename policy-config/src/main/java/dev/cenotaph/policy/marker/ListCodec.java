package dev.cenotaph.policy.marker;

import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.json.JsonDocument;
import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.json.JsonSpan.Kind;
import dev.cenotaph.policy.marker.MarkerReading.Hidden;
import dev.cenotaph.policy.marker.MarkerReading.Live;
import dev.cenotaph.policy.marker.MarkerReading.Trashed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A marker that is an entry of a key-value list inside the item. The former value is the whole list, since most writes
 * replace it whole; a restore touches no other entry.
 */
final class ListCodec extends InnerCodec {
    private static final String EMPTY = "[]";

    private final ExtensionEntry entry;

    ListCodec(ResourcePolicy policy, Place list, ExtensionEntry entry) {
        super(policy, list);
        this.entry = entry;
    }

    @Override
    public boolean needsDocument() {
        return true;
    }

    @Override
    MarkerReading reading(JsonSpan list) {
        return read(list, entry);
    }

    /** One entry that says trashed is enough, since two of the same key leave open which one counts. */
    static MarkerReading read(JsonSpan list, ExtensionEntry entry) {
        if (list.kind() == Kind.NULL) {
            return new Live();
        }
        if (list.kind() != Kind.ARRAY) {
            return new Hidden();
        }
        MarkerReading said = new Live();
        for (JsonSpan element : list.elements()) {
            if (!entry.matches(element)) {
                continue;
            }
            MarkerReading reading = entry.read(element);
            if (reading instanceof Trashed) {
                return reading;
            }
            said = reading instanceof Hidden ? reading : said;
        }
        return said;
    }

    @Override
    MarkerWrite trashing(Optional<JsonDocument> document, Instant deleteTime) {
        Optional<JsonSpan> list = list(document);
        if (list.isEmpty() || list.get().kind() == Kind.NULL) {
            return write(document, Change.to(target, "[" + entry.trashed(deleteTime) + "]"));
        }
        List<JsonSpan> elements = list.get().elements();
        int ours = elements.size() - 1;
        while (ours >= 0 && !entry.matches(elements.get(ours))) {
            ours--;
        }
        return ours < 0
                ? appended(document, list.get(), deleteTime)
                : changed(document, list.get(), ours, elements.get(ours), deleteTime);
    }

    private MarkerWrite appended(Optional<JsonDocument> document, JsonSpan list, Instant deleteTime) {
        String added = entry.trashed(deleteTime);
        if (form instanceof WriteForm.JsonPatch patch) {
            Place end = patched(ExtensionEntry.place("-"));
            return patch.write(List.of(WriteForm.JsonPatch.operation("add", end, added)));
        }
        JsonDocument longer = JsonDocument.of(list.json()).append(Place.ROOT, added);
        return write(document, Change.to(target, longer.root().json()));
    }

    private MarkerWrite changed(
            Optional<JsonDocument> document, JsonSpan list, int index, JsonSpan element, Instant deleteTime) {
        if (form instanceof WriteForm.JsonPatch patch) {
            Place value = patched(index(index).append(ExtensionEntry.place(entry.valueName())));
            String add = WriteForm.JsonPatch.operation("add", value, entry.trashedValue(deleteTime));
            return patch.write(List.of(test(index, element), add));
        }
        JsonDocument changed = JsonDocument.of(list.json()).set(index(index), entry.trashed(element, deleteTime));
        return write(document, Change.to(target, changed.root().json()));
    }

    @Override
    Optional<MarkerWrite> restoring(Optional<JsonDocument> document, Optional<Former> former) {
        Optional<JsonSpan> list = list(document);
        if (list.isEmpty() || list.get().kind() == Kind.NULL) {
            Former same = new Former(list.map(JsonSpan::json), place);
            return Optional.of(write(document, back(document, former.orElse(same), EMPTY)));
        }
        var reversal = new Reversal(list.get(), former);
        if (reversal.emptied() && former.isPresent() && !wasArray(former.get())) {
            return Optional.of(unmade(document, list.get(), former.get()));
        }
        if (form instanceof WriteForm.JsonPatch patch) {
            return Optional.of(patch.write(reversal.operations()));
        }
        return Optional.of(write(document, Change.to(target, reversal.list())));
    }

    /** The list goes back to the form in which it was none. */
    private MarkerWrite unmade(Optional<JsonDocument> document, JsonSpan list, Former former) {
        Change change = back(document, former, EMPTY);
        MarkerWrite write = write(document, change);
        if (form instanceof WriteForm.JsonPatch patch) {
            var operations = new ArrayList<String>();
            operations.add(test(0, list.elements().getFirst()));
            JsonSpan.of(write.body()).elements().forEach(operation -> operations.add(operation.json()));
            return patch.write(operations);
        }
        return write;
    }

    private Optional<JsonSpan> list(Optional<JsonDocument> document) {
        JsonDocument known =
                document.orElseThrow(() -> new UnwritableMarkerException("the list of entries was not read"));
        Optional<JsonSpan> list = item(known).find(place);
        if (list.isPresent() && list.get().kind() != Kind.NULL && list.get().kind() != Kind.ARRAY) {
            throw new UnwritableMarkerException("no list of entries at \"" + place + "\"");
        }
        return list;
    }

    private static boolean wasArray(Former former) {
        return former.json().map(JsonSpan::of).map(JsonSpan::kind).orElse(Kind.NULL) == Kind.ARRAY;
    }

    private String test(int index, JsonSpan element) {
        String key = element.find(ExtensionEntry.place(entry.keyName()))
                .orElseThrow()
                .json();
        Place place = patched(index(index).append(ExtensionEntry.place(entry.keyName())));
        return WriteForm.JsonPatch.operation("test", place, key);
    }

    private Place patched(Place inList) {
        return form.wrap().append(target).append(inList);
    }

    private static Place index(int index) {
        return ExtensionEntry.place(Integer.toString(index));
    }

    /** Our entries taken out of a list, or changed back where they had been there before. */
    private final class Reversal {
        private final JsonSpan list;
        private final boolean known;
        private final Optional<JsonSpan> before;
        private final List<JsonSpan> ours;

        /** For each entry of ours in the list, what it was; empty where it was not there. */
        private final List<Optional<JsonSpan>> were = new ArrayList<>();

        private final List<Integer> indexes = new ArrayList<>();

        Reversal(JsonSpan list, Optional<Former> former) {
            this.list = list;
            this.known = former.isPresent();
            this.before =
                    former.filter(ListCodec::wasArray).flatMap(Former::json).map(JsonSpan::of);
            this.ours = before.map(JsonSpan::elements).orElse(List.of()).stream()
                    .filter(entry::matches)
                    .toList();
            List<JsonSpan> elements = list.elements();
            for (int i = 0; i < elements.size(); i++) {
                JsonSpan element = elements.get(i);
                if (entry.matches(element) && (known || entry.read(element) instanceof Trashed)) {
                    int place = indexes.size();
                    were.add(place < ours.size() ? Optional.of(ours.get(place)) : Optional.empty());
                    indexes.add(i);
                }
            }
        }

        boolean emptied() {
            List<JsonSpan> elements = list.elements();
            return elements.size() == indexes.size() && !elements.isEmpty() && ours.isEmpty();
        }

        String list() {
            if (before.isPresent() && others(before.get()).equals(others(list))) {
                return before.get().json();
            }
            JsonDocument changed = JsonDocument.of(list.json());
            for (int i = indexes.size() - 1; i >= 0; i--) {
                int index = indexes.get(i);
                Optional<JsonSpan> was = were.get(i);
                changed = was.isPresent()
                        ? changed.set(index(index), was.get().json())
                        : changed.removeElement(Place.ROOT, index);
            }
            return changed.root().json();
        }

        /** From the last to the first, so that indexes stay right. */
        List<String> operations() {
            var operations = new ArrayList<String>();
            List<JsonSpan> elements = list.elements();
            for (int i = indexes.size() - 1; i >= 0; i--) {
                int index = indexes.get(i);
                operations.add(test(index, elements.get(index)));
                operations.add(were.get(i)
                        .map(was -> WriteForm.JsonPatch.operation("replace", patched(index(index)), was.json()))
                        .orElseGet(() -> WriteForm.JsonPatch.operation("remove", patched(index(index)))));
            }
            return operations;
        }

        private List<String> others(JsonSpan of) {
            return of.elements().stream()
                    .filter(element -> !entry.matches(element))
                    .map(JsonSpan::json)
                    .toList();
        }
    }
}
