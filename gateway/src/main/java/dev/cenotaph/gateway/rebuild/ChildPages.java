package dev.cenotaph.gateway.rebuild;

import dev.cenotaph.gateway.cascade.Pages;
import dev.cenotaph.gateway.listing.UnfilterableListException;
import dev.cenotaph.gateway.upstream.CallerUpstream;
import dev.cenotaph.gateway.upstream.UpstreamAnswer;
import dev.cenotaph.gateway.upstream.UpstreamException;
import dev.cenotaph.gateway.upstream.UpstreamRequest;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.json.MalformedJsonException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pages of collections, as {@link Rebuild} reads them. A collection that is not there has no items. */
public final class ChildPages implements Pages {

    @Override
    public Page read(ResourcePolicy policy, List<String> parents, Optional<URI> url, CallerUpstream upstream) {
        URI page = url.orElseGet(() -> URI.create(Walk.firstPage(policy, parents)));
        try {
            UpstreamAnswer answer =
                    upstream.send(UpstreamRequest.get(page)).blockOptional().orElseThrow();
            return answer.isMissing() && url.isEmpty()
                    ? new Page.Read(List.of(), Optional.empty())
                    : read(page, new PageReader(policy).read(page, answer));
        } catch (UnreadablePageException unreadable) {
            return new Page.Unreadable(unreadable.why());
        } catch (UnfilterableListException unfilterable) {
            return new Page.Unreadable(unfilterable.why());
        } catch (MalformedJsonException malformed) {
            return new Page.Unreadable("it is not JSON");
        } catch (UpstreamException failure) {
            return new Page.Unreadable("the upstream failed: " + failure.kind());
        }
    }

    private static Page read(URI url, PageReader.Page page) {
        if (page.rows() > page.index().told()) {
            return new Page.Unreadable("a row of it does not tell which item it is");
        }
        if (page.next().filter(url::equals).isPresent()) {
            return new Page.Unreadable("its link to the next page leads to itself");
        }
        var ids = new ArrayList<>(page.index().live());
        ids.addAll(page.index().hidden());
        ids.addAll(page.index().trashed().keySet());
        return new Page.Read(ids, page.next());
    }
}
