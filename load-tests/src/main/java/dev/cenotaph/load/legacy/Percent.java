package dev.cenotaph.load.legacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** Percent-encoding of UTF-8, RFC 3986 §2.1. */
final class Percent {
    private static final String UNRESERVED = "-._~";

    private Percent() {}

    /** @throws Refusal 400, if an escape is broken or the bytes are not UTF-8 */
    static String decode(String encoded) {
        if (encoded.indexOf('%') < 0) {
            return encoded;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            if (encoded.charAt(i) == '%') {
                bytes.write(octet(encoded, i));
                i += 2;
            } else {
                bytes.writeBytes(String.valueOf(encoded.charAt(i)).getBytes(UTF_8));
            }
        }
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refusal.malformed("the URL is not UTF-8");
        }
    }

    static String encode(String value) {
        StringBuilder out = new StringBuilder(value.length());
        for (byte octet : value.getBytes(UTF_8)) {
            boolean plain = octet > 0 && (Character.isLetterOrDigit(octet) || UNRESERVED.indexOf(octet) >= 0);
            out.append(plain ? String.valueOf((char) octet) : String.format("%%%02X", octet));
        }
        return out.toString();
    }

    private static int octet(String encoded, int percent) {
        if (percent + 2 < encoded.length()) {
            int high = Character.digit(encoded.charAt(percent + 1), 16);
            int low = Character.digit(encoded.charAt(percent + 2), 16);
            if (high >= 0 && low >= 0) {
                return high << 4 | low;
            }
        }
        throw Refusal.malformed("the URL has a broken percent escape");
    }
}
