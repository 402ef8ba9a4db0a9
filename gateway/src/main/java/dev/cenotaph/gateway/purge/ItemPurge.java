package dev.cenotaph.gateway.purge;

import dev.cenotaph.gateway.marker.ItemReading;
import dev.cenotaph.gateway.marker.MarkerProtocols;
import dev.cenotaph.gateway.marker.UpstreamItem;
import dev.cenotaph.gateway.purge.PurgeReport.Outcome;
import dev.cenotaph.gateway.tombstone.Claim;
import dev.cenotaph.gateway.tombstone.PurgeQueue;
import dev.cenotaph.gateway.tombstone.StaleClaimException;
import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.gateway.tombstone.Trace;
import dev.cenotaph.gateway.upstream.CallerUpstream;
import dev.cenotaph.gateway.upstream.UpstreamAnswer;
import dev.cenotaph.gateway.upstream.UpstreamException;
import dev.cenotaph.gateway.upstream.UpstreamRequest;
import dev.cenotaph.policy.ResourcePolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;

/**
 * Purges one item: claim, read, and delete it for good only where the upstream still shows it trashed and the claim is
 * still ours. Blocks.
 */
final class ItemPurge {
    private final Tombstones tombstones;
    private final PurgeQueue queue;
    private final MarkerProtocols protocols;
    private final Duration lease;
    private final LongSupplier nanos;

    /** @param nanos a clock that neither stands still nor jumps */
    ItemPurge(Tombstones tombstones, PurgeQueue queue, MarkerProtocols protocols, Duration lease, LongSupplier nanos) {
        this.tombstones = tombstones;
        this.queue = queue;
        this.protocols = protocols;
        this.lease = lease;
        this.nanos = nanos;
    }

    /**
     * What came of it.
     *
     * @param detail for the operator
     * @param upstreamFailed whether the upstream did not answer at all
     * @param open the claim that only a later reading can settle
     */
    record Result(Outcome outcome, String detail, boolean upstreamFailed, Optional<Tombstone> open) {
        static Result of(Outcome outcome, String detail) {
            return new Result(outcome, detail, false, Optional.empty());
        }
    }

    Result purge(Tombstone due, ResourcePolicy policy, CallerUpstream upstream, Trace trace) {
        long begun = nanos.getAsLong();
        return switch (get(queue.claim(due, trace))) {
            case Claim.Granted granted ->
                purge(new Attempt(granted.tombstone(), item(due, policy, upstream), trace, begun));
            case Claim.AlreadyTrashed anew -> Result.of(Outcome.PASSED_OVER, "trashed anew");
            case Claim.Busy busy -> Result.of(Outcome.PASSED_OVER, "another change is under way");
            case Claim.Absent absent -> Result.of(Outcome.PASSED_OVER, "no longer trashed");
            case Claim.OnHold held -> Result.of(Outcome.PASSED_OVER, "on hold");
        };
    }

    /** Looks again at an item whose DELETE had no answer. By now it has landed, or never will. */
    Result settle(Tombstone open, ResourcePolicy policy, CallerUpstream upstream, Trace trace) {
        var attempt = new Attempt(open, item(open, policy, upstream), trace, nanos.getAsLong());
        try {
            return switch (attempt.read()) {
                case ItemReading.Missing missing -> attempt.forget(Outcome.PURGED, "missing after the DELETE");
                case ItemReading.Found found ->
                    found.isTrashed()
                            ? attempt.release("not deleted")
                            : attempt.forget(Outcome.LIVE, "live at the upstream");
                case ItemReading.Unreadable unreadable -> attempt.unsettled("the item cannot be read");
            };
        } catch (UpstreamException failure) {
            return attempt.unsettled("the upstream failed: " + failure.kind());
        } catch (StaleClaimException settled) {
            return Result.of(Outcome.PASSED_OVER, "settled elsewhere");
        }
    }

    private Result purge(Attempt attempt) {
        try {
            return attempt.purge();
        } catch (StaleClaimException takenOver) {
            return Result.of(Outcome.PASSED_OVER, "our claim ran out, and another change took the item over");
        } catch (RuntimeException failed) {
            tombstones.leave(attempt.claimed);
            throw failed;
        }
    }

