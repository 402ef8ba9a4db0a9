package dev.cenotaph.gateway.purge;

import dev.cenotaph.gateway.cascade.Cascades;
import dev.cenotaph.gateway.purge.ItemPurge.Result;
import dev.cenotaph.gateway.purge.PurgeReport.Outcome;
import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.gateway.tombstone.Trace;
import dev.cenotaph.gateway.upstream.CallerUpstream;
import dev.cenotaph.gateway.upstream.UpstreamClient;
import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.ResourcePolicy;
import java.util.Optional;
import java.util.function.Supplier;

/** Purges an item after what went with it into the trash, and what went with another only with that. Blocks. */
final class FamilyPurge {
    private final Tombstones tombstones;
    private final Cascades cascades;
    private final ItemPurge items;
    private final UpstreamClient upstreams;
    private final Supplier<PolicySet> policies;

    FamilyPurge(PurgeWorld world, ItemPurge items, UpstreamClient upstreams, Supplier<PolicySet> policies) {
        this.tombstones = world.tombstones();
        this.cascades = world.cascades();
        this.items = items;
        this.upstreams = upstreams;
        this.policies = policies;
    }

    Result purge(Tombstone due, ResourcePolicy policy, CallerUpstream upstream, Trace trace) {
        PolicySet set = policies.get();
        if (set.resources().stream().allMatch(one -> one.children().isEmpty())) {
            return items.purge(due, policy, upstream, trace);
        }
        if (cascades.leader(due).isPresent()) {
            return Result.of(Outcome.FAILED, "it went with an item above, and is purged with that");
        }
        return policy.children().isEmpty()
                ? items.purge(due, policy, upstream, trace)
                : purgeLeader(due, policy, upstream, set, trace);
    }

    private Result purgeLeader(
            Tombstone due, ResourcePolicy policy, CallerUpstream upstream, PolicySet set, Trace trace) {
        if (cascades.isOpen(due.key())) {
            return Result.of(Outcome.FAILED, "what lies below it is still following it");
        }
        for (Tombstone below : cascades.below(due)) {
            Optional<Result> failure = failure(below, set, trace);
            if (failure.isPresent()) {
                return failure.get();
            }
        }
        Result purged = items.purge(due, policy, upstream, trace);
        if (isGone(purged)) {
            cascades.ended(due.key()).block();
        }
        return purged;
    }

    private Optional<Result> failure(Tombstone below, PolicySet set, Trace trace) {
        String name = below.key().resource() + " " + below.key().id() + ", which went with it: ";
        Optional<ResourcePolicy> policy = set.resource(below.key().resource());
        Optional<CallerUpstream> upstream = policy.flatMap(one -> upstreams.own(one.upstream()));
        if (upstream.isEmpty()) {
            return Optional.of(Result.of(Outcome.FAILED, name + "cenotaph.credentials has no entry for its upstream"));
        }
        Result result = items.purge(below, policy.get(), upstream.get(), trace);
        result.open().ifPresent(tombstones::leave);
        return isGone(result) ? Optional.empty() : Optional.of(Result.of(Outcome.FAILED, name + result.detail()));
    }

    private static boolean isGone(Result result) {
        return switch (result.outcome()) {
            case PURGED, MISSING, LIVE -> true;
            case PASSED_OVER, FAILED, UNSETTLED -> false;
        };
    }
}
