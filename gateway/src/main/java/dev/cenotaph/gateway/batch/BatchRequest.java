package dev.cenotaph.gateway.batch;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Which requests are batches, as far as their head tells. */
public final class BatchRequest {
    private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);
    private static final List<String> NAMES = List.of("batch", "$batch", "%24batch", ":batch", "batch()");

    private BatchRequest() {}

    /** @param rawPath as it is forwarded */
    public static boolean is(ServerHttpRequest request, String rawPath) {
        return METHODS.contains(request.getMethod())
                && (isNamedSo(rawPath) || isTyped(request.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE)));
    }

    private static boolean isNamedSo(String path) {
        int end = path.endsWith("/") ? path.length() - 1 : path.length();
        int start = path.lastIndexOf('/', end - 1) + 1;
        for (String name : NAMES) {
            int from = end - name.length();
            boolean whole = from == start || (from > start && name.startsWith(":"));
            if (whole && path.regionMatches(true, from, name, 0, name.length())) {
                return true;
            }
        }
        return false;
    }

    /** OData and others (multipart/mixed), JSON:API's atomic operations, SCIM, FHIR. */
    private static boolean isTyped(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        String type = contentType.strip().toLowerCase(Locale.ROOT);
        return type.startsWith("multipart/mixed")
                || (type.startsWith("application/vnd.api+json") && type.contains("atomic"))
                // RFC 7644 §3.7: bulk operations; a single resource has no member that reads as a method.
                || type.startsWith("application/scim+json")
                || type.startsWith("application/fhir+")
                || type.startsWith("application/json+fhir")
                || type.startsWith("application/xml+fhir");
    }
}
