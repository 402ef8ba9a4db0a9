package dev.cenotaph.gateway.cascade;

import dev.cenotaph.gateway.exchange.Failure;
import dev.cenotaph.gateway.marker.ItemReading;
import dev.cenotaph.gateway.marker.ItemReading.Found;
import dev.cenotaph.gateway.marker.MarkerProtocol;
import dev.cenotaph.gateway.marker.MarkerProtocols;
import dev.cenotaph.gateway.marker.RevisionKeeper;
import dev.cenotaph.gateway.marker.RevisionTurns;
import dev.cenotaph.gateway.marker.UntouchedException;
import dev.cenotaph.gateway.marker.UpstreamItem;
import dev.cenotaph.gateway.recovery.OpenClaims;
import dev.cenotaph.gateway.tombstone.CascadeLog;
import dev.cenotaph.gateway.tombstone.Claim;
import dev.cenotaph.gateway.tombstone.Deletion;
import dev.cenotaph.gateway.tombstone.StaleClaimException;
import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.gateway.tombstone.Tombstone.State;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.gateway.tombstone.Trace;
import dev.cenotaph.gateway.upstream.ItemTurns;
import dev.cenotaph.gateway.upstream.UpstreamAnswer;
import dev.cenotaph.gateway.upstream.UpstreamException;
import dev.cenotaph.gateway.upstream.UpstreamRequest;
import dev.cenotaph.policy.Write;
import dev.cenotaph.policy.marker.MarkerReading;
import dev.cenotaph.policy.marker.UnwritableMarkerException;
import dev.cenotaph.policy.unique.KeyValue;
import dev.cenotaph.policy.unique.KeyValues;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * Takes one item along: durable claim, the marker's write, verification, commit. What was left open by a crash or by an
 * upstream without an answer is settled by {@link dev.cenotaph.gateway.recovery}, and looked at again. Blocks.
 */
final class Follower {
    private static final String NOT_OURS = "not of this cascade";

    private final Tombstones tombstones;
    private final CascadeLog log;
    private final MarkerProtocols protocols;
    private final OpenClaims openClaims;
    private final ItemTurns turns;
    private final RevisionTurns revisionTurns;
    private final RevisionKeeper revisions;

    Follower(
            Tombstones tombstones,
            CascadeLog log,
            MarkerProtocols protocols,
            OpenClaims openClaims,
            ItemTurns turns,
            RevisionTurns revisionTurns) {
        this.tombstones = tombstones;
        this.log = log;
        this.protocols = protocols;
        this.openClaims = openClaims;
        this.turns = turns;
        this.revisionTurns = revisionTurns;
        this.revisions = new RevisionKeeper(tombstones.bodies());
    }

    /** Trashes a live item with the one at the top. What is in the trash already keeps its own deletion. */
    Step trash(UpstreamItem item, Tombstone top, Trace trace) {
        Supplier<Step> work = () -> inTurn(item, () -> new Attempt(item, top.deletionId(), trace).trash(top));
        return item.policy().revisions().isEmpty() ? work.get() : aloneWithRevisions(item, work);
    }

    /** Restores an item that was trashed by this deletion. */
    Step restore(UpstreamItem item, String deletionId, Trace trace) {
        return inTurn(item, () -> new Attempt(item, deletionId, trace).restore());
    }

    /** Deletes for good an item that was trashed by this deletion. */
    Step delete(UpstreamItem item, String deletionId, Trace trace) {
        return inTurn(item, () -> new Attempt(item, deletionId, trace).delete());
    }

    /** Whether the upstream says that the item is live; true where it does not say. */
    boolean mayBeLive(UpstreamItem item) {
        try {
            return switch (get(protocols.of(item.policy()).read(item))) {
                case ItemReading.Missing missing -> false;
                case ItemReading.Unreadable unreadable -> true;
                case Found found -> !found.isTrashed();
            };
        } catch (UpstreamException unknown) {
            return true;
        }
    }

    private Step aloneWithRevisions(UpstreamItem item, Supplier<Step> work) {
        try {
            return get(revisionTurns.alone(item.key(), over -> Mono.fromSupplier(work)));
        } catch (Failure busy) {
            return new Step.Failed("another change of it is under way");
        }
    }

    private Step inTurn(UpstreamItem item, Supplier<Step> work) {
        try {
            return get(turns.changing(item.key(), Mono.fromSupplier(work)));
        } catch (Failure busy) {
            return new Step.Failed("another change of it is under way");
        } catch (UpstreamException failure) {
            return new Step.Failed("the upstream failed: " + failure.kind());
        } catch (UnwritableMarkerException unwritable) {
            return new Step.Failed("its marker cannot be written: " + unwritable.getMessage());
        } catch (StaleClaimException settled) {
            return new Step.Failed("somebody else settled it meanwhile");
        }
    }

