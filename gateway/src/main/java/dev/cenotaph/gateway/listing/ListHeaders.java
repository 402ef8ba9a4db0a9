package dev.cenotaph.gateway.listing;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;

/** The headers of a list that is no longer the upstream's own: none that speaks of other bytes may stay. */
final class ListHeaders {
    // RFC 9110 §14.3, RFC 1864, RFC 3230, RFC 9530.
    private static final List<String> OF_THE_BYTES = List.of(
            HttpHeaders.ACCEPT_RANGES,
            "Content-MD5",
            "Digest",
            "Repr-Digest",
            "Content-Digest",
            HttpHeaders.CONTENT_ENCODING,
            HttpHeaders.CONTENT_LENGTH);

    private final ServerHttpResponse response;
    private final Optional<String> ifNoneMatch;

    ListHeaders(ServerHttpResponse response, Optional<String> ifNoneMatch) {
        this.response = response;
        this.ifNoneMatch = ifNoneMatch;
    }

    /** For a body whose end is not known when the headers go out. */
    void streaming() {
        HttpHeaders headers = response.getHeaders();
        OF_THE_BYTES.forEach(headers::remove);
        headers.remove(HttpHeaders.ETAG);
    }

    /**
     * For a whole body from which rows were dropped.
     *
     * @return whether the body goes out; not where the client has it already
     */
    boolean filtered(byte[] body) {
        HttpHeaders headers = response.getHeaders();
        OF_THE_BYTES.forEach(headers::remove);
        if (headers.getETag() == null) {
            headers.setContentLength(body.length);
            return true;
        }
        String tag = entityTag(body);
        headers.set(HttpHeaders.ETAG, tag);
        if (isKnown(tag)) {
            response.setStatusCode(HttpStatus.NOT_MODIFIED);
            return false;
        }
        headers.setContentLength(body.length);
        return true;
    }

    // RFC 9110 §13.1.2: If-None-Match compares weakly.
    private boolean isKnown(String tag) {
        return response.getStatusCode() != null
                && response.getStatusCode().isSameCodeAs(HttpStatus.OK)
                && ifNoneMatch.map(field -> List.of(field.split(","))).orElse(List.of()).stream()
                        .map(String::strip)
                        .anyMatch(tag::equals);
    }

    private static String entityTag(byte[] body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
            return "W/\"cenotaph-" + HexFormat.of().formatHex(hash, 0, 12) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
