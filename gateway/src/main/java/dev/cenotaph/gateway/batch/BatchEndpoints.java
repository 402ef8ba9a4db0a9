package dev.cenotaph.gateway.batch;

import dev.cenotaph.gateway.exchange.JsonBodies;
import dev.cenotaph.policy.Batch;
import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.PolicyMatcher;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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
    private static final String FORM = "application/x-www-form-urlencoded";

    private final PolicyMatcher matcher;
    private final boolean refused;

    private BatchEndpoints(PolicyMatcher matcher, boolean refused) {
        this.matcher = matcher;
        this.refused = refused;
    }

    /** @param matcher of the same set */
    public static BatchEndpoints of(PolicySet policies, PolicyMatcher matcher) {
        return new BatchEndpoints(matcher, policies.resources().stream().anyMatch(BatchEndpoints::refuses));
    }

    /** Whether a policy keeps out batches that delete its items. */
    public static boolean refuses(ResourcePolicy policy) {
        return policy.mode().acts() && policy.batch() == Batch.REFUSE;
    }

    /**
     * Whether the body has to tell.
     *
     * @param rawPath as it is forwarded, of a request that no policy governs
     */
    public boolean mayBe(ServerHttpRequest request, String rawPath) {
        return refused
                && request.getMethod().equals(HttpMethod.POST)
                && (isLookedAt(request.getHeaders()) || (isForm(request.getHeaders()) && isBulk(rawPath)))
                && !BatchRequest.is(request, rawPath)
                && (isNamedSo(rawPath) || matcher.isBase(rawPath));
    }

    /** Whether whatever comes there is a batch, of whoever's making. */
    public static boolean isBulk(String rawPath) {
        return BatchRequest.lastSegment(rawPath).equalsIgnoreCase("bulk");
    }

    static boolean isForm(HttpHeaders headers) {
        return JsonBodies.mediaType(headers).filter(FORM::equals).isPresent();
    }

    private static boolean isLookedAt(HttpHeaders headers) {
        Optional<String> type = JsonBodies.mediaType(headers);
        return type.isEmpty() || JsonBodies.isJson(headers) || LOOKED_AT.contains(type.get());
    }

    private static boolean isNamedSo(String rawPath) {
        return NAMES.contains(BatchRequest.lastSegment(rawPath).toLowerCase(Locale.ROOT));
    }
}