    private static UpstreamItem item(Tombstone tombstone, ResourcePolicy policy, CallerUpstream upstream) {
        return UpstreamItem.of(policy, tombstone.key(), upstream);
    }

    private static <T> T get(Mono<T> mono) {
        return mono.blockOptional().orElseThrow();
    }

    /** One claimed item. */
    private final class Attempt {
        private final Tombstone claimed;
        private final UpstreamItem item;
        private final Trace trace;
        private final long begun;

        /** @param begun before the claim was asked for: its lease cannot end sooner than counted from here */
        Attempt(Tombstone claimed, UpstreamItem item, Trace trace, long begun) {
            this.claimed = claimed;
            this.item = item;
            this.trace = trace;
            this.begun = begun;
        }

        Result purge() {
            try {
                if (protocols.of(item.policy()).keepsItem()) {
                    return forget(Outcome.PURGED, "snapshot dropped");
                }
                return switch (read()) {
                    case ItemReading.Missing missing -> forget(Outcome.MISSING, "missing at the upstream");
                    case ItemReading.Unreadable unreadable ->
                        release("the upstream answered " + unreadable.answer().status() + " to a read of the item");
                    case ItemReading.Found found ->
                        found.isTrashed() ? delete(found) : forget(Outcome.LIVE, "live at the upstream");
                };
            } catch (UpstreamException failure) {
                Result released = release("the upstream failed: " + failure.kind());
                return new Result(released.outcome(), released.detail(), true, Optional.empty());
            }
        }

        private ItemReading read() {
            return get(protocols.of(item.policy()).read(item));
        }

        private Result delete(ItemReading.Found found) {
            UpstreamRequest delete = found.answer()
                    .strongEntityTag()
                    .map(tag -> UpstreamRequest.delete(item.url()).with("If-Match", tag))
                    .orElseGet(() -> UpstreamRequest.delete(item.url()));
            if (nanos.getAsLong() - begun >= lease.toNanos()) {
                return release("our claim may have run out before the DELETE could be sent");
            }
            try {
                return answered(get(item.upstream().send(delete)));
            } catch (UpstreamException failure) {
                return failure.neverSent()
                        ? new Result(
                                Outcome.FAILED,
                                release("the upstream failed: " + failure.kind())
                                        .detail(),
                                true,
                                Optional.empty())
                        : unanswered("the upstream failed: " + failure.kind());
            }
        }

        private Result answered(UpstreamAnswer answer) {
            String what = "the upstream answered " + answer.status() + " to the DELETE";
            if (answer.isSuccess() || answer.isMissing()) {
                return forget(Outcome.PURGED, what);
            }
            return answer.isAnothersDoubt() ? unanswered(what) : refused(what);
        }

        /** It may have been refused because the item is live by now. */
        private Result refused(String what) {
            try {
                return read() instanceof ItemReading.Found found && !found.isTrashed()
                        ? forget(Outcome.LIVE, "live at the upstream; " + what)
                        : release(what);
            } catch (UpstreamException failure) {
                return release(what + "; then it failed: " + failure.kind());
            }
        }

        /** A DELETE without an answer may still land, so that the claim has to stay until that is over. */
        private Result unanswered(String what) {
            try {
                if (read() instanceof ItemReading.Missing) {
                    return forget(Outcome.PURGED, "missing after the DELETE, to which " + what);
                }
            } catch (UpstreamException again) {
                return unsettled(what);
            }
            return unsettled(what);
        }

        private Result unsettled(String why) {
            return new Result(Outcome.UNSETTLED, why, true, Optional.of(claimed));
        }

        private Result forget(Outcome outcome, String reason) {
            if (outcome != Outcome.LIVE) {
                tombstones.bodies().dropRevisions(item.policy(), item.key()).block();
            }
            tombstones.forget(claimed, reason, trace).block();
            return Result.of(outcome, reason);
        }

        private Result release(String reason) {
            tombstones.release(claimed, reason, trace).block();
            return Result.of(Outcome.FAILED, reason);
        }
    }
}
