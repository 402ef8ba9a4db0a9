package dev.cenotaph.policy.openapi;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A server of a document.
 *
 * @param origin scheme and host; empty where the URL is relative to wherever the document lies
 * @param path without a last slash
 */
record ServerUrl(Optional<String> origin, String path) {
    private static final Pattern URL = Pattern.compile("(?i)(https?://[^/?#]+)?(/[^?#]*)?.*");

    static ServerUrl of(String url) {
        var parts = URL.matcher(url);
        if (!parts.matches()) {
            return new ServerUrl(Optional.empty(), "");
        }
        String path = Optional.ofNullable(parts.group(2)).orElse("");
        return new ServerUrl(
                Optional.ofNullable(parts.group(1)), path.replaceAll("/+$", "").replaceAll("/{2,}", "/"));
    }
}
