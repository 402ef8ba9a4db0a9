package dev.cenotaph.load.legacy;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Strong entity tags and the conditions on them, RFC 9110 §13. */
final class Preconditions {
    private static final int TAG_BYTES = 12;

    private Preconditions() {}

    static String etag(byte[] representation) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(representation);
            return '"' + HexFormat.of().formatHex(digest, 0, TAG_BYTES) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * RFC 9110 §13.1.1: If-Match compares strongly, and nothing matches what is not there.
     *
     * @param current the tag of the item as it is; empty if there is none
     * @throws Refusal 412, if If-Match or If-None-Match forbids the request
     */
    static void check(Request request, Optional<String> current) {
        Optional<String> match = request.header("If-Match");
        if (match.isPresent() && !listed(match.get(), current)) {
            throw Refusal.of(412, "the item is not the one that If-Match names");
        }
        if (!request.isRead() && isUnmodified(request, current)) {
            throw Refusal.of(412, "the item is one that If-None-Match names");
        }
    }

    /** RFC 9110 §13.1.2: If-None-Match compares weakly. A read is then answered with 304. */
    static boolean isUnmodified(Request request, Optional<String> current) {
        return request.header("If-None-Match")
                .filter(tags -> listed(tags.replace("W/", ""), current))
                .isPresent();
    }

    private static boolean listed(String tags, Optional<String> current) {
        if (current.isEmpty()) {
            return false;
        }
        if (tags.strip().equals("*")) {
            return true;
        }
        for (String tag : tags.split(",")) {
            if (tag.strip().equals(current.get())) {
                return true;
            }
        }
        return false;
    }
}
