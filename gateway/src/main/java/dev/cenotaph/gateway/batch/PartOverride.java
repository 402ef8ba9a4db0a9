package dev.cenotaph.gateway.batch;

import dev.cenotaph.gateway.exchange.MethodInForm;
import dev.cenotaph.policy.operation.MethodOverrides;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whether a part of a batch names DELETE as its {@code _method}: in its URL, or in its body as a form or as JSON. */
final class PartOverride {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String DELETE = "delete";

    private PartOverride() {}

    /** @param part an object that has a URL */
    static boolean in(JsonNode part) {
        return part.properties().stream().map(Map.Entry::getValue).anyMatch(PartOverride::names);
    }

    /** @param text a URL, or a form */
    static boolean in(String text) {
        return MethodInForm.methods(text.strip().replace('?', '&').replace('#', '&')).stream()
                .anyMatch(DELETE::equalsIgnoreCase);
    }

    private static boolean names(JsonNode value) {
        if (!value.isString()) {
            return inObject(value);
        }
        String text = value.asString().strip();
        return text.startsWith("{") ? inJson(text) : in(text);
    }

    private static boolean inObject(JsonNode value) {
        return value.properties().stream()
                .filter(member -> MethodOverrides.PARAMETER.equalsIgnoreCase(member.getKey()))
                .anyMatch(member -> member.getValue().asString("").strip().equalsIgnoreCase(DELETE));
    }

    private static boolean inJson(String text) {
        try {
            return inObject(JSON.readTree(text));
        } catch (JacksonException e) {
            // What forgives more than JSON does might see it.
            String lower = text.toLowerCase(Locale.ROOT);
            return lower.contains(MethodOverrides.PARAMETER) && lower.contains(DELETE);
        }
    }
}