    private static <T> T get(Mono<T> mono) {
        return mono.blockOptional().orElseThrow();
    }

    /** One item on its way. */
    private final class Attempt {
        private final UpstreamItem item;
        private final String deletionId;
        private final Trace trace;
        private final MarkerProtocol protocol;

        Attempt(UpstreamItem item, String deletionId, Trace trace) {
            this.item = item;
            this.deletionId = deletionId;
            this.trace = trace;
            this.protocol = protocols.of(item.policy());
        }

        Step trash(Tombstone top) {
            return switch (read()) {
                case ItemReading.Missing missing -> new Step.Kept();
                case ItemReading.Unreadable unreadable -> unreadable(unreadable);
                case Found found -> found.isTrashed() ? trashedBefore() : trash(top, found);
            };
        }

        /** A marker of ours whose claim is still open is not in the trash for sure. */
        private Step trashedBefore() {
            Optional<Tombstone> standing = log.standing(item.key());
            Optional<Tombstone> ours =
                    standing.filter(known -> known.deletionId().equals(deletionId));
            if (ours.isEmpty()) {
                return standing.filter(known -> known.state() == State.RESTORING)
                                .isPresent()
                        ? new Step.Failed("it is being restored")
                        : new Step.Kept();
            }
            return ours.get().state() == State.PENDING
                    ? new Step.Failed("what a crash left open is still being settled")
                    : new Step.Followed();
        }

        private Step trash(Tombstone top, Found found) {
            var deletion =
                    new Deletion(item.key(), top.deleteTime(), top.purgeTime(), deletionId, found.former(), trace);
            List<KeyValue> values = KeyValues.of(item.policy(), found.answer().body());
            return switch (get(tombstones.begin(deletion.of(values)))) {
                case Claim.Granted granted -> mark(granted.tombstone(), found);
                case Claim.AlreadyTrashed trashed ->
                    trashed.tombstone().deletionId().equals(deletionId) ? new Step.Followed() : new Step.Kept();
                case Claim.Busy busy -> busy();
                case Claim.Absent absent -> throw new IllegalStateException("an intent cannot be absent");
                case Claim.OnHold held -> throw new IllegalStateException("a hold stops no intent");
            };
        }

        private Step mark(Tombstone claimed, Found found) {
            if (!claimed.deletionId().equals(deletionId)) {
                return released(claimed, NOT_OURS, "somebody else's deletion of it came to nothing just now");
            }
            return during(claimed, () -> kept(claimed, found).orElseGet(() -> write(claimed, found)));
        }

        private Step write(Tombstone claimed, Found found) {
            return written(
                    claimed,
                    get(protocol.trash(item, Optional.of(found), claimed)),
                    reading -> reading.isTrashed() ? Optional.of(commit(claimed)) : Optional.empty());
        }

        /** The body that the marker replaces is durable before it; empty where nothing stands in the way. */
        private Optional<Step> kept(Tombstone claimed, Found found) {
            if (item.policy().revisions().isEmpty()) {
                return Optional.empty();
            }
            try {
                revisions.keep(item, found.answer(), trace.actor()).block();
                return Optional.empty();
            } catch (Failure impossible) {
                return Optional.of(released(claimed, "revision-not-kept", String.valueOf(impossible.getMessage())));
            }
        }

        private Step commit(Tombstone claimed) {
            get(tombstones.commit(claimed, trace));
            if (item.policy().revisions().isPresent()) {
                revisions.confirm(item).block();
            }
            return new Step.Trashed();
        }

        Step restore() {
            return switch (get(tombstones.claim(item.key(), State.RESTORING, trace))) {
                case Claim.Granted granted -> unmark(granted.tombstone());
                case Claim.Absent absent -> new Step.Kept();
                case Claim.AlreadyTrashed trashed -> busy();
                case Claim.Busy busy -> busy();
                case Claim.OnHold held -> throw new IllegalStateException("a hold stops no restore");
            };
        }

        private Step unmark(Tombstone claimed) {
            if (!claimed.deletionId().equals(deletionId)) {
                tombstones.release(claimed, NOT_OURS, trace).block();
                return new Step.Kept();
            }
            return during(claimed, () -> switch (read()) {
                case ItemReading.Missing missing -> forgotten(claimed, "missing at the upstream", new Step.Kept());
                case ItemReading.Unreadable unreadable -> {
                    Step failed = unreadable(unreadable);
                    tombstones.release(claimed, "item-unreadable", trace).block();
                    yield failed;
                }
                case Found found -> found.isTrashed() ? unmark(claimed, found) : live(claimed);
            });
        }

        private Step unmark(Tombstone claimed, Found found) {
            Optional<UpstreamAnswer> answer =
                    protocol.restore(item, found, claimed.former()).blockOptional();
            return answer.isEmpty()
                    ? released(claimed, "live-value-unknown", "nobody knows the value that it had before")
                    : written(
                            claimed,
                            answer.get(),
                            reading -> reading.isTrashed() ? Optional.empty() : Optional.of(live(claimed)));
        }

