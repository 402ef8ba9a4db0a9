package dev.cenotaph.policy.openapi;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** The last token of a reference within a document: a JSON Pointer (RFC 6901) in a fragment (RFC 3986 §3.5). */
final class Pointers {
    private Pointers() {}

    static String lastOf(String reference) {
        return unescaped(reference.substring(reference.lastIndexOf('/') + 1));
    }

    static String unescaped(String token) {
        String decoded = token.indexOf('%') < 0 ? token : decoded(token);
        return decoded.replace("~1", "/").replace("~0", "~");
    }

    private static String decoded(String token) {
        try {
            return URLDecoder.decode(token.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return token;
        }
    }
}
