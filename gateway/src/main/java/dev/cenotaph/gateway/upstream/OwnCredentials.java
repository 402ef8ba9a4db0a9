package dev.cenotaph.gateway.upstream;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What stands in for a caller where a call of ours has none: in a purge, a recovery, a rebuild. Each upstream is sent its
 * own credentials and never another's.
 */
public final class OwnCredentials {
    private final Map<String, Map<String, String>> headers;

    /**
     * Credentials for some upstreams.
     *
     * @throws IllegalArgumentException if an upstream has two
     */
    public OwnCredentials(List<Entry> entries) {
        this.headers = entries.stream()
                .collect(Collectors.toUnmodifiableMap(
                        entry -> origin(entry.upstream()), Entry::headers, (one, other) -> {
                            throw new IllegalArgumentException("An upstream has two entries in the credentials.");
                        }));
    }

    /**
     * The credentials for one upstream.
     *
     * @param upstream by its origin (RFC 6454 §4)
     * @param headers sent along with each call; none for an upstream that asks nobody who he is
     */
    public record Entry(URI upstream, Map<String, String> headers) {
        public Entry {
            headers = Map.copyOf(headers);
        }
    }

    /** The headers for an upstream; empty where nothing is set, which is not the same as no headers. */
    Optional<Map<String, String>> headers(URI upstream) {
        return Optional.ofNullable(headers.get(origin(upstream)));
    }

    /** Whether the same credentials go to both. */
    public static boolean sameOrigin(URI one, URI other) {
        return origin(one).equals(origin(other));
    }

    private static String origin(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        int port = url.getPort() >= 0 ? url.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + String.valueOf(url.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    }
}
