package dev.cenotaph.policy.change;

import dev.cenotaph.policy.Listing.OnUnfilterable;
import dev.cenotaph.policy.Pages;
import dev.cenotaph.policy.Pages.Totals;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.View;
import dev.cenotaph.policy.change.Change.Kind;

/** What differs in how two policies of one name filter lists and other answers. */
final class ListChanges {
    private final ResourcePolicy old;
    private final ResourcePolicy now;
    private final Consequences consequences;

    ListChanges(ResourcePolicy old, ResourcePolicy now, Consequences consequences) {
        this.old = old;
        this.now = now;
        this.consequences = consequences;
    }

    void tell() {
        lists();
        pages();
        views();
        embedded();
    }

    private void lists() {
        if (old.list().onUnfilterable() != now.list().onUnfilterable()) {
            boolean passes = now.list().onUnfilterable() == OnUnfilterable.PASS;
            add(
                    passes ? Kind.RISKIER : Kind.SAFER,
                    passes
                            ? "A list that cannot be filtered passes with the trash in it."
                            : "A list that cannot be filtered is a 502.",
                    "list",
                    "on-unfilterable");
        }
        if (!old.list().items().equals(now.list().items())
                || !old.list().row().equals(now.list().row())
                || !old.id().equals(now.id())) {
            add(Kind.OTHERWISE, "The items of lists are looked for elsewhere; a list without them is a 502.", "list");
        }
        if (!old.list().mediaTypes().equals(now.list().mediaTypes())) {
            add(Kind.OTHERWISE, "Other media types are filtered.", "list", "media-types");
        }
        consequences.differ(
                old.list().next(),
                now.list().next(),
                "Links to the next page are looked for elsewhere.",
                "list",
                "next");
    }

    private void pages() {
        Pages was = old.list().pages();
        Pages is = now.list().pages();
        consequences.differ(was.total(), is.total(), "Totals are looked for elsewhere.", "list", "total");
        consequences.differ(
                was.totals(),
                is.totals(),
                is.totals() == Totals.DROP
                        ? "Totals are dropped."
                        : "Totals are without the trash where that is known.",
                "list",
                "totals");
        consequences.differ(was.last(), is.last(), "Links to the last page are looked for elsewhere.", "list", "last");
        consequences.differ(
                was.query(),
                is.query(),
                "The upstream is asked with another filter where trash is excluded.",
                "list",
                "query");
        consequences.differ(
                was.paging(), is.paging(), "Clients come from page to page in another way.", "list", "paging");
        consequences.differ(
                was.shortPages(),
                is.shortPages(),
                switch (is.shortPages()) {
                    case ALLOW -> "A page that lost rows stays short.";
                    case REFILL -> "A page that lost rows is filled from those after it.";
                    case REFILL_LINKED -> "A page that lost rows is filled where a link of the gateway led to it.";
                },
                "list",
                "short-pages");
    }

    private void views() {
        for (View view : old.views()) {
            now.views().stream()
                    .filter(other -> other.path().equals(view.path()))
                    .findFirst()
                    .ifPresentOrElse(
                            other -> consequences.differ(
                                    view,
                                    other,
                                    "The items of `" + view.path()
                                            + "` are looked for elsewhere; an answer without them is a 502.",
                                    "views"),
                            () -> add(
                                    Kind.RISKIER,
                                    "`" + view.path() + "` shows trashed items: it is no view any more.",
                                    "views"));
        }
        now.views().stream()
                .map(View::path)
                .filter(path ->
                        old.views().stream().noneMatch(view -> view.path().equals(path)))
                .forEach(path -> add(Kind.SAFER, "`" + path + "` is rid of trashed items.", "views"));
    }

    private void embedded() {
        old.embedded().stream()
                .filter(rule -> !now.embedded().contains(rule))
                .forEach(rule -> add(
                        Kind.RISKIER,
                        "Answers of `" + rule.path() + "` show trashed items as they did not.",
                        "embedded"));
        now.embedded().stream()
                .filter(rule -> !old.embedded().contains(rule))
                .forEach(rule ->
                        add(Kind.SAFER, "Trashed items are hidden in answers of `" + rule.path() + "`.", "embedded"));
    }

    private void add(Kind kind, String consequence, String... key) {
        consequences.add(kind, consequence, key);
    }
}
