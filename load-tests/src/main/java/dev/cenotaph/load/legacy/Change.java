package dev.cenotaph.load.legacy;

import dev.cenotaph.load.legacy.Json.Members;
import java.util.List;
import java.util.Map;

/** What the body of a write means. */
enum Change {
    /** RFC 7396, except that a column of the table cannot be removed: null is stored in it. */
    MERGE_PATCH("application/merge-patch+json, application/json") {
        @Override
        Members apply(Resource resource, Members before, Json body) {
            Members patch = JsonReader.object(resource.unwrapped(body));
            Members result = before;
            for (String column : resource.columns().keySet()) {
                if (patch.get(column).filter(Json.NULL::equals).isPresent()) {
                    result = result.with(column, Json.NULL);
                    patch = patch.without(column);
                }
            }
            return MergePatch.apply(result, patch);
        }
    },

    /** RFC 6902. */
    JSON_PATCH("application/json-patch+json") {
        @Override
        Members apply(Resource resource, Members before, Json body) {
            return JsonReader.object(JsonPatch.apply(before, body));
        }
    },

    /** The members that are named get their new values, null included; no member is removed. */
    ASSIGN("application/json") {
        @Override
        Members apply(Resource resource, Members before, Json body) {
            Members result = before;
            for (Map.Entry<String, Json> member :
                    JsonReader.object(resource.unwrapped(body)).values().entrySet()) {
                result = result.with(member.getKey(), member.getValue());
            }
            return result;
        }
    },

    /** The body is the new item; what it does not name is lost. */
    REPLACE("application/json, application/hal+json") {
        @Override
        Members apply(Resource resource, Members before, Json body) {
            return JsonReader.object(resource.unwrapped(body));
        }
    };

    private final String mediaTypes;

    Change(String mediaTypes) {
        this.mediaTypes = mediaTypes;
    }

    /** Media types that a body of this meaning comes in, as in {@code Accept-Patch}. */
    String mediaTypes() {
        return mediaTypes;
    }

    boolean accepts(String mediaType) {
        return List.of(mediaTypes.split(", ")).contains(mediaType);
    }

    abstract Members apply(Resource resource, Members before, Json body);
}
