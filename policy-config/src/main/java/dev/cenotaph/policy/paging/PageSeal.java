package dev.cenotaph.policy.paging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;

/**
 * Tells whether a place in a list was given in a link to just this list, with just these parameters (AIP-158: a page token
 * that comes with other arguments is an error). Parameters that a client adds to a link of ours, such as its credentials,
 * do not break it. No secret: who makes one up hides rows from himself alone.
 *
 * @param resource whose list it is
 * @param parents the ids of the parents whose items it lists
 */
public record PageSeal(String resource, List<String> parents) {
    /** In bytes, of each part: one for the place, and one for each parameter. */
    private static final int PART = 3;

    private static final int MOST_PARAMETERS = 64;

    public PageSeal {
        parents = List.copyOf(parents);
    }

    /** @param query of the link, without the parameter of ours */
    String of(String place, RawQuery query) {
        var seal = new ByteArrayOutputStream();
        seal.writeBytes(part("place", place));
        query.pairs().stream()
                .distinct()
                .sorted()
                .limit(MOST_PARAMETERS)
                .forEach(pair -> seal.writeBytes(part("parameter", pair)));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(seal.toByteArray());
    }

    boolean fits(String text, String place, RawQuery query) {
        byte[] seal = Base64.getUrlDecoder().decode(text);
        if (seal.length == 0
                || seal.length % PART != 0
                || !Arrays.equals(seal, 0, PART, part("place", place), 0, PART)) {
            return false;
        }
        var there = new HashSet<ByteBuffer>();
        query.pairs().forEach(pair -> there.add(ByteBuffer.wrap(part("parameter", pair))));
        for (int at = PART; at < seal.length; at += PART) {
            if (!there.contains(ByteBuffer.wrap(Arrays.copyOfRange(seal, at, at + PART)))) {
                return false;
            }
        }
        return true;
    }

    private byte[] part(String kind, String text) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            add(hash, resource);
            parents.forEach(parent -> add(hash, parent));
            add(hash, kind);
            add(hash, text);
            return Arrays.copyOf(hash.digest(), PART);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void add(MessageDigest hash, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        hash.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        hash.update(bytes);
    }
}
