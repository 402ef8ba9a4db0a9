package dev.cenotaph.policy.openapi;

import dev.cenotaph.policy.ResourcePolicy;
import java.util.List;
import java.util.stream.Stream;

/** An API's own query parameters that have the names of a policy's: the gateway takes them for its own. */
final class ParameterCollisions {
    private ParameterCollisions() {}

    /** Their names, as the API has them. */
    static List<String> of(ApiOperation operation, ResourcePolicy policy, Api api) {
        List<String> ours = ours(policy).toList();
        return api.queryParameters(operation).stream()
                .filter(name -> ours.stream().anyMatch(name::equalsIgnoreCase))
                .distinct()
                .toList();
    }

    /** What is looked at in every request, and never forwarded. */
    private static Stream<String> ours(ResourcePolicy policy) {
        return Stream.of(
                        policy.trash().include(),
                        policy.trash().only(),
                        policy.answers().allowMissing(),
                        List.of(policy.permanent().parameter()))
                .flatMap(List::stream);
    }
}
