package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.Listing;
import dev.cenotaph.policy.Pages;
import dev.cenotaph.policy.Pages.Paging;
import dev.cenotaph.policy.yaml.Mapping.Entry;
import java.util.stream.Stream;

/** Which keys of {@code list} fit together, so that no row is lost or shown twice. Judged once a resource has its defaults. */
final class PagesRules {
    private final Mapping resource;
    private final Problems problems;

    PagesRules(Mapping resource, Problems problems) {
        this.resource = resource;
        this.problems = problems;
    }

    void check(Listing list) {
        if (resource.find("list", "totals").isPresent() && list.pages().total().isEmpty()) {
            contradiction("`totals` says what becomes of `total`, and there is none.", "Name the totals.", "totals");
        }
        if (resource.find("marker", "snapshot").isPresent()) {
            checkSnapshot(list.pages());
        }
        if (list.pages().refills()) {
            checkRefill(list);
        }
    }

    /** What is trashed leaves such an upstream: it counts and pages right by itself. */
    private void checkSnapshot(Pages pages) {
        if (!pages.total().isEmpty()) {
            contradiction(
                    "What is trashed is gone from an upstream without a marker, and from its totals.",
                    "Remove `total`.",
                    "total");
        }
        if (pages.refills()) {
            contradiction(
                    "What is trashed is gone from an upstream without a marker: its pages lose nothing on their way.",
                    "Write `short-pages: allow`.",
                    "short-pages");
        }
    }

    private void checkRefill(Listing list) {
        if (list.pages().paging().isEmpty()) {
            if (resource.find("list", "paging").isEmpty()) {
                contradiction(
                        "A page is filled from those after it, and nothing tells how to come there.",
                        "Add `paging`.",
                        "short-pages");
            }
            return;
        }
        if (!(list.pages().paging().get() instanceof Paging.Cursor)
                && list.next().isEmpty()) {
            contradiction(
                    "A page that was filled ends where only a link of ours leads on from, and nothing tells where"
                            + " answers have their links.",
                    "Add `next`, such as `next: Link`, or write `short-pages: allow`.",
                    "short-pages");
        }
        if (!list.pages().query().isEmpty()) {
            contradiction(
                    "With a filter of its own the upstream fills its pages itself, and its rows move up when one of"
                            + " them is trashed.",
                    "Remove `query`, or write `short-pages: allow`.",
                    "short-pages",
                    "query");
        }
    }

    /** Told at the first of the keys that the resource gives itself, else at the first that is given at all. */
    private void contradiction(String what, String mend, String... keys) {
        var given = Stream.of(keys)
                .flatMap(key -> resource.find("list", key).stream())
                .toList();
        given.stream()
                .filter(entry -> !entry.inherited())
                .findFirst()
                .or(() -> given.stream().findFirst())
                .map(Entry::value)
                .ifPresent(value -> problems.add(value.at(), ProblemCode.CONTRADICTION, what, mend));
    }
}
