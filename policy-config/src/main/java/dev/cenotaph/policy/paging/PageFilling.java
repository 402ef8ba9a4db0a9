package dev.cenotaph.policy.paging;

import dev.cenotaph.policy.Listing;
import dev.cenotaph.policy.Pages;
import dev.cenotaph.policy.Pages.Paging;
import dev.cenotaph.policy.Pages.ShortPages;
import dev.cenotaph.policy.Pages.Spot;
import dev.cenotaph.policy.json.JsonDocument;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Fills one page from the pages after it. Decides only; who uses it asks the upstream.
 *
 * <p>Trashed items stay at the upstream, so the place where a page of ours ends is a place in the upstream's own order, and
 * no deletion moves it. A page that is filled links on from exactly there: whoever follows its links meets every row once.
 * Stateful: one for each answer.
 */
public final class PageFilling {

    /** How much of it a request may have. */
    public enum Extent {
        /** The page is the upstream's own. */
        NONE,
        /** It stays as short as it is; the page that it links to is filled. */
        LINKS,
        /** It is filled. */
        FULL
    }

    private final Listing list;
    private final Paging paging;
    private final PageSeal seal;
    private final List<String> paths;
    private final Function<byte[], Optional<String>> id;
    private final SeenPage first;
    private final int skipped;
    private final boolean trash;
    private final int target;
    private final Set<RawQuery> asked = new HashSet<>();
    private final List<String> pulled = new ArrayList<>();
    private SeenPage current;
    private boolean further;
    private int consumed;
    private int shown;

    /**
     * Begins with the page that was asked for.
     *
     * @param seal of the list
     * @param paths raw ones of the list, as its links may have them
     * @param id of a row
     * @param skipped how many of the page's rows an earlier page of ours had
     * @param trash whether any item of the list is trashed
     */
    public PageFilling(
            Listing list,
            Extent extent,
            PageSeal seal,
            List<String> paths,
            Function<byte[], Optional<String>> id,
            SeenPage first,
            int skipped,
            boolean trash) {
        this.list = list;
        this.skipped = skipped;
        this.trash = trash;
        this.paging = list.pages().paging().orElseThrow();
        this.seal = seal;
        this.paths = paths;
        this.id = id;
        this.first = first;
        this.current = first;
        this.consumed = first.rows().size();
        this.shown = first.shown();
        this.target = extent == Extent.FULL && leadsOn() ? first.rows().size() : shown;
        asked.add(first.query());
    }

    /**
     * What a request may have.
     *
     * @param query without the parameter of ours
     * @param resumed whether a link of ours led here
     */
    public static Extent extent(Pages pages, RawQuery query, boolean resumed) {
        Optional<Paging> paging = pages.paging();
        if (!pages.refills() || paging.isEmpty()) {
            return Extent.NONE;
        }
        boolean linked = resumed || (paging.get() instanceof Paging.Cursor by && query.has(by.cursor()));
        if (linked) {
            return Extent.FULL;
        }
        // Who names a page himself counts: what is pulled forward he would meet again.
        if (paging.get().position().filter(query::has).isPresent()) {
            return Extent.NONE;
        }
        return pages.shortPages() == ShortPages.REFILL ? Extent.FULL : Extent.LINKS;
    }

    /** Whether every link to a next page is one that can be written anew. */
    private boolean leadsOn() {
        return nextLinks(first).stream().allMatch(link -> link.query(paths).isPresent());
    }

    /** The query of the page to ask for now; empty when there is nothing more to do. */
    public Optional<RawQuery> wanted() {
        if (shown >= target) {
            return Optional.empty();
        }
        return after(current)
                .map(query -> paging instanceof Paging.Cursor by
                        ? query.with(by.limit(), Integer.toString(target - shown))
                        : query)
                .filter(query -> !asked.contains(query));
    }

    /** Takes the page that was wanted. */
    public void add(SeenPage page) {
        asked.add(page.query());
        current = page;
        further = true;
        consumed = 0;
        boolean whole = paging instanceof Paging.Cursor;
        for (SeenPage.Row row : page.rows()) {
            if (row.shown() && shown >= target && !whole) {
                return;
            }
            if (row.shown()) {
                pulled.add(new String(row.json(), StandardCharsets.UTF_8));
                shown++;
            }
            consumed++;
        }
    }

    /** How many rows were pulled forward. */
    public int pulled() {
        return pulled.size();
    }

