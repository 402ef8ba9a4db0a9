package dev.cenotaph.policy.marker;

import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.Marker.ExtensionValue;
import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.json.JsonDocument;
import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.json.JsonText;
import dev.cenotaph.policy.marker.MarkerReading.Live;
import dev.cenotaph.policy.marker.MarkerReading.Trashed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The entry of a key-value list that marks: how to know it, what it says, and its JSON text.
 *
 * @param namespace of the entry, where the upstream has such a thing
 */
public record ExtensionEntry(
        Optional<String> namespace, String key, ExtensionValue value, String keyName, String valueName) {
    private static final String NAMESPACE = "namespace";

    public static ExtensionEntry of(Marker.ExtensionList marker) {
        return new ExtensionEntry(Optional.empty(), marker.key(), marker.value(), marker.keyName(), marker.valueName());
    }

    public static ExtensionEntry of(Marker.ExtensionResource marker) {
        return new ExtensionEntry(
                marker.namespace(), marker.key(), marker.value(), marker.keyName(), marker.valueName());
    }

    /** Whether an element of the list is the entry that marks. */
    public boolean matches(JsonSpan element) {
        return holds(element, keyName, key)
                && namespace.map(name -> holds(element, NAMESPACE, name)).orElse(true);
    }

    /** What an element that {@link #matches} says. */
    public MarkerReading read(JsonSpan element) {
        return element.find(place(valueName)).map(this::readValue).orElse(new Live());
    }

    /** What the value of an entry that {@link #matches} says. */
    public MarkerReading readValue(JsonSpan found) {
        return switch (value) {
            case ExtensionValue.Fixed fixed ->
                Scalars.alike(found, JsonSpan.of(fixed.value().json())) ? new Trashed(Optional.empty()) : new Live();
            case ExtensionValue.DeleteTime time -> Timestamps.read(found);
        };
    }

    /** The JSON text of the entry's value when the item is trashed. */
    public String trashedValue(Instant deleteTime) {
        return switch (value) {
            case ExtensionValue.Fixed fixed -> fixed.value().json();
            case ExtensionValue.DeleteTime time -> Timestamps.json(deleteTime);
        };
    }

    /** The JSON text of a new entry that trashes. */
    public String trashed(Instant deleteTime) {
        var members = new ArrayList<String>();
        namespace.ifPresent(name -> members.add(member(NAMESPACE, JsonText.quote(name))));
        members.add(member(keyName, JsonText.quote(key)));
        members.add(member(valueName, trashedValue(deleteTime)));
        return "{" + String.join(",", members) + "}";
    }

    /** The JSON text of an entry that was there before, its value changed to what trashes. */
    public String trashed(JsonSpan element, Instant deleteTime) {
        return JsonDocument.of(element.json())
                .set(place(valueName), trashedValue(deleteTime))
                .root()
                .json();
    }

    static Place place(String name) {
        return new Place(List.of(name));
    }

    private static String member(String name, String json) {
        return JsonText.quote(name) + ":" + json;
    }

    private static boolean holds(JsonSpan element, String name, String text) {
        return element.find(place(name))
                .filter(value -> value.kind() == JsonSpan.Kind.STRING || value.kind() == JsonSpan.Kind.NUMBER)
                .map(value -> value.text().equals(text))
                .orElse(false);
    }
}
