package dev.cenotaph.policy.embedded;

import dev.cenotaph.policy.Embedded.Trashed;
import dev.cenotaph.policy.json.JsonSpan.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The resource objects of a JSON:API document, and the linkage between them (JSON:API 1.1, 7.2 to 7.6). */
final class JsonApiItems {
    private final Branch document;

    JsonApiItems(Branch document) {
        this.document = document;
    }

    /** Marks the trashed resource objects of one type, and the linkage to them. */
    void mark(String type, Trashed trashed, EmbeddedJudge judge) {
        if (trashed == Trashed.KEEP) {
            return;
        }
        var hidden = Stream.concat(primary().stream(), included().stream())
                .filter(object -> isOf(type, object) && isTrashed(object, judge))
                .toList();
        hidden.forEach(object -> hide(type, object, trashed));
        if (trashed == Trashed.STRIP) {
            resources().stream()
                    .flatMap(resource -> linkage(resource).stream())
                    .filter(identifier -> isOf(type, identifier) && isTrashedId(identifier, judge))
                    .forEach(Branch::goOrBecomeNull);
        }
    }

    private static void hide(String type, Branch object, Trashed trashed) {
        if (trashed == Trashed.STUB) {
            if (!isIdentifier(object)) {
                object.text("id").ifPresent(id -> object.become(Stub.ofResource(type, id)));
            }
        } else {
            object.goOrBecomeNull();
        }
    }

    private static boolean isTrashed(Branch object, EmbeddedJudge judge) {
        return isIdentifier(object) ? isTrashedId(object, judge) : judge.isTrashed(object.span());
    }

    private static boolean isTrashedId(Branch identifier, EmbeddedJudge judge) {
        return identifier.text("id").filter(judge::isTrashedId).isPresent();
    }

    private static boolean isIdentifier(Branch object) {
        return object.members("attributes").isEmpty()
                && object.members("relationships").isEmpty()
                && object.members("links").isEmpty();
    }

    private static boolean isOf(String type, Branch object) {
        return object.text("type").filter(type::equals).isPresent();
    }

    /**
     * Full linkage (7.6): takes out what was included for the sake of what went. What was included without any linkage,
     * as with sparse fieldsets, stays.
     */
    void dropOrphans() {
        if (!document.isTouched()) {
            return;
        }
        Map<String, Branch> included = new HashMap<>();
        included().forEach(object -> included.put(name(object), object));
        Set<String> before = reached(included, true);
        Set<String> after = reached(included, false);
        included.forEach((name, object) -> {
            if (before.contains(name) && !after.contains(name) && !object.isGone()) {
                object.go();
            }
        });
    }

    /** The names of the included objects that linkage leads to from the primary data. */
    private Set<String> reached(Map<String, Branch> included, boolean withGone) {
        var reached = new HashSet<String>();
        var next = new ArrayList<Branch>(primary());
        while (!next.isEmpty()) {
            Branch object = next.removeLast();
            if (!withGone && object.isGone()) {
                continue;
            }
            for (Branch identifier : identifiers(object)) {
                Branch target = included.get(name(identifier));
                boolean counts = target != null && (withGone || !(identifier.isGone() || target.isGone()));
                if (counts && target != null && reached.add(name(identifier))) {
                    next.add(target);
                }
            }
        }
        return reached;
    }

    /** What an object links to; primary data that are identifiers link by themselves. */
    private static List<Branch> identifiers(Branch object) {
        return Stream.concat(linkage(object).stream(), Stream.of(object)).toList();
    }

    private static String name(Branch object) {
        return object.text("type").orElse("") + '\0' + object.text("id").orElse("");
    }

    private List<Branch> primary() {
        return objects(document.members("data"));
    }

    private List<Branch> included() {
        return objects(document.members("included"));
    }

    private List<Branch> resources() {
        return Stream.concat(primary().stream(), included().stream()).toList();
    }

    private static List<Branch> linkage(Branch resource) {
        return resource.members("relationships").stream()
                .flatMap(relationships -> relationships.children().stream())
                .flatMap(relationship -> objects(relationship.members("data")).stream())
                .toList();
    }

    /** The objects that stand there, alone or in an array. */
    private static List<Branch> objects(List<Branch> values) {
        return values.stream()
                .flatMap(value -> value.kind() == Kind.ARRAY ? value.children().stream() : Stream.of(value))
                .filter(value -> value.kind() == Kind.OBJECT)
                .toList();
    }
}
