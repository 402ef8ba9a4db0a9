package dev.cenotaph.policy.embedded;

import dev.cenotaph.policy.Embedded.Trashed;
import dev.cenotaph.policy.Embedded.Where;
import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.json.JsonSpan.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Items at places of a document; in HAL, the links to them as well. */
final class PlacedItems {
    private static final String EVERY = "*";
    // draft-kelly-json-hal-08 §4.1
    private static final String HAL_ITEMS = "_embedded";
    private static final String HAL_LINKS = "_links";

    private final Where.At where;
    private final Trashed trashed;
    private final EmbeddedJudge judge;

    PlacedItems(Where.At where, Trashed trashed, EmbeddedJudge judge) {
        this.where = where;
        this.trashed = trashed;
        this.judge = judge;
    }

    void mark(Branch document) {
        if (trashed == Trashed.KEEP) {
            return;
        }
        where.places().forEach(place -> found(document, place.tokens()).forEach(this::markItem));
        // By now it is known which items their markers say are trashed.
        where.places().stream()
                .flatMap(place -> halLinks(place).stream())
                .flatMap(links -> found(document, links).stream())
                .forEach(this::markLink);
    }

    private static List<Branch> found(Branch document, List<String> tokens) {
        List<Branch> here = List.of(document);
        for (String token : tokens) {
            var below = new ArrayList<Branch>();
            here.forEach(branch -> below.addAll(children(branch, token)));
            here = below;
        }
        return here;
    }

    private static List<Branch> children(Branch branch, String token) {
        if (token.equals(EVERY)) {
            return branch.children();
        }
        if (branch.kind() != Kind.ARRAY) {
            return branch.members(token);
        }
        boolean index = token.matches("0|[1-9][0-9]{0,8}");
        return index && Integer.parseInt(token) < branch.children().size()
                ? List.of(branch.children().get(Integer.parseInt(token)))
                : List.of();
    }

    /** Where a whole array stands, its elements are meant. */
    private void markItem(Branch branch) {
        if (branch.kind() == Kind.ARRAY && where.row().isRoot()) {
            branch.children().forEach(this::markItem);
            return;
        }
        List<Branch> items = found(branch, where.row().tokens());
        for (Branch item : items) {
            if (judge.isTrashed(item.span())) {
                hide(branch, item);
            }
        }
    }

    private void hide(Branch branch, Branch item) {
        switch (trashed) {
            case STRIP -> branch.go();
            case NULL -> branch.become("null");
            case STUB -> {
                // A reference is nothing but an id already.
                if (item.kind() == Kind.OBJECT) {
                    item.become(judge.stub(item.span()));
                }
            }
            case KEEP -> throw new IllegalStateException("what is kept is not looked at");
        }
    }

    /** The links that go with the items of {@code …/_embedded/rel}: {@code …/_links/rel}. */
    private static Optional<List<String>> halLinks(Place place) {
        List<String> tokens = place.tokens();
        int at = tokens.lastIndexOf(HAL_ITEMS);
        boolean relation = at >= 0
                && (at == tokens.size() - 2
                        || (at == tokens.size() - 3 && tokens.getLast().equals(EVERY)));
        if (!relation) {
            return Optional.empty();
        }
        var links = new ArrayList<>(tokens.subList(0, at));
        links.add(HAL_LINKS);
        links.add(tokens.get(at + 1));
        return Optional.of(links);
    }

    private void markLink(Branch link) {
        if (link.kind() == Kind.ARRAY) {
            link.children().forEach(this::markLink);
            return;
        }
        boolean leadsToTrash = link.members("href").stream()
                .map(Branch::span)
                .filter(href -> href.kind() == Kind.STRING)
                .map(JsonSpan::text)
                .anyMatch(judge::isTrashedLink);
        if (leadsToTrash && trashed != Trashed.STUB) {
            link.go();
        }
    }
}
