package dev.cenotaph.policy.yaml;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A short name for what the files say: twelve hexadecimal digits of SHA-256 over their names and bytes. */
final class PolicyVersion {
    private static final int DIGITS = 12;

    private PolicyVersion() {}

    static String of(List<PolicySource> sources) {
        var digest = sha256();
        for (PolicySource source : sources) {
            add(digest, source.fileName());
            add(digest, source.text());
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }

    /** Length first, so that no two lists of files run together into the same bytes. */
    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
