package dev.cenotaph.policy.unique;

import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.json.MalformedJsonException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the values of a policy's unique keys. */
public final class KeyValues {
    private KeyValues() {}

    /**
     * The values in the body of a one-item request or answer. Nothing, {@code null}, objects and arrays are no values: upstreams
     * allow those as often as they like.
     */
    public static List<KeyValue> of(ResourcePolicy policy, byte[] document) {
        if (policy.unique().isNone()) {
            return List.of();
        }
        try {
            Optional<JsonSpan> item = JsonSpan.of(document).find(policy.wrap());
            return item.map(span -> of(policy, span)).orElse(List.of());
        } catch (MalformedJsonException notJson) {
            return List.of();
        }
    }

    private static List<KeyValue> of(ResourcePolicy policy, JsonSpan item) {
        var values = new ArrayList<KeyValue>();
        for (Place key : policy.unique().keys()) {
            item.find(key).flatMap(KeyValues::value).ifPresent(value -> values.add(new KeyValue(key.pointer(), value)));
        }
        return values;
    }

    private static Optional<String> value(JsonSpan span) {
        return switch (span.kind()) {
            case STRING -> Optional.of("text " + span.text());
            case NUMBER -> Optional.of("number " + number(span.json()));
            case TRUE, FALSE -> Optional.of(span.json());
            case OBJECT, ARRAY, NULL -> Optional.empty();
        };
    }

    /** A number with a huge exponent is itself alone. */
    private static String number(String json) {
        return json.length() > 64
                ? json
                : new BigDecimal(json).stripTrailingZeros().toString();
    }
}
