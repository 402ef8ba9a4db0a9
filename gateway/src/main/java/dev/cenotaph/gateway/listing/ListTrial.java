package dev.cenotaph.gateway.listing;

import dev.cenotaph.gateway.exchange.ContentCoding;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.policy.Listing;
import dev.cenotaph.policy.Listing.OnUnfilterable;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.operation.Operation;
import dev.cenotaph.policy.operation.TrashScope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Finds out what would be taken out of a list, by the filter that does it, while nothing is. Learns nothing. Stateful: one
 * for each answer.
 */
public final class ListTrial implements Trial {
    private static final ListFilter.Output NOWHERE = (bytes, offset, length) -> {};
    private static final Standing OPEN = new Standing.Open();
    private static final Standing UNTOLD = new Standing.Untold();

    private final ResourcePolicy policy;
    private final ListLimits limits;
    private final ListFilter filter;
    private @Nullable Decoder decoder;
    private long seen;

    public ListTrial(ResourcePolicy policy, Operation.ReadList list, Tombstones tombstones, ListLimits limits) {
        this.policy = policy;
        this.limits = limits;
        Rows rows = Rows.of(policy, list.row());
        boolean parentsAreKnown =
                list.parents().size() == policy.path().variables().size();
        RowJudge judge = (parentsAreKnown ? rows : rows.ofUnknownParents())
                .judge(
                        list.scope() == TrashScope.ONLY ? Rows.Scope.ONLY : Rows.Scope.EXCLUDE,
                        new Onlooker(policy, list.parents(), tombstones));
        this.filter = ListFilter.of(
                list.items(), judge, new ListFilter.Limits(limits.itemBytes(), ListFilter.Limits.DEFAULT.depth()));
    }

    /** How far a trial has come. */
    public sealed interface Standing {

        /** More of the answer is needed. */
        record Open() implements Standing {}

        /** It is no list, or one that the policy lets pass although it cannot be filtered. */
        record Passes() implements Standing {}

        /** It cannot be filtered. */
        record Unfilterable(String why) implements Standing {}

        /** It can be. */
        record Filtered(int dropped) implements Standing {}

        /** The upstream would have been asked for another form of it, or it is too long to look at. */
        record Untold() implements Standing {}
    }

    @Override
    public Standing begin(ServerHttpResponse response) {
        if (FilteredAnswer.hasNoRows(response)) {
            return new Standing.Passes();
        }
        boolean part =
                response.getStatusCode() != null && response.getStatusCode().isSameCodeAs(HttpStatus.PARTIAL_CONTENT);
        boolean plain = ContentCoding.isIdentity(response.getHeaders()) || ContentCoding.isGzip(response.getHeaders());
        if (part || !plain) {
            return UNTOLD;
        }
        Listing list = policy.list();
        Optional<String> obstacle = FilteredAnswer.obstacle(response, list);
        decoder = Decoder.of(response.getHeaders(), limits);
        return obstacle.map(this::unfilterable).orElse(OPEN);
    }

    @Override
    public Standing feed(byte[] chunk) {
        seen += chunk.length;
        if (decoder == null || seen > limits.decodedBytes()) {
            return closed(UNTOLD);
        }
        try {
            decoder.feed(chunk, decoded -> filter.feed(decoded, 0, decoded.length, NOWHERE));
            return OPEN;
        } catch (UnfilterableListException e) {
            return closed(unfilterable(e.why()));
        }
    }

    @Override
    public Standing finish() {
        try {
            filter.finish(NOWHERE);
            return closed(new Standing.Filtered(filter.dropped()));
        } catch (UnfilterableListException e) {
            return closed(unfilterable(e.why()));
        }
    }

    private Standing unfilterable(String why) {
        return policy.list().onUnfilterable() == OnUnfilterable.PASS
                ? new Standing.Passes()
                : new Standing.Unfilterable(why);
    }

    @Override
    public void close() {
        if (decoder != null) {
            decoder.close();
            decoder = null;
        }
    }

    private Standing closed(Standing standing) {
        close();
        return standing;
    }

    /** The index, looked into and left as it is. */
    private record Onlooker(ResourcePolicy policy, List<String> parents, Tombstones tombstones) implements IndexView {
        @Override
        public boolean isTrashed(String id) {
            return tombstones.isTrashed(new ItemKey(policy.name(), parents, id));
        }

        @Override
        public void sawTrashed(String id, Optional<Instant> since) {}

        @Override
        public boolean expectsLive() {
            return true;
        }

        @Override
        public boolean sawLive(String id) {
            return false;
        }
    }
}
