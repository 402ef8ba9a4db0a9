package dev.cenotaph.policy.rehearsal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** What may stand in a request line (RFC 9112 §3.2.1, RFC 3986 §3.3); anything else is 400 before any policy is asked. */
public final class RequestTarget {
    private static final String HOST = "http://host";

    private RequestTarget() {}

    /** Why a path with its query cannot be sent; empty where it can. */
    public static Optional<String> obstacle(String target) {
        Optional<String> unwritten = target.codePoints()
                .filter(point -> point <= ' ' || point > '~')
                .mapToObj(Character::toString)
                .findFirst();
        if (unwritten.isPresent()) {
            return unwritten.map(RequestTarget::encoded);
        }
        try {
            boolean whole = new URI(HOST + target).isAbsolute();
            return whole ? Optional.empty() : Optional.of("it is no URL.");
        } catch (URISyntaxException e) {
            int at = Math.max(0, e.getIndex() - HOST.length());
            return Optional.of(at < target.length() ? encoded(target.substring(at, at + 1)) : "it is no URL.");
        }
    }

    private static String encoded(String character) {
        return "`" + character + "` stands in a URL percent-encoded only.";
    }
}
