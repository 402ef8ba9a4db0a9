package dev.cenotaph.policy.marker;

import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.Write;
import dev.cenotaph.policy.json.JsonDocument;
import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.json.JsonText;
import dev.cenotaph.policy.json.MisplacedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How a change of the item goes over the wire. */
sealed interface WriteForm {

    /** The form that a policy asks for. */
    static WriteForm of(Place wrap, Write write) {
        if (write.replace()) {
            return new Whole(wrap);
        }
        return switch (write.format()) {
            case MERGE_PATCH -> new MergePatch(wrap);
            case JSON_PATCH -> new JsonPatch(wrap);
            case JSON -> new Partial(wrap);
        };
    }

    /** Where the item sits in the document. */
    Place wrap();

    /** Whether a change of this place can be written only by one who knows the document. */
    boolean needsDocument(Place at);

    /**
     * The write.
     *
     * @param document the document as it lies at the upstream, present at least where needed
     */
    MarkerWrite write(Optional<JsonDocument> document, Change change);

    /** RFC 7396: {@code null} takes a member away, objects are merged. */
    record MergePatch(Place wrap) implements WriteForm {
        @Override
        public boolean needsDocument(Place at) {
            return false;
        }

        @Override
        public MarkerWrite write(Optional<JsonDocument> document, Change change) {
            String json = JsonDocument.nest(
                    wrap.append(change.at()).tokens(), change.json().orElse("null"));
            return WriteForm.write("application/merge-patch+json", json);
        }
    }

    /** RFC 6902: {@code add} puts a member, there or not (§4.1); what stands around it has to be there. */
    record JsonPatch(Place wrap) implements WriteForm {
        @Override
        public boolean needsDocument(Place at) {
            return at.tokens().size() > 1;
        }

        @Override
        public MarkerWrite write(Optional<JsonDocument> document, Change change) {
            Place place = wrap.append(change.at());
            if (change.json().isPresent()) {
                return write(List.of(add(document, place, change.json().get())));
            }
            boolean gone = document.isPresent() && document.get().find(place).isEmpty();
            return write(gone ? List.of() : List.of(operation("remove", place)));
        }

        MarkerWrite write(List<String> operations) {
            return WriteForm.write("application/json-patch+json", "[" + String.join(",", operations) + "]");
        }

        static String operation(String name, Place place) {
            return "{\"op\":\"" + name + "\",\"path\":" + JsonText.quote(place.pointer()) + "}";
        }

        static String operation(String name, Place place, String json) {
            return "{\"op\":\"" + name + "\",\"path\":" + JsonText.quote(place.pointer()) + ",\"value\":" + json + "}";
        }

        private static String add(Optional<JsonDocument> document, Place place, String json) {
            if (document.isEmpty()) {
                return operation("add", place, json);
            }
            List<String> tokens = place.tokens();
            int known = tokens.size() - 1;
            Optional<JsonSpan> holder = document.get().find(new Place(tokens.subList(0, known)));
            while (holder.isEmpty() || (holder.get().kind() == JsonSpan.Kind.NULL && known > 0)) {
                known--;
                holder = document.get().find(new Place(tokens.subList(0, known)));
            }
            Place made = new Place(tokens.subList(0, known + 1));
            if (holder.get().kind() != JsonSpan.Kind.OBJECT) {
                throw new MisplacedJsonException("no object around \"" + made + "\"");
            }
            return operation("add", made, JsonDocument.nest(tokens.subList(known + 1, tokens.size()), json));
        }
    }

    /**
     * A partial object. Nobody says whether an upstream merges the objects inside it, so the item's outermost member goes
     * out as it is, but for the marker; and nothing in it can be taken away.
     */
    record Partial(Place wrap) implements WriteForm {
        @Override
        public boolean needsDocument(Place at) {
            return at.tokens().size() > 1;
        }

        @Override
        public MarkerWrite write(Optional<JsonDocument> document, Change change) {
            String json = change.json().orElse(change.blank());
            List<String> tokens = change.at().tokens();
            Place outermost = wrap.append(new Place(tokens.subList(0, 1)));
            Optional<JsonSpan> member = document.flatMap(known -> known.find(outermost));
            if (tokens.size() == 1 || member.isEmpty() || member.get().kind() == JsonSpan.Kind.NULL) {
                return WriteForm.write(
                        "application/json",
                        JsonDocument.nest(wrap.append(change.at()).tokens(), json));
            }
            var changed = JsonDocument.of(member.get().json()).set(new Place(tokens.subList(1, tokens.size())), json);
            String text = changed.root().json();
            return WriteForm.write("application/json", JsonDocument.nest(outermost.tokens(), text));
        }
    }

    /** The document as it was read, only the marker changed. A byte order mark does not go back (RFC 8259 §8.1). */
    record Whole(Place wrap) implements WriteForm {
        @Override
        public boolean needsDocument(Place at) {
            return true;
        }

        @Override
        public MarkerWrite write(Optional<JsonDocument> document, Change change) {
            JsonDocument whole =
                    document.orElseThrow(() -> new UnwritableMarkerException("the item to put back was not read"));
            Place place = wrap.append(change.at());
            JsonDocument changed =
                    change.json().map(json -> whole.set(place, json)).orElseGet(() -> whole.remove(place));
            return new MarkerWrite("application/json", withoutMark(changed.bytes()));
        }

        private static byte[] withoutMark(byte[] bytes) {
            boolean marked = bytes[0] == (byte) 0xEF;
            return marked ? Arrays.copyOfRange(bytes, 3, bytes.length) : bytes;
        }
    }

    private static MarkerWrite write(String mediaType, String json) {
        return new MarkerWrite(mediaType, json.getBytes(StandardCharsets.UTF_8));
    }
}
