package dev.cenotaph.policy.selection;

import dev.cenotaph.policy.Expansion;
import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.json.JsonSpan.Kind;
import dev.cenotaph.policy.json.MalformedJsonException;
import dev.cenotaph.policy.match.ResourceMatch.Target.Many.Change;
import dev.cenotaph.policy.operation.Operation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads which items a request names. Strict: what is not understood might have narrowed the choice, so that nothing is done
 * at all; and a request that names nothing never means everything.
 */
public final class SelectionReader {
    private static final String ALL = "all";
    private static final Set<String> FILTERS = Set.of("deleted_before", "deleted_after", "actor", "deletion_id", ALL);
    /** What AIP-235 calls the member that holds names instead of ids. */
    private static final String NAMES = "names";

    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*+)");
    private static final int LONGEST_ID = 1024;

    private final Expansion expansion;
    private final String collection;

    /** @param collection the path of the collection, as the request names it */
    public SelectionReader(Expansion expansion, String collection) {
        this.expansion = expansion;
        this.collection = collection.replaceAll("^/+|/+$", "");
    }

    /**
     * Reads it.
     *
     * @param isJson whether the body says that it is JSON
     * @throws UnreadableSelectionException with a 400, or with a 415 for a body that is no JSON
     */
    public Selection read(Operation.ChangeMany operation, boolean isJson, byte[] body) {
        if (body.length == 0) {
            return checked(operation.ids());
        }
        if (!operation.ids().isEmpty()) {
            throw refused("The query names items, and so may the body; send one of them.");
        }
        if (!isJson) {
            throw new UnreadableSelectionException(415, "body-unreadable", "The items are named in JSON.");
        }
        JsonSpan document = parsed(body);
        return switch (document.kind()) {
            case ARRAY -> checked(texts(document));
            case OBJECT -> ofMembers(operation.change(), members(document));
            case STRING, NUMBER, TRUE, FALSE, NULL ->
                throw refused("The body is an array of ids, or an object that holds one.");
        };
    }

    private Selection ofMembers(Change change, Map<String, JsonSpan> members) {
        return change == Change.DELETE ? ofDelete(members) : ofTrash(members);
    }

    private Selection ofDelete(Map<String, JsonSpan> members) {
        if (members.size() != 1 || !expansion.ids().containsAll(members.keySet())) {
            throw refused("The body holds nothing but the ids, under one of these names: "
                    + String.join(", ", expansion.ids()) + ".");
        }
        return idsIn(members, members.keySet().iterator().next());
    }

    private Selection ofTrash(Map<String, JsonSpan> members) {
        Set<String> names = members.keySet();
        Optional<String> ids = names.stream().filter(expansion.ids()::contains).findFirst();
        if (ids.isPresent() && names.size() == 1) {
            return idsIn(members, ids.get());
        }
        if (names.isEmpty() || !FILTERS.containsAll(names)) {
            throw refused("The body holds ids (" + String.join(", ", expansion.ids())
                    + ") and nothing else, or a filter: deleted_before, deleted_after, actor, deletion_id, all.");
        }
        Optional<JsonSpan> all = Optional.ofNullable(members.get(ALL));
        if (all.isPresent() && (names.size() > 1 || all.get().kind() != Kind.TRUE)) {
            throw refused("Where all is meant, all is exactly true and stands alone.");
        }
        return new Selection.Filter(
                time(members, "deleted_before"),
                time(members, "deleted_after"),
                text(members, "actor"),
                text(members, "deletion_id"));
    }

    private Selection idsIn(Map<String, JsonSpan> members, String name) {
        JsonSpan ids = Optional.ofNullable(members.get(name))
                .filter(value -> value.kind() == Kind.ARRAY)
                .orElseThrow(() -> refused("The member " + name + " is an array of ids."));
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
            throw new UnreadableSelectionException(
                    400,
                    "too-many-items",
                    "The request names " + selection.ids().size() + " items; " + expansion.most()
                            + " are the most in one request.");
        }
        return selection;
    }

    private static List<String> texts(JsonSpan array) {
        var texts = new ArrayList<String>();
        for (JsonSpan id : array.elements()) {
            boolean isId = id.kind() == Kind.STRING
                    || (id.kind() == Kind.NUMBER
                            && WHOLE_NUMBER.matcher(id.json()).matches());
            if (!isId || id.text().length() > LONGEST_ID) {
                throw refused("An id is a text or a whole number.");
            }
            texts.add(id.text());
        }
        return texts;
    }

    private static Optional<Instant> time(Map<String, JsonSpan> members, String name) {
        return text(members, name).map(text -> {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw refused("The member " + name + " is a time such as 2026-11-22T10:00:00Z (RFC 3339).");
            }
        });
    }

    private static Optional<String> text(Map<String, JsonSpan> members, String name) {
        return Optional.ofNullable(members.get(name)).map(value -> {
            if (value.kind() != Kind.STRING) {
                throw refused("The member " + name + " is a text.");
            }
            return value.text();
        });
    }

    private static Map<String, JsonSpan> members(JsonSpan object) {
        var members = new LinkedHashMap<String, JsonSpan>();
        for (JsonSpan.Member member : object.members()) {
            if (members.put(member.name().text(), member.value()) != null) {
                throw malformed();
            }
        }
        return members;
    }

    private static JsonSpan parsed(byte[] body) {
        try {
            return JsonSpan.of(body);
        } catch (MalformedJsonException e) {
            throw malformed();
        }
    }

    private static UnreadableSelectionException malformed() {
        return refused("The body is no well-formed JSON, or has a member twice.");
    }

    private static UnreadableSelectionException refused(String detail) {
        return new UnreadableSelectionException(400, "invalid-selection", detail);
    }
}