        private Step live(Tombstone claimed) {
            return forgotten(claimed, "restored with the item above", new Step.Followed());
        }

        Step delete() {
            return switch (get(tombstones.claim(item.key(), State.PURGING, trace))) {
                case Claim.Granted granted -> delete(granted.tombstone());
                case Claim.Absent absent -> new Step.Kept();
                case Claim.AlreadyTrashed trashed -> busy();
                case Claim.Busy busy -> busy();
                case Claim.OnHold held -> new Step.Failed("it is on hold");
            };
        }

        private Step delete(Tombstone claimed) {
            if (!claimed.deletionId().equals(deletionId)) {
                tombstones.release(claimed, NOT_OURS, trace).block();
                return new Step.Kept();
            }
            return during(claimed, () -> switch (read()) {
                case ItemReading.Missing missing -> deleted(claimed, "missing at the upstream");
                case ItemReading.Unreadable unreadable -> {
                    Step failed = unreadable(unreadable);
                    tombstones.release(claimed, "item-unreadable", trace).block();
                    yield failed;
                }
                case Found found ->
                    found.isTrashed()
                            ? delete(claimed, found)
                            : forgotten(claimed, "live at the upstream", new Step.Kept());
            });
        }

        private Step delete(Tombstone claimed, Found found) {
            UpstreamRequest delete = found.answer()
                    .strongEntityTag()
                    .map(tag -> UpstreamRequest.delete(item.url()).with("If-Match", tag))
                    .orElseGet(() -> UpstreamRequest.delete(item.url()));
            UpstreamAnswer answer = get(item.upstream().send(delete));
            if (answer.isSuccess() || answer.isMissing()) {
                return deleted(claimed, "upstream answered " + answer.status());
            }
            return answer.isAnothersDoubt()
                    ? new Step.Failed("the upstream answered " + answer.status())
                    : released(claimed, "upstream answered " + answer.status());
        }

        /** @param outcome empty where the write has not taken effect */
        private Step written(Tombstone claimed, UpstreamAnswer answer, Function<Found, Optional<Step>> outcome) {
            boolean shown = answer.isSuccess()
                    && claimed.state() == State.PENDING
                    && item.policy().write().verify() != Write.Verify.READ
                    && (item.policy().write().verify() == Write.Verify.NONE
                            || protocol.readAnswer(answer) instanceof MarkerReading.Trashed);
            if (shown) {
                return commit(claimed);
            }
            if (!answer.isSuccess() && answer.status() < 500) {
                return released(claimed, "marker-write-refused " + answer.status(), refused(answer));
            }
            Optional<Step> settled = read() instanceof Found found ? outcome.apply(found) : Optional.empty();
            return settled.orElseGet(() -> answer.isAnothersDoubt()
                    ? new Step.Failed(refused(answer))
                    : released(claimed, "marker-not-applied", refused(answer)));
        }

        private static String refused(UpstreamAnswer answer) {
            return "the upstream answered " + answer.status() + " to the write of its marker";
        }

        /** Where there was no answer the claim stays open: what was sent may yet arrive. */
        private Step during(Tombstone claimed, Supplier<Step> work) {
            return get(openClaims.during(
                    claimed,
                    item.upstream(),
                    () -> Mono.fromSupplier(() -> {
                        try {
                            return work.get();
                        } catch (UpstreamException failure) {
                            String why = "the upstream failed: " + failure.kind();
                            return failure.neverSent() ? released(claimed, why) : new Step.Failed(why);
                        } catch (UntouchedException untouched) {
                            return released(claimed, String.valueOf(untouched.getMessage()));
                        } catch (UnwritableMarkerException unwritable) {
                            return released(claimed, "marker-unwritable", String.valueOf(unwritable.getMessage()));
                        }
                    })));
        }

        private Step deleted(Tombstone claimed, String reason) {
            tombstones.bodies().dropRevisions(item.policy(), item.key()).block();
            return forgotten(claimed, reason, new Step.Followed());
        }

        private Step forgotten(Tombstone claimed, String reason, Step step) {
            tombstones.forget(claimed, reason, trace).block();
            return step;
        }

        private Step released(Tombstone claimed, String why) {
            return released(claimed, why, why);
        }

        private Step released(Tombstone claimed, String reason, String why) {
            tombstones.release(claimed, reason, trace).block();
            return new Step.Failed(why);
        }

        private ItemReading read() {
            return get(protocol.read(item));
        }

        private static Step unreadable(ItemReading.Unreadable unreadable) {
            return new Step.Failed(
                    "the upstream answered " + unreadable.answer().status() + " to a read of it");
        }

        private static Step busy() {
            return new Step.Failed("another change of it is under way");
        }
    }
}
