package dev.cenotaph.load.legacy;

import dev.cenotaph.load.legacy.Json.Members;
import java.util.Map;

/** A JSON Merge Patch, RFC 7396: objects are merged, null removes, everything else (arrays too) replaces. */
final class MergePatch {
    private MergePatch() {}

    static Members apply(Members target, Members patch) {
        Members result = target;
        for (Map.Entry<String, Json> member : patch.values().entrySet()) {
            String name = member.getKey();
            Json value = member.getValue();
            if (value.equals(Json.NULL)) {
                result = result.without(name);
            } else if (value instanceof Members nested) {
                Members inner =
                        result.get(name).orElse(Members.NONE) instanceof Members members ? members : Members.NONE;
                result = result.with(name, apply(inner, nested));
            } else {
                result = result.with(name, value);
            }
        }
        return result;
    }
}