    /** The query of the page after one; empty where that is the last. */
    private Optional<RawQuery> after(SeenPage page) {
        return switch (paging) {
            case Paging.Cursor by ->
                page.text(by.from()).map(cursor -> first.query().with(by.cursor(), cursor));
            case Paging.Offset by ->
                page.rows().isEmpty()
                        ? Optional.empty()
                        : linked(page)
                                .flatMap(link -> moved(page, by, page.rows().size()));
            case Paging.Page by -> linked(page);
            case Paging.Links by -> linked(page);
        };
    }

    private Optional<RawQuery> linked(SeenPage page) {
        return nextLinks(page).stream()
                .findFirst()
                .flatMap(link -> link.query(paths))
                .filter(query -> !query.equals(page.query()));
    }

    private static Optional<RawQuery> moved(SeenPage page, Paging.Offset by, int rows) {
        String offset =
                page.query().has(by.offset()) ? page.query().only(by.offset()).orElse("") : "0";
        return offset.matches("\\d{1,15}")
                ? Optional.of(page.query().with(by.offset(), Long.toString(Long.parseLong(offset) + rows)))
                : Optional.empty();
    }

    /** Where the client goes on; empty where the answer's own links are right, or it has to be told as the last page does. */
    private Optional<RawQuery> resumption() {
        boolean whole = consumed == current.rows().size();
        if (whole) {
            boolean unmarked = paging instanceof Paging.Links && list.pages().shortPages() == ShortPages.REFILL;
            return after(current)
                    .map(query -> unmarked ? query : marked(query, Resumption.AT_THE_FIRST_ROW))
                    .filter(query -> !unmarked || further);
        }
        if (paging instanceof Paging.Offset by) {
            return moved(current, by, consumed).map(query -> marked(query, Resumption.AT_THE_FIRST_ROW));
        }
        Optional<String> last = id.apply(current.rows().get(consumed - 1).json());
        return Optional.of(marked(current.query(), new Resumption(consumed, last)));
    }

    private RawQuery marked(RawQuery query, Resumption resumption) {
        RawQuery plain = query.without(Pages.PARAMETER);
        return query.with(Pages.PARAMETER, resumption.text(seal, plain));
    }

    /** The answer's body, from what is left of the first page's. */
    public JsonDocument body(JsonDocument body) {
        JsonDocument filled = pulled.isEmpty() ? body : body.append(list.items(), String.join(",", pulled));
        return ending().links(filled, untrue());
    }

    /** The headers that change, with their values from now on; none for one that goes. */
    public Map<String, List<String>> headers() {
        return ending().links(first.header(), untrue());
    }

    /** The types of links that lead elsewhere than pages that are filled do. */
    private Set<String> untrue() {
        var types = new HashSet<String>();
        if (trash || first.shown() < first.rows().size()) {
            types.add("last");
        }
        if (skipped > 0) {
            types.add("prev");
            types.add("previous");
        }
        return types;
    }

    private PageEnding ending() {
        if (paging instanceof Paging.Cursor by) {
            return further
                    ? PageEnding.like(list, cursorSpots(by), current, this::withFullSize)
                    : PageEnding.unchanged(list);
        }
        Optional<RawQuery> next = resumption();
        if (next.isPresent()) {
            return PageEnding.at(list, next.get(), paths);
        }
        return further ? PageEnding.like(list, nextSpots(), current, link -> link) : PageEnding.unchanged(list);
    }

    private List<Spot> cursorSpots(Paging.Cursor by) {
        var spots = new ArrayList<>(nextSpots());
        spots.add(by.from());
        return spots;
    }

    /** The pages that filled this one were asked for with what was missing. */
    private String withFullSize(String link) {
        var page = new PageLink(link);
        if (!(paging instanceof Paging.Cursor by)) {
            return link;
        }
        return page.query(paths)
                .filter(query -> query.has(by.cursor()))
                .map(query -> first.query()
                        .only(by.limit())
                        .map(size -> query.with(by.limit(), size))
                        .orElseGet(() -> query.without(by.limit())))
                .map(query -> page.with(query).text())
                .orElse(link);
    }

    private List<PageLink> nextLinks(SeenPage page) {
        return nextSpots().stream()
                .flatMap(spot -> page.text(spot).stream())
                .map(PageLink::new)
                .toList();
    }

    private List<Spot> nextSpots() {
        return PageEnding.nextSpots(list);
    }
}
