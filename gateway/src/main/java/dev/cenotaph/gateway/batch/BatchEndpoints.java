package dev.cenotaph.gateway.batch;

import dev.cenotaph.gateway.exchange.JsonBodies;
import dev.cenotaph.policy.Batch;
import dev.cenotaph.policy.PathTemplate;
import dev.cenotaph.policy.PathTemplate.Segment;
import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.PathReading;
import dev.cenotaph.policy.match.PolicyMatcher;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Where a batch may come that does not say in its head that it is one: at a service's base, which is a path above what a
 * policy governs (FHIR R5 §3.2.0.11), and where endpoints for operations use to be.
 */
public final class BatchEndpoints {
    private static final Set<String> NAMES = Set.of("operations", "bulk");
    private static final Set<String> LOOKED_AT =
            Set.of("text/plain", "text/json", "application/xml", "text/xml", "application/x-json");

    private final PolicyMatcher matcher;
    private final List<String> tails;

    private BatchEndpoints(PolicyMatcher matcher, List<String> tails) {
        this.matcher = matcher;
        this.tails = tails;
    }

    /** @param matcher of the same set */
    public static BatchEndpoints of(PolicySet policies, PolicyMatcher matcher) {
        Map<String, String> byBase = new LinkedHashMap<>();
        policies.resources().stream()
                .filter(BatchEndpoints::refuses)
                .map(ResourcePolicy::path)
                .forEach(path -> addBases(path, byBase));
        return new BatchEndpoints(matcher, List.copyOf(byBase.values()));
    }

    /** Whether a policy keeps out batches that delete its items. */
    public static boolean refuses(ResourcePolicy policy) {
        return policy.mode().acts() && policy.batch() == Batch.REFUSE;
    }

    /** One way on from each base is enough to tell that something governed lies below it. */
    private static void addBases(PathTemplate path, Map<String, String> byBase) {
        List<Segment> segments = path.segments();
        for (int depth = 0; depth < segments.size(); depth++) {
            String base = segments.subList(0, depth).stream()
                    .map(BatchEndpoints::shape)
                    .collect(Collectors.joining("/"));
            var tail = new PathTemplate("", segments.subList(depth, segments.size()));
            byBase.putIfAbsent(base, tail.expand(name -> "1"));
        }
    }

    private static String shape(Segment segment) {
        return switch (segment) {
            case PathTemplate.Literal literal -> literal.text();
            case PathTemplate.Variable variable -> "{}" + variable.suffix();
        };
    }

    /**
     * Whether the body has to tell.
     *
     * @param rawPath as it is forwarded, of a request that no policy governs
     */
    public boolean mayBe(ServerHttpRequest request, String rawPath) {
        return !tails.isEmpty()
                && request.getMethod().equals(HttpMethod.POST)
                && isLookedAt(request.getHeaders())
                && !BatchRequest.is(request, rawPath)
                && (isNamedSo(rawPath) || isBase(rawPath));
    }

    private static boolean isLookedAt(HttpHeaders headers) {
        Optional<String> type = JsonBodies.mediaType(headers);
        return type.isEmpty() || JsonBodies.isJson(headers) || LOOKED_AT.contains(type.get());
    }

    private static boolean isNamedSo(String rawPath) {
        return NAMES.contains(BatchRequest.lastSegment(rawPath).toLowerCase(Locale.ROOT));
    }

    private boolean isBase(String rawPath) {
        String base = rawPath.replaceFirst("/+$", "");
        return tails.stream().anyMatch(tail -> !(matcher.read(base + tail) instanceof PathReading.Ungoverned));
    }
}
