package dev.cenotaph.gateway.exchange;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.springframework.http.HttpHeaders;

/** Content codings (RFC 9110 §8.4): which there are, and the small bodies that we decode to look at. */
public final class ContentCoding {
    private ContentCoding() {}

    /** Whether the body is as it is. */
    public static boolean isIdentity(HttpHeaders headers) {
        return codings(headers).isEmpty();
    }

    /** Whether the body is compressed by gzip and nothing else. */
    public static boolean isGzip(HttpHeaders headers) {
        List<String> codings = codings(headers);
        return codings.size() == 1
                && (codings.getFirst().equals("gzip") || codings.getFirst().equals("x-gzip"));
    }

    /**
     * A body as it is without its coding.
     *
     * @param limit in bytes, for the decoded body
     * @return empty where the coding is another, the body is broken, or it is longer
     */
    public static Optional<byte[]> decoded(HttpHeaders headers, byte[] body, int limit) {
        if (isIdentity(headers)) {
            return Optional.of(body);
        }
        if (!isGzip(headers)) {
            return Optional.empty();
        }
        try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            byte[] decoded = in.readNBytes(limit + 1);
            return decoded.length > limit ? Optional.empty() : Optional.of(decoded);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static List<String> codings(HttpHeaders headers) {
        return headers.getOrEmpty(HttpHeaders.CONTENT_ENCODING).stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .map(coding -> coding.strip().toLowerCase(java.util.Locale.ROOT))
                .filter(coding -> !coding.isEmpty() && !coding.equals("identity"))
                .toList();
    }
}
