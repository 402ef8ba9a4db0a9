package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.match.PathReading;
import dev.cenotaph.policy.match.PolicyMatcher;
import dev.cenotaph.policy.match.ResourceMatch;
import dev.cenotaph.policy.match.ResourceMatch.Above;
import dev.cenotaph.policy.match.ResourceMatch.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Upstreams that have every item that they are asked for, and in each collection below one a single item. */
public final class SimulatedUpstreams implements Upstream {
    private static final String ONLY = "1";

    private final PolicySet policies;
    private final PolicyMatcher matcher;
    private final Rehearsal rehearsal;
    private final ItemKey first;
    private final boolean trashed;
    private final Instant now;
    private final Map<ItemKey, SimulatedUpstream> upstreams = new HashMap<>();

    /**
     * Upstreams whose items are all in one state.
     *
     * @param first an item, and who answers what is asked of it and of nothing else
     */
    public SimulatedUpstreams(
            PolicySet policies, ItemKey first, SimulatedUpstream upstream, boolean trashed, Instant now) {
        this.policies = policies;
        this.matcher = new PolicyMatcher(policies);
        this.rehearsal = new Rehearsal(policies);
        this.first = first;
        this.trashed = trashed;
        this.now = now;
        upstreams.put(first, upstream);
    }

    @Override
    public Reply answer(Call call) {
        return matcher.read(call.rawPath()) instanceof PathReading.Governed governed
                ? of(key(governed.match()).orElse(first)).answer(call)
                : of(first).answer(call);
    }

    private SimulatedUpstream of(ItemKey key) {
        return upstreams.computeIfAbsent(
                key, one -> new SimulatedUpstream(policy(one), one, Optional.empty(), trashed, now));
    }

    private Optional<ItemKey> key(ResourceMatch match) {
        return switch (match.target()) {
            case Target.Item item -> Optional.of(item.key());
            case Target.Collection collection ->
                match.policy().name().equals(first.resource())
                        ? Optional.empty()
                        : Optional.of(new ItemKey(match.policy().name(), collection.parents(), ONLY));
            case Target.BelowItem below -> above(match);
            case Target.Unlink unlink -> above(match);
            case Target.BelowCollection below -> Optional.empty();
            case Target.TrashCollection trash -> Optional.empty();
            case Target.TrashItem item -> Optional.empty();
            case Target.Restore restore -> Optional.empty();
            case Target.Many many -> Optional.empty();
            case Target.ManyJob job -> Optional.empty();
            case Target.Revisions revisions -> Optional.empty();
            case Target.Revision revision -> Optional.empty();
            case Target.Snapshots snapshots -> Optional.empty();
            case Target.Shown shown -> Optional.empty();
        };
    }

    private static Optional<ItemKey> above(ResourceMatch match) {
        return match.above().reversed().stream().map(Above::key).findFirst();
    }

    /** What the gateway knows of an item that it trashed, and of those that went with it. */
    public List<Known> trashed(ItemKey key, Instant deleteTime, Instant today) {
        Known made = rehearsal.trashed(key, deleteTime, today);
        return trashed(key, made).toList();
    }

    private Stream<Known> trashed(ItemKey key, Known leader) {
        var known = new Known(key, leader.deleteTime(), leader.purgeTime(), leader.deletionId(), of(key).former());
        var parents = new ArrayList<>(key.parents());
        parents.add(key.id());
        return Stream.concat(
                Stream.of(known),
                policy(key).children().stream().flatMap(child -> trashed(new ItemKey(child, parents, ONLY), leader)));
    }

    private ResourcePolicy policy(ItemKey key) {
        return policies.resource(key.resource()).orElseThrow();
    }
}
