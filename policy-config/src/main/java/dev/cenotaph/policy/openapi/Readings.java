package dev.cenotaph.policy.openapi;

import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.match.PathReading;
import dev.cenotaph.policy.match.PathReading.Governed;
import dev.cenotaph.policy.match.PolicyMatcher;
import dev.cenotaph.policy.match.ResourceMatch.Target;
import dev.cenotaph.policy.operation.Operation;
import dev.cenotaph.policy.operation.OperationClassifier;
import dev.cenotaph.policy.operation.RequestLine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the gateway makes of the paths of a document: its own matcher is asked, with paths made from the templates. */
final class Readings {
    private final Samples samples;
    private final PolicyMatcher matcher;
    private final Map<ApiPath, PathReading> readings = new LinkedHashMap<>();

    Readings(Api api, PolicySet policies) {
        samples = new Samples(api);
        matcher = new PolicyMatcher(policies);
        api.paths().forEach(path -> readings.put(path, read(path)));
    }

    PathReading of(ApiPath path) {
        return Optional.ofNullable(readings.get(path)).orElseGet(() -> read(path));
    }

    Optional<Governed> governed(ApiPath path) {
        return of(path) instanceof Governed governed ? Optional.of(governed) : Optional.empty();
    }

    /** The first sample that names an item; without one the first that is governed at all, then any. */
    private PathReading read(ApiPath path) {
        List<PathReading> all = samples.of(path).stream().map(matcher::read).toList();
        return all.stream()
                .filter(Readings::isSpecific)
                .findFirst()
                .or(() -> all.stream().filter(Governed.class::isInstance).findFirst())
                .orElse(all.getFirst());
    }

    private static boolean isSpecific(PathReading reading) {
        return reading instanceof Governed governed && !(governed.match().target() instanceof Target.BelowCollection);
    }

    /** What a request without a query and without headers is. */
    static Operation operation(Governed governed, String method) {
        var line = new RequestLine(method, Optional.empty(), List.of(), header -> List.of());
        return OperationClassifier.classify(governed.match(), line, List.of()).operation();
    }
}
