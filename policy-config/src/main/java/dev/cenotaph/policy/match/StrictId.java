package dev.cenotaph.policy.match;

import dev.cenotaph.policy.EncodedSlash;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** Decodes an id once and takes nothing but well-formed escapes of well-formed UTF-8 (RFC 3986 §2.1, RFC 3629). */
final class StrictId {
    private StrictId() {}

    /** The id; empty where an escape, the UTF-8, a control character or a slash is not as it should be. */
    static Optional<String> decode(String raw, EncodedSlash slash) {
        return isPlain(raw)
                ? Optional.of(raw)
                : bytes(raw).flatMap(StrictId::text).filter(id -> isFine(id, slash));
    }

    private static boolean isPlain(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char letter = raw.charAt(i);
            if (letter <= ' ' || letter >= 0x7F || letter == '%') {
                return false;
            }
        }
        return true;
    }

    private static Optional<ByteBuffer> bytes(String raw) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(raw));
            ByteBuffer decoded = ByteBuffer.allocate(encoded.remaining());
            while (encoded.hasRemaining()) {
                byte next = encoded.get();
                decoded.put(next == '%' ? escape(encoded) : next);
            }
            return Optional.of(decoded.flip());
        } catch (CharacterCodingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte escape(ByteBuffer encoded) {
        if (encoded.remaining() < 2) {
            throw new IllegalArgumentException("an escape is cut short");
        }
        int high = HexFormat.fromHexDigit(encoded.get());
        return (byte) (high << 4 | HexFormat.fromHexDigit(encoded.get()));
    }

    private static Optional<String> text(ByteBuffer bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isFine(String id, EncodedSlash slash) {
        if (id.indexOf(EncodedSlashes.HIDDEN) >= 0 || id.chars().anyMatch(Character::isISOControl)) {
            return false;
        }
        return switch (slash) {
            case REFUSE -> id.indexOf('/') < 0;
            case ID -> EncodedSlashes.areHarmless(id);
        };
    }
}
