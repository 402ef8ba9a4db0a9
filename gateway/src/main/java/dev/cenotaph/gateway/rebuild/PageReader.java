package dev.cenotaph.gateway.rebuild;

import dev.cenotaph.gateway.exchange.ContentCoding;
import dev.cenotaph.gateway.listing.ListFilter;
import dev.cenotaph.gateway.listing.Rows;
import dev.cenotaph.gateway.upstream.UpstreamAnswer;
import dev.cenotaph.policy.ResourcePolicy;
import java.net.URI;
import java.util.Optional;

/** Takes one page of a resource's list apart. */
final class PageReader {
    private static final int LARGEST_PAGE = 64 << 20;
    private static final ListFilter.Output NOWHERE = (bytes, offset, length) -> {};

    private final ResourcePolicy policy;
    private final Rows rows;
    private final NextPage nextPage;

    PageReader(ResourcePolicy policy) {
        this.policy = policy;
        this.rows = Rows.of(policy, policy.list().row());
        this.nextPage = new NextPage(policy.list().next());
    }

    /**
     * What a page shows.
     *
     * @param rows how many it has
     * @param next the URL of the page after it
     */
    record Page(PageIndex index, long rows, Optional<URI> next) {}

    /**
     * Reads an answer with a list in it.
     *
     * @throws UnreadablePageException where it cannot be told which page is next
     * @throws dev.cenotaph.gateway.listing.UnfilterableListException where a row cannot be told
     */
    Page read(URI url, UpstreamAnswer answer) {
        if (answer.status() != 200) {
            throw new UnreadablePageException("the upstream answered " + answer.status());
        }
        byte[] body = ContentCoding.decoded(answer.headers(), answer.body(), LARGEST_PAGE)
                .orElseThrow(() -> new UnreadablePageException("its content coding cannot be read"));
        var index = new PageIndex();
        ListFilter filter =
                ListFilter.of(policy.list().items(), rows.judge(Rows.Scope.EXCLUDE, index), ListFilter.Limits.DEFAULT);
        filter.feed(body, 0, body.length, NOWHERE);
        filter.finish(NOWHERE);
        return new Page(index, (long) filter.kept() + filter.dropped(), nextPage.after(url, answer.headers(), body));
    }
}
