package dev.cenotaph.gateway.tombstone;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that bodies lie under, each with an id. What is kept from now on lies under the current one; the others still
 * read. Never shown.
 */
public final class BodyKeys {
    private static final int LENGTH = 32;

    private final Map<String, SecretKey> keys;
    private final Optional<String> current;

    private BodyKeys(Map<String, SecretKey> keys, Optional<String> current) {
        this.keys = Map.copyOf(keys);
        this.current = current;
    }

    /** Bodies lie in the clear. */
    public static BodyKeys none() {
        return new BodyKeys(Map.of(), Optional.empty());
    }

    /**
     * The keys that these texts are.
     *
     * @param texts for each id 32 bytes in Base64
     * @param current the id of the one to write with; may be left out where there is one key alone
     * @throws IllegalArgumentException if a text is no key, or none is the current one
     */
    public static BodyKeys of(Map<String, String> texts, Optional<String> current) {
        var keys = new HashMap<String, SecretKey>();
        texts.forEach((id, text) -> keys.put(id, new SecretKeySpec(bytes(id, text), "AES")));
        return new BodyKeys(keys, current(keys, current));
    }

    Optional<String> current() {
        return current;
    }

    Optional<SecretKey> key(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    private static Optional<String> current(Map<String, SecretKey> keys, Optional<String> named) {
        if (named.isPresent() && !keys.containsKey(named.get())) {
            throw new IllegalArgumentException("The current key for bodies is " + named.get() + ", but the keys are "
                    + keys.keySet().stream().sorted().toList());
        }
        if (named.isEmpty() && keys.size() > 1) {
            throw new IllegalArgumentException("Several keys for bodies, but none is named as the current one: "
                    + keys.keySet().stream().sorted().toList());
        }
        return named.or(() -> keys.keySet().stream().findFirst());
    }

    /** Says nothing of the text: it may be a key that was cut off. */
    private static byte[] bytes(String id, String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException("The key " + id + " for bodies is not Base64");
        }
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException(
                    "The key " + id + " for bodies has " + bytes.length + " bytes, and needs " + LENGTH);
        }
        return bytes;
    }

    @Override
    public String toString() {
        return "BodyKeys" + keys.keySet().stream().sorted().toList();
    }
}
