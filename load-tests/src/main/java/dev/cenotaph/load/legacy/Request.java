package dev.cenotaph.load.legacy;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A complete HTTP request.
 *
 * @param path the segments of its path, percent-decoded
 * @param query its parameters, percent-decoded; of one given twice the last
 */
@SuppressWarnings("ArrayRecordComponent")
record Request(String method, List<String> path, Map<String, String> query, HttpHeaders headers, byte[] body) {
    static Request of(String method, String uri, HttpHeaders headers, byte[] body) {
        int mark = uri.indexOf('?');
        String path = mark < 0 ? uri : uri.substring(0, mark);
        return new Request(
                method, segments(path), mark < 0 ? Map.of() : parameters(uri.substring(mark + 1)), headers, body);
    }

    static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.split("&")) {
            String[] parts = pair.replace('+', ' ').split("=", 2);
            parameters.put(Percent.decode(parts[0]), parts.length == 2 ? Percent.decode(parts[1]) : "");
        }
        return parameters;
    }

    private static List<String> segments(String path) {
        if (!path.startsWith("/")) {
            throw Refusal.notFound();
        }
        List<String> segments = new ArrayList<>();
        for (String segment : path.substring(1).split("/", -1)) {
            segments.add(Percent.decode(segment));
        }
        return segments;
    }

    Optional<String> header(String name) {
        List<String> values = headers.getAll(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    }

    /** The media type of the body, without parameters, in lower case. */
    Optional<String> mediaType() {
        return header("Content-Type").map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    }

    boolean isRead() {
        return method.equals("GET") || method.equals("HEAD");
    }
}
