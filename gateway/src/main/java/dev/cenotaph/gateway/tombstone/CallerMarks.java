package dev.cenotaph.gateway.tombstone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * What is kept of callers: a mark of their own for each body, by which they are known again, by every process and after
 * every restart. A mark is HMAC-SHA-256 under a random salt and, where bodies lie under a key, under that key as well: who
 * has the store alone cannot try out credentials.
 */
final class CallerMarks {
    private static final String MAC = "HmacSHA256";
    private static final byte[] PURPOSE = "cenotaph caller 1".getBytes(UTF_8);
    private static final int SALT = 16;

    private final BodyKeys keys;
    private final SecureRandom random = new SecureRandom();

    CallerMarks(BodyKeys keys) {
        this.keys = keys;
    }

    /** A new mark: salt, hash, and the id of the key, if there is one. */
    String of(Caller caller) {
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        Optional<String> keyId = keys.current();
        return text(salt) + "." + text(hash(keyId.flatMap(keys::key), salt, caller)) + "." + keyId.orElse("");
    }

    /** Whether the mark is this caller's; compared in constant time. Where its key is not there, it is nobody's. */
    boolean isOf(String mark, Caller caller) {
        String[] parts = mark.split("\\.", 3);
        if (parts.length != 3) {
            return false;
        }
        Optional<SecretKey> key = parts[2].isEmpty() ? Optional.empty() : keys.key(parts[2]);
        boolean readable = parts[2].isEmpty() || key.isPresent();
        return readable
                && MessageDigest.isEqual(
                        parts[1].getBytes(UTF_8),
                        text(hash(key, bytes(parts[0]), caller)).getBytes(UTF_8));
    }

    private static byte[] hash(Optional<SecretKey> key, byte[] salt, Caller caller) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key.map(SecretKey::getEncoded).orElse(salt), MAC));
            mac.update(PURPOSE);
            mac.update(salt);
            return mac.doFinal(caller.words());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has " + MAC, impossible);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        return Base64.getDecoder().decode(text);
    }
}
