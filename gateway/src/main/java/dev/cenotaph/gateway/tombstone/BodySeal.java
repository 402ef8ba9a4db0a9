package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.gateway.tombstone.FormerBody.Facts;
import dev.cenotaph.gateway.tombstone.FormerBody.Origin;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes of a body what lies in the store, and the body again. All facts of a body are bound to it, so that no row passes
 * for another: as associated data of AES-256-GCM (NIST SP 800-38D) where there is a key, and by the checksum in any case.
 *
 * <p>Nonces are random: a key is good for 2<sup>32</sup> bodies (SP 800-38D §8.3).
 */
final class BodySeal {
    private static final Logger LOG = LoggerFactory.getLogger(BodySeal.class);
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final BodyKeys keys;
    private final SecureRandom random = new SecureRandom();
    private final AtomicBoolean toldOfNoKey = new AtomicBoolean();

    BodySeal(BodyKeys keys) {
        this.keys = keys;
    }

    /**
     * A content as it lies in the store.
     *
     * @param keyId of the key that it lies under; empty where it lies in the clear
     */
    record Sealed(Optional<String> keyId, String checksum, byte[] content) {}

    Sealed seal(Facts facts, byte[] content) {
        byte[] bound = bound(facts);
        Optional<String> keyId = keys.current();
        if (keyId.isEmpty() && toldOfNoKey.compareAndSet(false, true)) {
            LOG.warn("Former bodies of items are kept in the clear: cenotaph.bodies.keys has no key");
        }
        byte[] lying = keyId.flatMap(keys::key)
                .map(key -> encrypt(key, bound, content))
                .orElse(content);
        return sealed(facts, keyId, lying);
    }

    /** With the checksum that makes a content, right or wrong, belong to the facts. */
    static Sealed sealed(Facts facts, Optional<String> keyId, byte[] lying) {
        return new Sealed(keyId, checksum(bound(facts), keyId, lying), lying);
    }

    /** @throws BrokenBodyException if it is not what was sealed, or its key is not there */
    byte[] open(Facts facts, Sealed sealed) {
        byte[] bound = bound(facts);
        if (!checksum(bound, sealed.keyId(), sealed.content()).equals(sealed.checksum())) {
            throw new BrokenBodyException(facts, "its checksum does not match");
        }
        byte[] content = sealed.keyId()
                .map(id -> decrypt(facts, id, bound, sealed.content()))
                .orElse(sealed.content());
        if (content.length != facts.size()) {
            throw new BrokenBodyException(facts, "its size does not match");
        }
        return content;
    }

    private byte[] encrypt(SecretKey key, byte[] bound, byte[] content) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] secret = cipher(Cipher.ENCRYPT_MODE, key, nonce, bound).doFinal(content);
            byte[] both = Arrays.copyOf(nonce, NONCE + secret.length);
            System.arraycopy(secret, 0, both, NONCE, secret.length);
            return both;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-GCM cannot encrypt", impossible);
        }
    }

    private byte[] decrypt(Facts facts, String keyId, byte[] bound, byte[] both) {
        SecretKey key = keys.key(keyId)
                .orElseThrow(() ->
                        new BrokenBodyException(facts, "it lies under the key " + keyId + ", which is not there"));
        if (both.length < NONCE) {
            throw new BrokenBodyException(facts, "it is cut off");
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(both, NONCE), bound)
                    .doFinal(both, NONCE, both.length - NONCE);
        } catch (AEADBadTagException forged) {
            throw new BrokenBodyException(facts, "it was changed, or the key " + keyId + " is another", forged);
        } catch (GeneralSecurityException impossible) {
            throw new BrokenBodyException(facts, "AES-GCM cannot decrypt it", impossible);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] bound) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(bound);
        return cipher;
    }

    private static String checksum(byte[] bound, Optional<String> keyId, byte[] lying) {
        try {
            MessageDigest sum = MessageDigest.getInstance("SHA-256");
            sum.update(bound);
            sum.update(keyId.orElse("").getBytes(StandardCharsets.UTF_8));
            sum.update((byte) 0);
            return HexFormat.of().formatHex(sum.digest(lying));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }

    /** Each fact with its length, so that no two sets of facts give the same bytes. */
    private static byte[] bound(Facts facts) {
        Origin origin = facts.origin();
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            write(out, KeyText.ofId(origin.key().resource()));
            write(out, KeyText.ofParents(origin.key().parents()));
            write(out, KeyText.ofId(origin.key().id()));
            write(out, origin.kind().name());
            out.writeLong(facts.number());
            out.writeLong(facts.time().toEpochMilli());
            out.writeLong(facts.size());
            for (Optional<String> fact :
                    List.of(origin.deletionId(), origin.actor(), origin.contentType(), origin.entityTag())) {
                out.writeBoolean(fact.isPresent());
                write(out, fact.orElse(""));
            }
            // Rows that were written before callers were marked are bound without one.
            if (origin.caller().isPresent()) {
                write(out, origin.caller().get());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
