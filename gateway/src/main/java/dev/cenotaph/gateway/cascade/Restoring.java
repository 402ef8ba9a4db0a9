package dev.cenotaph.gateway.cascade;

import dev.cenotaph.gateway.marker.UpstreamItem;
import dev.cenotaph.gateway.tombstone.CascadeSequence;
import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.gateway.upstream.CallerUpstream;
import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.ResourcePolicy;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One round of bringing back what went with an item: the tombstones that share its deletion are what is left. Blocks. */
final class Restoring {
    private static final int AT_A_TIME = 64;

    private final Workshop workshop;
    private final PolicySet policies;
    private final CascadeSequence sequence;

    Restoring(Workshop workshop, PolicySet policies, CascadeSequence sequence) {
        this.workshop = workshop;
        this.policies = policies;
        this.sequence = sequence;
    }

    /**
     * Takes what is left, those above before those below.
     *
     * @param goesOn asked now and then: whether the work is still this process's
     */
    Round round(BooleanSupplier goesOn) {
        List<Tombstone> left = workshop.log().tombstones(sequence.deletionId()).stream()
                .filter(tombstone -> !tombstone.key().equals(sequence.top()))
                .sorted(Comparator.comparingInt(
                        tombstone -> tombstone.key().parents().size()))
                .toList();
        Optional<String> obstacle = Optional.empty();
        boolean gotOn = false;
        for (int from = 0; from < left.size() && goesOn.getAsBoolean(); from += AT_A_TIME) {
            List<Tombstone> some = left.subList(from, Math.min(left.size(), from + AT_A_TIME));
            List<Optional<String>> failures =
                    workshop.crew().each(some, tombstone -> failure(tombstone, restore(tombstone)));
            gotOn |= failures.stream().anyMatch(Optional::isEmpty);
            obstacle = obstacle.or(
                    () -> failures.stream().flatMap(Optional::stream).findFirst());
        }
        return new Round(left.isEmpty(), gotOn, obstacle);
    }

    private static Optional<String> failure(Tombstone tombstone, Step step) {
        return step instanceof Step.Failed failed
                ? Optional.of(tombstone.key().resource() + " below "
                        + String.join("/", tombstone.key().parents()) + ", item "
                        + tombstone.key().id() + ": " + failed.why())
                : Optional.empty();
    }

    private Step restore(Tombstone tombstone) {
        Optional<ResourcePolicy> policy = policies.resource(tombstone.key().resource())
                .filter(one -> one.mode().acts());
        if (policy.isEmpty()) {
            return new Step.Failed("no policy in force names the resource");
        }
        Optional<CallerUpstream> upstream = workshop.rights().of(sequence.top(), policy.get());
        return upstream.isEmpty()
                ? new Step.Failed(Rights.missing(policy.get()))
                : workshop.follower()
                        .restore(
                                UpstreamItem.of(policy.get(), tombstone.key(), upstream.get()),
                                sequence.deletionId(),
                                sequence.trace());
    }
}
