package dev.cenotaph.gateway.many;

import dev.cenotaph.gateway.exchange.Failure;
import dev.cenotaph.gateway.exchange.JsonBodies;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.policy.Expansion;
import dev.cenotaph.policy.match.ResourceMatch.Target.Many.Change;
import dev.cenotaph.policy.operation.Operation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads which items a request names. Strict: what is not understood might have narrowed the choice, so that nothing is done
 * at all; and a request that names nothing never means everything.
 */
final class SelectionReader {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String ALL = "all";
    private static final Set<String> FILTERS = Set.of("deleted_before", "deleted_after", "actor", "deletion_id", ALL);
    /** What AIP-235 calls the member that holds names instead of ids. */
    private static final String NAMES = "names";

    private static final int LONGEST_ID = 1024;

    private final Expansion expansion;
    private final String collection;

    /** @param collection the path of the collection, as the request names it */
    SelectionReader(Expansion expansion, String collection) {
        this.expansion = expansion;
        this.collection = collection.replaceAll("^/+|/+$", "");
    }

    /** Fails with a 400, or with a 415 for a body that is no JSON. */
    Selection read(Operation.ChangeMany operation, HttpHeaders headers, byte[] body) {
        if (body.length == 0) {
            return checked(operation.ids());
        }
        if (!operation.ids().isEmpty()) {
            throw refused("The query names items, and so may the body; send one of them.");
        }
        if (!JsonBodies.isJson(headers)) {
            throw new Failure(Problem.of(415, "body-unreadable", "The items are named in JSON."));
        }
        JsonNode document = parsed(body);
        if (document.isArray()) {
            return checked(texts(document));
        }
        if (!document.isObject()) {
            throw refused("The body is an array of ids, or an object that holds one.");
        }
        return operation.change() == Change.DELETE ? ofDelete(document) : ofTrash(document);
    }

    private Selection ofDelete(JsonNode document) {
        Set<String> names = names(document);
        if (names.size() != 1 || !expansion.ids().containsAll(names)) {
            throw refused("The body holds nothing but the ids, under one of these names: "
                    + String.join(", ", expansion.ids()) + ".");
        }
        return idsIn(document, names.iterator().next());
    }

    private Selection ofTrash(JsonNode document) {
        Set<String> names = names(document);
        Optional<String> ids = names.stream().filter(expansion.ids()::contains).findFirst();
        if (ids.isPresent() && names.size() == 1) {
            return idsIn(document, ids.get());
        }
        if (names.isEmpty() || !FILTERS.containsAll(names)) {
            throw refused("The body holds ids (" + String.join(", ", expansion.ids())
                    + ") and nothing else, or a filter: deleted_before, deleted_after, actor, deletion_id, all.");
        }
        if (names.contains(ALL)
                && (names.size() > 1
                        || !document.get(ALL).isBoolean()
                        || !document.get(ALL).asBoolean())) {
            throw refused("Where all is meant, all is exactly true and stands alone.");
        }
        return new Selection.Filter(
                time(document, "deleted_before"),
                time(document, "deleted_after"),
                text(document, "actor"),
                text(document, "deletion_id"));
    }

    private Selection idsIn(JsonNode document, String name) {
        JsonNode ids = document.get(name);
        if (!ids.isArray()) {
            throw refused("The member " + name + " is an array of ids.");
        }
        return checked(name.equals(NAMES) ? idsOf(texts(ids)) : texts(ids));
    }

    /** Of resource names (AIP-122): what a name says before its id has to be the end of the collection's own path. */
    private List<String> idsOf(List<String> names) {
        return names.stream()
                .map(name -> {
                    int slash = name.lastIndexOf('/');
                    String above = slash < 0 ? "" : name.substring(0, slash);
                    if (!above.isEmpty() && !("/" + collection).endsWith(above.startsWith("/") ? above : "/" + above)) {
                        throw refused("A name is not of this collection: " + name + ".");
                    }
                    return name.substring(slash + 1);
                })
                .toList();
    }

    private Selection checked(List<String> ids) {
        if (ids.isEmpty() || ids.equals(List.of(""))) {
            throw refused("The request names no item. Nothing named is nothing done: it never means all of them.");
        }
        var selection = new Selection.Ids(ids);
        if (selection.ids().size() > expansion.most()) {
            throw new Failure(Problem.of(
                    400,
                    "too-many-items",
                    "The request names " + selection.ids().size() + " items; " + expansion.most()
                            + " are the most in one request."));
        }
        return selection;
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        for (JsonNode id : array) {
            boolean isId = id.isString() || id.isIntegralNumber();
            if (!isId || id.asString().length() > LONGEST_ID) {
                throw refused("An id is a text or a whole number.");
            }
            texts.add(id.asString());
        }
        return texts;
    }

    private static Optional<Instant> time(JsonNode document, String name) {
        return text(document, name).map(text -> {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw refused("The member " + name + " is a time such as 2026-11-22T10:00:00Z (RFC 3339).");
            }
        });
    }

    private static Optional<String> text(JsonNode document, String name) {
        JsonNode value = document.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw refused("The member " + name + " is a text.");
        }
        return Optional.of(value.asString());
    }

    private static Set<String> names(JsonNode document) {
        return document.properties().stream()
                .map(Map.Entry::getKey)
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw refused("The body is no well-formed JSON, or has a member twice.");
        }
    }

    private static Failure refused(String detail) {
        return new Failure(Problem.of(400, "invalid-selection", detail));
    }
}
