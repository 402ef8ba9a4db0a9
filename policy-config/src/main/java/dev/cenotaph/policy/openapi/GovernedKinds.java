package dev.cenotaph.policy.openapi;

import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.PathReading.Governed;
import dev.cenotaph.policy.match.ResourceMatch.Target;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.Schema;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which kinds of things are the items of which policy, as the API's own items and collections show them. */
final class GovernedKinds {
    private final Api api;
    private final Kinds kinds;
    private final Map<ResourcePolicy, Set<String>> byPolicy = new LinkedHashMap<>();

    GovernedKinds(Api api, PolicySet policies, Readings readings) {
        this.api = api;
        kinds = api.kinds();
        policies.resources().forEach(policy -> byPolicy.put(policy, new LinkedHashSet<>()));
        for (ApiPath path : api.paths()) {
            readings.governed(path).ifPresent(governed -> add(path, governed));
        }
        byPolicy.values().removeIf(Set::isEmpty);
    }

    Map<ResourcePolicy, Set<String>> byPolicy() {
        return byPolicy;
    }

    private void add(ApiPath path, Governed governed) {
        ResourcePolicy policy = governed.match().policy();
        Optional<Schema<?>> answer = path.operation(HttpMethod.GET).flatMap(api::answer);
        Optional<Schema<?>> shown = switch (governed.match().target()) {
            case Target.Item item -> answer.flatMap(schema -> inside(schema, policy.wrap()));
            case Target.Collection collection ->
                answer.flatMap(schema -> inside(schema, policy.list().items()))
                        .flatMap(api.schemas()::elements)
                        .flatMap(element -> inside(element, policy.list().row()));
            default -> Optional.empty();
        };
        shown.flatMap(kinds::of)
                .ifPresent(kind -> byPolicy.computeIfAbsent(policy, its -> new LinkedHashSet<>())
                        .add(kind));
    }

    private Optional<Schema<?>> inside(Schema<?> schema, Place place) {
        return ItemReading.inside(schema, place, api.schemas());
    }
}
