package dev.cenotaph.gateway.recovery;

import dev.cenotaph.gateway.marker.ItemReading;
import dev.cenotaph.gateway.marker.MarkerProtocol;
import dev.cenotaph.gateway.marker.MarkerProtocols;
import dev.cenotaph.gateway.marker.UpstreamItem;
import dev.cenotaph.gateway.tombstone.Claim;
import dev.cenotaph.gateway.tombstone.Deletion;
import dev.cenotaph.gateway.tombstone.StaleClaimException;
import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.gateway.tombstone.Trace;
import dev.cenotaph.gateway.upstream.CallerUpstream;
import dev.cenotaph.gateway.upstream.UpstreamClient;
import dev.cenotaph.gateway.upstream.UpstreamException;
import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.marker.MarkerReading;
import dev.cenotaph.policy.unique.KeyValues;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Settles one abandoned claim by what its upstream shows. The item is read with the rights of who left the claim, or else
 * with the gateway's own, or else as anybody; nobody believes an upstream that tells just anybody that an item is missing.
 */
public final class Settlement {
    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);
    private static final String ACTOR = "cenotaph-recovery";
    private static final int LOOKS_AGAIN = 5;

    private final Tombstones tombstones;
    private final OpenClaims openClaims;
    private final MarkerProtocols protocols;
    private final UpstreamClient upstreams;
    private final Supplier<PolicySet> policies;

    public Settlement(
            Tombstones tombstones,
            OpenClaims openClaims,
            MarkerProtocols protocols,
            UpstreamClient upstreams,
            Supplier<PolicySet> policies) {
        this.tombstones = tombstones;
        this.openClaims = openClaims;
        this.protocols = protocols;
        this.upstreams = upstreams;
        this.policies = policies;
    }

    /** Answers whether the claim is settled. */
    Mono<Boolean> settle(Tombstone claim) {
        PolicySet set = policies.get();
        return set.resource(claim.key().resource())
                .map(policy -> new Case(claim, policy, set.version()).settle())
                .orElseGet(() -> {
                    LOG.warn("{} of {} stays open: no policy names the resource", claim.state(), claim.key());
                    return Mono.just(false);
                });
    }

    /** One claim. */
    private final class Case {
        private final Tombstone claim;
        private final ResourcePolicy policy;
        private final MarkerProtocol protocol;
        private final Optional<CallerUpstream> known;
        private final UpstreamItem item;
        private final Trace trace;

        Case(Tombstone claim, ResourcePolicy policy, String policyVersion) {
            this.claim = claim;
            this.policy = policy;
            this.protocol = protocols.of(policy);
            this.known = openClaims.caller(claim.key()).or(() -> upstreams.own(policy.upstream()));
            this.item = UpstreamItem.of(policy, claim.key(), known.orElseGet(upstreams::anonymous));
            this.trace = new Trace(Optional.of(ACTOR), UUID.randomUUID().toString(), policyVersion);
        }

        Mono<Boolean> settle() {
            if (known.isEmpty() && protocol.codec().isEmpty()) {
                return open("its marker lies outside the item, and there are no credentials to read it with");
            }
            return protocol.read(item)
                    .flatMap(this::settle)
                    .onErrorResume(UpstreamException.class, failure -> open("the upstream is " + failure.kind()))
                    .onErrorResume(StaleClaimException.class, settledByAnother -> Mono.just(true))
                    .doOnNext(settled -> {
                        if (settled) {
                            openClaims.settled(claim.key());
                        }
                    });
        }

        private Mono<Boolean> settle(ItemReading reading) {
            return switch (reading) {
                case ItemReading.Found found -> found.isTrashed() ? trashed() : live();
                case ItemReading.Missing missing ->
                    known.isPresent() ? gone() : open("the upstream tells strangers that the item is missing");
                case ItemReading.Unreadable unreadable ->
                    open("the upstream answers " + unreadable.answer().status()
                            + (known.isPresent()
                                    ? ""
                                    : "; cenotaph.credentials has no entry for " + policy.upstream()));
            };
        }

        private Mono<Boolean> trashed() {
            return switch (claim.state()) {
                case PENDING -> tombstones.commit(claim, trace).flatMap(committed -> settled("trashed"));
                case RESTORING, PURGING ->
                    tombstones.release(claim, "recovered: still trashed", trace).then(settledButLook());
                case TRASHED -> Mono.just(true);
            };
        }

        private Mono<Boolean> live() {
            return switch (claim.state()) {
                case PENDING ->
                    tombstones.release(claim, "recovered: not marked", trace).then(settledButLook());
                case RESTORING, PURGING -> tombstones.forget(claim, trace).then(settled("live"));
                case TRASHED -> Mono.just(true);
            };
        }

        private Mono<Boolean> gone() {
            return switch (claim.state()) {
                case PENDING ->
                    tombstones.release(claim, "recovered: vanished", trace).then(settled("gone"));
                case RESTORING -> tombstones.forget(claim, trace).then(settled("gone"));
                case PURGING -> forgetDeleted(claim).then(settled("gone"));
                case TRASHED -> Mono.just(true);
            };
        }

        private Mono<Void> forgetDeleted(Tombstone claimed) {
            return tombstones
                    .bodies()
                    .dropRevisions(policy, claimed.key())
                    .then(Mono.defer(() -> tombstones.forget(claimed, trace)));
        }

        private Mono<Boolean> settled(String as) {
            return Mono.fromSupplier(() -> {
                LOG.info("{} of {} was left open, and is settled: {}", claim.state(), claim.key(), as);
                return true;
            });
        }

        private Mono<Boolean> open(String why) {
            return Mono.fromSupplier(() -> {
                LOG.warn("{} of {} stays open: {}", claim.state(), claim.key(), why);
                return false;
            });
        }

        /** A write of a process that ended may still be on its way: the item is looked at again until none can be. */
        private Mono<Boolean> settledButLook() {
            return settled("as it was")
                    .doOnNext(settled -> Flux.range(0, LOOKS_AGAIN)
                            .concatMap(look -> Mono.delay(upstreams.timeout().dividedBy(LOOKS_AGAIN))
                                    .then(Mono.defer(this::lookAgain).onErrorComplete(UpstreamException.class)))
                            .subscribe(
                                    looked -> {},
                                    failure -> LOG.warn(
                                            "{} could not be looked at again: {}", item.key(), failure.toString())));
        }

        private Mono<Void> lookAgain() {
            long observed = tombstones.observe();
            return protocol.read(item).flatMap(reading -> switch (reading) {
                case ItemReading.Found found -> correct(observed, found);
                case ItemReading.Missing missing -> known.isPresent() ? purged() : Mono.empty();
                case ItemReading.Unreadable unreadable -> Mono.empty();
            });
        }

        private Mono<Void> purged() {
            return tombstones
                    .claim(claim.key(), Tombstone.State.PURGING, trace)
                    .ofType(Claim.Granted.class)
                    .flatMap(granted -> openClaims.during(
                            granted.tombstone(), item.upstream(), () -> forgetDeleted(granted.tombstone())));
        }

        private Mono<Void> correct(long observed, ItemReading.Found found) {
            return switch (found.marker()) {
                case MarkerReading.Trashed trashed ->
                    tombstones
                            .learnTrashed(
                                    observed,
                                    deletion()
                                            .of(KeyValues.of(
                                                    policy, found.answer().body())))
                            .then();
                case MarkerReading.Live live -> tombstones.learnLive(observed, claim.key(), trace);
                case MarkerReading.Hidden hidden -> Mono.empty();
            };
        }

        private Deletion deletion() {
            return new Deletion(
                    claim.key(), claim.deleteTime(), claim.purgeTime(), claim.deletionId(), claim.former(), trace);
        }
    }
}
