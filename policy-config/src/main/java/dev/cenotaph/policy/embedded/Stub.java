package dev.cenotaph.policy.embedded;

import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.json.JsonDocument;
import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.json.JsonText;

/** What is left of a trashed item: its id, and a member that says it is trashed. */
record Stub(Place id) {
    private static final String STATE = "\"state\":\"trashed\"";

    String of(JsonSpan item) {
        String known = item.find(id)
                .map(value -> JsonDocument.nest(id.tokens(), value.json()))
                .map(object -> object.substring(1, object.length() - 1) + ",")
                .orElse("");
        return "{" + known + STATE + "}";
    }

    /** A resource object of JSON:API, which has a place for what is not an attribute. */
    static String ofResource(String type, String id) {
        return "{\"type\":" + JsonText.quote(type) + ",\"id\":" + JsonText.quote(id) + ",\"meta\":{" + STATE + "}}";
    }
}
