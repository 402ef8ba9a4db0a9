package dev.cenotaph.gateway.batch;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
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
    private static final List<String> NAMES = List.of("batch", "$batch", ":batch", "batch()");

    /** Rails and others take these for a wish, not for a part of the name. */
    private static final List<String> FORMATS = List.of(".json", ".xml");

    /** How often some server decodes a path. */
    private static final int DECODED = 3;

    private BatchRequest() {}

    /** @param rawPath as it is forwarded */
    public static boolean is(ServerHttpRequest request, String rawPath) {
        return METHODS.contains(request.getMethod())
                && (isNamedSo(rawPath) || isTyped(request.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE)));
    }

    /** @param path with a slash before it */
    static boolean isNamedSo(String path) {
        String last = lastSegment(path);
        for (String name : NAMES) {
            int from = last.length() - name.length();
            boolean whole = from == 0 || (from > 0 && name.startsWith(":"));
            if (whole && last.regionMatches(true, from, name, 0, name.length())) {
                return true;
            }
        }
        return false;
    }

    /** The last segment that holds something, as some server would read it: without parameters and format, and decoded. */
    static String lastSegment(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        String last = path.substring(path.lastIndexOf('/', end - 1) + 1, end);
        return withoutFormat(last.indexOf('%') < 0 && last.indexOf(';') < 0 ? last : plain(last));
    }

    private static String withoutFormat(String segment) {
        for (String format : FORMATS) {
            int end = segment.length() - format.length();
            if (end > 0 && segment.regionMatches(true, end, format, 0, format.length())) {
                return segment.substring(0, end);
            }
        }
        return segment;
    }

    private static String plain(String segment) {
        String plain = segment;
        try {
            for (int times = 0; times < DECODED && plain.indexOf('%') >= 0; times++) {
                plain = URLDecoder.decode(plain.replace("+", "%2B"), StandardCharsets.UTF_8);
            }
        } catch (IllegalArgumentException notEncoded) {
            return plain;
        }
        int parameters = plain.indexOf(';');
        return parameters < 0 ? plain : plain.substring(0, parameters);
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
