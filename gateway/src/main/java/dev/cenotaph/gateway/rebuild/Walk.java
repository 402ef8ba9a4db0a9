package dev.cenotaph.gateway.rebuild;

import dev.cenotaph.gateway.listing.UnfilterableListException;
import dev.cenotaph.gateway.marker.ItemReading;
import dev.cenotaph.gateway.marker.MarkerProtocols;
import dev.cenotaph.gateway.marker.UpstreamItem;
import dev.cenotaph.gateway.tombstone.Deletion;
import dev.cenotaph.gateway.tombstone.RebuildProgress;
import dev.cenotaph.gateway.tombstone.RebuildProgress.Seen;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.gateway.tombstone.Trace;
import dev.cenotaph.gateway.upstream.CallerUpstream;
import dev.cenotaph.gateway.upstream.UpstreamException;
import dev.cenotaph.gateway.upstream.UpstreamRequest;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.json.MalformedJsonException;
import dev.cenotaph.policy.marker.MarkerReading;
import dev.cenotaph.policy.match.ItemKey;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Reads the pages of one list. Blocks. */
final class Walk {
    private final ResourcePolicy policy;
    private final List<String> parents;
    private final CallerUpstream upstream;
    private final Tombstones tombstones;
    private final MarkerProtocols protocols;
    private final Pace pace;
    private final InstantSource clock;
    private final Trace trace;
    private final PageReader pages;

    Walk(ResourcePolicy policy, List<String> parents, CallerUpstream upstream, RebuildWorld world, Trace trace) {
        this.policy = policy;
        this.parents = parents;
        this.upstream = upstream;
        this.tombstones = world.tombstones();
        this.protocols = world.protocols();
        this.pace = world.pace();
        this.clock = world.clock();
        this.trace = trace;
        this.pages = new PageReader(policy);
    }

    static String firstPage(ResourcePolicy policy, List<String> parents) {
        List<String> variables = policy.path().variables();
        return policy.upstream() + policy.path().expand(name -> parents.get(variables.indexOf(name)));
    }

    /**
     * Reads the page that is next, and learns what it shows.
     *
     * @param alive told now and then that the work goes on
     */
    RebuildProgress page(RebuildProgress progress, Runnable alive) throws InterruptedException {
        URI url = URI.create(progress.nextPage().orElseThrow());
        try {
            long observed = tombstones.observe();
            pace.await();
            PageReader.Page page = pages.read(url, get(upstream.send(UpstreamRequest.get(url))));
            Seen shown = learn(observed, page.index());
            Seen read = learnHidden(page.index(), alive);
            long known = shown.trashed() + shown.live() + read.trashed() + read.live() + read.unreadable();
            Seen rest = new Seen(1, 0, 0, Math.max(0, page.rows() - known), 0);
            return progress.after(shown.plus(read).plus(rest), page.next().map(URI::toString));
        } catch (UnreadablePageException unreadable) {
            return progress.failed(unreadable.why());
        } catch (UnfilterableListException unfilterable) {
            return progress.failed(unfilterable.why());
        } catch (MalformedJsonException malformed) {
            return progress.failed("it is not JSON");
        } catch (UpstreamException failure) {
            return progress.failed("the upstream failed: " + failure.kind());
        }
    }

    private Seen learn(long observed, PageIndex index) {
        long learned = 0;
        for (Map.Entry<String, Optional<Instant>> row : index.trashed().entrySet()) {
            learned += learnTrashed(observed, key(row.getKey()), row.getValue());
        }
        for (String id : index.live()) {
            learned += learnLive(observed, key(id));
        }
        return new Seen(0, index.trashed().size(), index.live().size(), 0, learned);
    }

    /** Where the rows do not show the marker, the items do. */
    private Seen learnHidden(PageIndex index, Runnable alive) throws InterruptedException {
        Seen seen = Seen.NOTHING;
        for (String id : index.hidden()) {
            pace.await();
            seen = seen.plus(learnByReading(key(id)));
            alive.run();
        }
        return seen;
    }

    private Seen learnByReading(ItemKey key) {
        long observed = tombstones.observe();
        return switch (get(protocols.of(policy).read(UpstreamItem.of(policy, key, upstream)))) {
            case ItemReading.Found found ->
                found.marker() instanceof MarkerReading.Trashed trashed
                        ? new Seen(0, 1, 0, 0, learnTrashed(observed, key, trashed.since()))
                        : new Seen(0, 0, 1, 0, learnLive(observed, key));
            case ItemReading.Missing missing -> new Seen(0, 0, 0, 1, 0);
            case ItemReading.Unreadable unreadable -> new Seen(0, 0, 0, 1, 0);
        };
    }

    private long learnTrashed(long observed, ItemKey key, Optional<Instant> since) {
        if (tombstones.isTrashed(key)) {
            return 0;
        }
        var deletion = Deletion.seen(policy, key, since, clock.instant(), trace);
        return tombstones.learnTrashed(observed, deletion).blockOptional().isPresent() ? 1 : 0;
    }

    private long learnLive(long observed, ItemKey key) {
        if (!tombstones.isTrashed(key)) {
            return 0;
        }
        tombstones.learnLive(observed, key, trace).block();
        return tombstones.isTrashed(key) ? 0 : 1;
    }

    private ItemKey key(String id) {
        return new ItemKey(policy.name(), parents, id);
    }

    private static <T> T get(Mono<T> mono) {
        return mono.blockOptional().orElseThrow();
    }
}
