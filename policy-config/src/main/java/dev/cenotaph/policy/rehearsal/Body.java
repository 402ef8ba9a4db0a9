package dev.cenotaph.policy.rehearsal;

import java.nio.charset.StandardCharsets;

/** The text of a body; empty for none. */
final class Body {
    static final String NONE = "";

    private Body() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
