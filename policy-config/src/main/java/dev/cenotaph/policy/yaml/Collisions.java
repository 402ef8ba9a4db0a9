package dev.cenotaph.policy.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds templates that collide: one path could mean both, and neither is more specific. A literal is more specific than a
 * variable and a longer suffix than a shorter one, and the first segment that differs decides; so two templates collide
 * if and only if they differ in the names of their variables alone. Templates of different resources collide, too, where
 * case or a trailing slash is all that tells them apart.
 */
final class Collisions {
    private final Problems problems;
    private final Map<String, List<Claim>> claims = new HashMap<>();
    private final Set<Set<String>> told = new HashSet<>();

    Collisions(Problems problems) {
        this.problems = problems;
    }

    void check(List<ReadResource> resources) {
        var all = resources.stream()
                .map(Claim::of)
                .flatMap(List::stream)
                .distinct()
                .toList();
        // What follows from a written template collides with it, and is not told again.
        all.stream().filter(Claim::written).forEach(claim -> collision(claim).ifPresent(first -> tell(claim, first)));
        all.stream()
                .filter(claim -> !claim.written())
                .forEach(claim -> collision(claim)
                        .filter(first -> !told.contains(pair(claim, first)))
                        .ifPresent(first -> tell(claim, first)));
    }

    private Optional<Claim> collision(Claim claim) {
        var alike = claims.computeIfAbsent(claim.looseShape(), shape -> new ArrayList<>());
        var first = alike.stream().filter(earlier -> collide(earlier, claim)).findFirst();
        alike.add(claim);
        return first;
    }

    private static boolean collide(Claim one, Claim other) {
        return !one.resource().equals(other.resource()) || one.shape().equals(other.shape());
    }

    private static Set<String> pair(Claim one, Claim other) {
        return new HashSet<>(List.of(one.resource(), other.resource()));
    }

    /** Told at what is written, if only one of them is. */
    private void tell(Claim claim, Claim first) {
        told.add(pair(claim, first));
        boolean atFirst = first.written() && !claim.written();
        var at = atFirst ? first : claim;
        var other = atFirst ? claim : first;
        String what = "The %s of %s and the %s of %s (%s) can be the same URL."
                .formatted(
                        at.role(),
                        Wording.quoted(at.resource()),
                        other.role(),
                        Wording.quoted(other.resource()),
                        other.at());
        problems.add(at.at(), ProblemCode.TEMPLATE_COLLISION, what, mend(claim));
    }

    private static String mend(Claim claim) {
        return Stream.of("trash", "restore").anyMatch(claim.role()::contains)
                ? "Change one of them, or `trash` of " + Wording.quoted(claim.resource()) + "."
                : "Change or remove one of them.";
    }
}
