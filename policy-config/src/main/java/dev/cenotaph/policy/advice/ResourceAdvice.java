package dev.cenotaph.policy.advice;

import dev.cenotaph.policy.Answers;
import dev.cenotaph.policy.Batch;
import dev.cenotaph.policy.CollectionDelete;
import dev.cenotaph.policy.Listing.OnUnfilterable;
import dev.cenotaph.policy.MethodOverride;
import dev.cenotaph.policy.Permanent.Allow;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.Write.Exists;
import dev.cenotaph.policy.Write.Verify;
import dev.cenotaph.policy.yaml.Position;
import dev.cenotaph.policy.yaml.SourceMap;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Warnings about one resource by itself. */
final class ResourceAdvice {
    private static final Duration SHORT = Duration.ofDays(1);

    private final ResourcePolicy policy;
    private final SourceMap places;

    ResourceAdvice(ResourcePolicy policy, SourceMap places) {
        this.policy = policy;
        this.places = places;
    }

    Stream<Advice> all() {
        return switch (policy.mode()) {
            case ENFORCE, DRAIN -> ofWhatActs();
            case SHADOW ->
                Stream.of(advice(
                        AdviceCode.RESOURCE_IN_SHADOW,
                        "`" + policy.name() + "` only counts: every DELETE of its items deletes for good.",
                        "Write `mode: enforce` once its counts are what you want.",
                        "mode"));
            case OFF ->
                Stream.of(advice(
                        AdviceCode.RESOURCE_OFF,
                        "`" + policy.name() + "` is off: every DELETE of its items deletes for good.",
                        "Write `mode: enforce`.",
                        "mode"));
        };
    }

    private Stream<Advice> ofWhatActs() {
        return Stream.of(
                        deleteStaysReal(),
                        collectionDelete(),
                        batch(),
                        permanent(),
                        retention(),
                        override(),
                        verify(),
                        exists(),
                        unfilterable())
                .flatMap(Optional::stream);
    }

    private Optional<Advice> deleteStaysReal() {
        return when(
                policy.answers().delete() == Answers.Delete.PASS,
                () -> advice(
                        AdviceCode.DELETE_STAYS_REAL,
                        "A DELETE of `" + policy.item() + "` deletes for good.",
                        "Write `delete: 204`, or `permanent` for those who mean it.",
                        "answers",
                        "delete"));
    }

    private Optional<Advice> collectionDelete() {
        return when(
                policy.collectionDelete() == CollectionDelete.PASS,
                () -> advice(
                        AdviceCode.COLLECTION_DELETE_PASSES,
                        "`DELETE " + policy.path() + "` reaches the upstream and may delete every item for good.",
                        "Write `collection-delete: refuse`.",
                        "collection-delete"));
    }

    private Optional<Advice> batch() {
        return when(
                policy.batch() == Batch.PASS,
                () -> advice(
                        AdviceCode.BATCH_PASSES,
                        "A batch that carries a DELETE of `" + policy.item() + "` deletes it for good.",
                        "Write `batch: refuse`.",
                        "batch"));
    }

    /** Said of those who wrote `permanent`: it is the default, and who took the default has not been asked. */
    private Optional<Advice> permanent() {
        return when(
                policy.permanent().allow() == Allow.ALWAYS
                        && policy.retention().isEmpty()
                        && places.key(policy.name(), "permanent").isPresent(),
                () -> advice(
                        AdviceCode.PERMANENT_WITHOUT_RETENTION,
                        "A DELETE with `?" + policy.permanent().parameter()
                                + "=true` deletes a live item for good, and no retention empties the trash otherwise.",
                        "Write `allow: trashed` (two steps) or `allow: never`, or a `retention`.",
                        "permanent",
                        "allow"));
    }

    private Optional<Advice> retention() {
        return when(
                policy.retention().filter(time -> time.compareTo(SHORT) < 0).isPresent(),
                () -> advice(
                        AdviceCode.SHORT_RETENTION,
                        "What is trashed is deleted for good after "
                                + policy.retention().orElseThrow() + ".",
                        "Give people the time to notice, such as `retention: P30D`.",
                        "retention"));
    }

    private Optional<Advice> override() {
        return when(
                policy.override() == MethodOverride.APPLY,
                () -> advice(
                        AdviceCode.OVERRIDE_APPLIES,
                        "A POST that names DELETE in a header, its query or its form is a DELETE here.",
                        "Write `override: refuse`, unless clients need it.",
                        "override"));
    }

    private Optional<Advice> verify() {
        return when(
                policy.write().verify() == Verify.NONE,
                () -> advice(
                        AdviceCode.NOT_VERIFIED,
                        "A DELETE is answered as done even where the upstream ignored the marker.",
                        "Write `verify: response`, or `verify: read`.",
                        "write",
                        "verify"));
    }

    private Optional<Advice> exists() {
        return when(
                policy.write().exists() == Exists.TRUST,
                () -> advice(
                        AdviceCode.EXISTENCE_TRUSTED,
                        "A DELETE of an unknown id creates it, if the upstream's "
                                + policy.write().method() + " creates what it does not find.",
                        "Write `exists: check`, or `exists: if-match`.",
                        "write",
                        "exists"));
    }

    private Optional<Advice> unfilterable() {
        return when(
                policy.list().onUnfilterable() == OnUnfilterable.PASS,
                () -> advice(
                        AdviceCode.UNFILTERABLE_LISTS_PASS,
                        "A list that cannot be read as the policy says shows trashed items.",
                        "Write `on-unfilterable: fail`.",
                        "list",
                        "on-unfilterable"));
    }

    private static Optional<Advice> when(boolean condition, Supplier<Advice> advice) {
        return condition ? Optional.of(advice.get()) : Optional.empty();
    }

    private Advice advice(AdviceCode code, String what, String mend, String key, String... further) {
        return new Advice(at(key, further), code, what, mend);
    }

    /** The key itself, else the one around it, else the resource's name. */
    private Position at(String key, String... further) {
        return places.key(policy.name(), key, further)
                .or(() -> places.key(policy.name(), key))
                .orElseGet(() -> places.resource(policy.name()));
    }
}
