package dev.cenotaph.gateway.exchange;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Which bodies we can look into. */
public final class JsonBodies {
    private JsonBodies() {}

    /** A type and subtype in lower case, without parameters; empty where there is none. */
    public static Optional<String> mediaType(HttpHeaders headers) {
        return mediaType(headers.getFirst(HttpHeaders.CONTENT_TYPE));
    }

    /** A type and subtype in lower case, without parameters; empty where there is none. */
    public static Optional<String> mediaType(@Nullable String contentType) {
        if (contentType == null) {
            return Optional.empty();
        }
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return Optional.of(type.strip().toLowerCase(Locale.ROOT));
    }

    /** {@code application/json} and everything that ends in {@code +json} (RFC 6839). */
    public static boolean isJson(HttpHeaders headers) {
        return mediaType(headers)
                .filter(type -> type.equals("application/json") || type.endsWith("+json"))
                .isPresent();
    }
}
