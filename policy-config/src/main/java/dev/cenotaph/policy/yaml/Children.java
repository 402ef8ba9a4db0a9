package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.Answers;
import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.MarkerWrites;
import dev.cenotaph.policy.Mode;
import dev.cenotaph.policy.PathTemplate.Literal;
import dev.cenotaph.policy.PathTemplate.Segment;
import dev.cenotaph.policy.PathTemplate.Variable;
import dev.cenotaph.policy.ResourcePolicy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Checks that what {@code children} names can follow its parent: it is a resource of the set, in whatever file; its
 * collection lies below the parent's item, with no variable between; and it can be trashed whenever the parent can. No
 * resource lies below itself, so that there is no circle.
 */
final class Children {
    static final String KEY = "children";

    private final Problems problems;

    Children(Problems problems) {
        this.problems = problems;
    }

    void check(List<ReadResource> resources) {
        var byName = new HashMap<String, ReadResource>();
        resources.forEach(resource -> byName.putIfAbsent(resource.name(), resource));
        resources.forEach(resource -> check(resource, byName));
    }

    private void check(ReadResource parent, Map<String, ReadResource> resources) {
        var seen = new HashSet<String>();
        for (Scalar name : names(parent)) {
            if (!seen.add(name.text())) {
                String what = Wording.quoted(name.text()) + " is there twice.";
                problems.add(name.at(), ProblemCode.DUPLICATE_NAME, what, "Remove one of them.");
                continue;
            }
            Optional.ofNullable(resources.get(name.text()))
                    .ifPresentOrElse(child -> check(parent, name, child), () -> unknown(name, resources));
        }
        if (!seen.isEmpty()) {
            checkTrashable(parent);
        }
    }

    private static List<Scalar> names(ReadResource parent) {
        return parent
                .mapping()
                .find(KEY)
                .map(entry -> switch (entry.value()) {
                    case Scalar name -> List.of(name);
                    case Sequence names ->
                        names.elements().stream()
                                .filter(Scalar.class::isInstance)
                                .map(Scalar.class::cast)
                                .toList();
                    case Mapping nothing -> List.<Scalar>of();
                })
                .orElse(List.of())
                .stream()
                .filter(Scalar::isText)
                .toList();
    }

    private void unknown(Scalar name, Map<String, ReadResource> resources) {
        problems.add(
                name.at(),
                ProblemCode.UNKNOWN_RESOURCE,
                "There is no resource " + Wording.quoted(name.text()) + ".",
                Wording.suggestion(name.text(), resources.keySet()));
    }

    private void check(ReadResource parent, Scalar name, ReadResource child) {
        if (parent.paths().isPresent() && child.paths().isPresent()) {
            checkBelow(parent.paths().get().item(), name, child.paths().get().path());
        }
        if (parent.policy().isPresent() && child.policy().isPresent()) {
            checkMode(parent.policy().get(), name, child.policy().get());
            checkMarker(name, parent.policy().get(), child.policy().get());
        }
    }

    private void checkBelow(Placed item, Scalar name, Placed path) {
        var above = PathsReader.stem(item.template().segments());
        var below = PathsReader.stem(path.template().segments());
        boolean liesBelow = below.size() > above.size() && startsWith(below, above);
        boolean nothingBetween =
                path.variables().size() == item.template().variables().size();
        if (!liesBelow) {
            String what = "The path of %s, %s, does not lie below %s."
                    .formatted(Wording.quoted(name.text()), path.quoted(), item.quoted());
            problems.add(
                    name.at(),
                    ProblemCode.TEMPLATE_NOT_BELOW_ITEM,
                    what,
                    "Children are resources whose path starts with this item and goes on below. Remove it.");
        } else if (!nothingBetween) {
            String what = "Between %s and the path of %s, %s, there is another variable."
                    .formatted(item.quoted(), Wording.quoted(name.text()), path.quoted());
            String mend = "Name it as a child of the resource in between, and that one here.";
            problems.add(name.at(), ProblemCode.TEMPLATE_VARIABLES, what, mend);
        }
    }

    /** Variables may have other names: it is their places that count. */
    private static boolean startsWith(List<Segment> below, List<Segment> above) {
        for (int i = 0; i < above.size(); i++) {
            if (!isSame(above.get(i), below.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSame(Segment one, Segment other) {
        return switch (one) {
            case Literal literal -> literal.equals(other);
            case Variable variable ->
                other instanceof Variable its && its.suffix().equals(variable.suffix());
        };
    }

    /** In {@code drain} nothing new is trashed, but what is trashed is restored, so that the child has to act as well. */
    private void checkMode(ResourcePolicy parent, Scalar name, ResourcePolicy child) {
        boolean canFollow = !parent.mode().acts()
                || child.mode() == Mode.ENFORCE
                || (parent.mode() == Mode.DRAIN && child.mode() == Mode.DRAIN);
        if (!canFollow) {
            String what = "%s cannot follow: its mode is %s."
                    .formatted(
                            Wording.quoted(name.text()),
                            Wording.quoted(child.mode().name().toLowerCase(Locale.ROOT)));
            problems.add(name.at(), ProblemCode.CONTRADICTION, what, "Remove it here, or its `mode` there.");
        }
    }

    /** A snapshot's restore creates the item anew, maybe under another id: nothing below can be found again by its path. */
    private void checkMarker(Scalar name, ResourcePolicy parent, ResourcePolicy child) {
        if (parent.marker() instanceof Marker.Snapshot || child.marker() instanceof Marker.Snapshot) {
            String what = Wording.quoted(name.text()) + " cannot follow: items kept as snapshots are in no cascade.";
            problems.add(name.at(), ProblemCode.CONTRADICTION, what, "Remove it here, or use another marker.");
        }
    }

    private void checkTrashable(ReadResource parent) {
        boolean never = parent.policy()
                .filter(policy -> policy.answers().delete() == Answers.Delete.PASS)
                .filter(policy -> !isTrashedByWrites(policy))
                .isPresent();
        if (never) {
            parent.mapping()
                    .find(KEY)
                    .ifPresent(entry -> problems.add(
                            entry.at(),
                            ProblemCode.CONTRADICTION,
                            "With `delete: pass` every DELETE is a real one, and no write of a client's can be a soft"
                                    + " delete either: there is nothing to follow.",
                            "Remove `children`, or `delete: pass`."));
        }
    }

    /** An archive by PATCH takes the children along; it needs a marker that stands in the item. */
    private static boolean isTrashedByWrites(ResourcePolicy policy) {
        return policy.markerWrites() == MarkerWrites.LEARN && !(policy.marker() instanceof Marker.ExtensionResource);
    }
}
