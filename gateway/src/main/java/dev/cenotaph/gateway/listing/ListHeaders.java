package dev.cenotaph.gateway.listing;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;

/** The headers of a list that is no longer the upstream's own: none that speaks of other bytes may stay. */
final class ListHeaders {
    // RFC 9110 §14.3, RFC 1864, RFC 3230, RFC 9530; and the date of the upstream's list, which a restore need not
    // change.
    private static final List<String> OF_THE_BYTES = List.of(
            HttpHeaders.ACCEPT_RANGES,
            "Content-MD5",
            "Digest",
            "Repr-Digest",
            "Content-Digest",
            HttpHeaders.LAST_MODIFIED,
            HttpHeaders.CONTENT_ENCODING,
            HttpHeaders.CONTENT_LENGTH);

    private static final Pattern MEMBER = Pattern.compile("(?:W/)?\"[^\"]*\"|\\*");

    private final ServerHttpResponse response;
    private final List<String> ifNoneMatch;

    /** @param ifNoneMatch the values of the request's header, as they came */
    ListHeaders(ServerHttpResponse response, List<String> ifNoneMatch) {
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
     * For a whole body from which nothing was dropped.
     *
     * @return whether the body goes out; not where the client has it already
     */
    boolean unfiltered() {
        String tag = response.getHeaders().getETag();
        return tag == null || !revalidated(tag);
    }

    /**
     * For a whole body from which rows were dropped.
     *
     * @return whether the body goes out; not where the client has it already
     */
    boolean filtered(List<ByteBuffer> body) {
        HttpHeaders headers = response.getHeaders();
        changed(headers, body);
        headers.setContentLength(body.stream().mapToLong(ByteBuffer::remaining).sum());
        String tag = headers.getETag();
        return tag == null || !revalidated(tag);
    }

    /** Of another body than the upstream's: what spoke of that one goes, and where there was an entity tag there is ours. */
    static void changed(HttpHeaders headers, List<ByteBuffer> body) {
        OF_THE_BYTES.forEach(headers::remove);
        if (headers.getETag() != null) {
            headers.set(HttpHeaders.ETAG, entityTag(body));
        }
    }

    /** Makes the answer a 304 where the client has it already. */
    private boolean revalidated(String tag) {
        if (response.getStatusCode() == null
                || !response.getStatusCode().isSameCodeAs(HttpStatus.OK)
                || !isKnown(tag)) {
            return false;
        }
        response.setStatusCode(HttpStatus.NOT_MODIFIED);
        return true;
    }

    // RFC 9110 §13.1.2: If-None-Match compares weakly.
    private boolean isKnown(String tag) {
        return ifNoneMatch.stream()
                .flatMap(ListHeaders::members)
                .anyMatch(known -> known.equals("*") || opaque(known).equals(opaque(tag)));
    }

    /** A comma is allowed inside a tag. */
    private static Stream<String> members(String field) {
        return MEMBER.matcher(field).results().map(MatchResult::group);
    }

    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    private static String entityTag(List<ByteBuffer> body) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            body.forEach(slice -> hash.update(slice.duplicate()));
            return "W/\"cenotaph-" + HexFormat.of().formatHex(hash.digest(), 0, 12) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
