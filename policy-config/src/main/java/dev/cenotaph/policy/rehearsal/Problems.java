package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.json.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The gateway's own problem answers (RFC 9457). */
final class Problems {
    private static final String TYPES = "https://cenotaph.dev/problems/";
    private static final Headers HEADERS =
            Headers.of("Content-Type", "application/problem+json").with("Cache-Control", "no-store");
    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(409, "Conflict"),
            Map.entry(410, "Gone"),
            Map.entry(412, "Precondition Failed"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(422, "Unprocessable Content"),
            Map.entry(423, "Locked"),
            Map.entry(428, "Precondition Required"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(502, "Bad Gateway"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Gateway Timeout"));

    private Problems() {}

    static Reply of(int status, String code, String detail) {
        return of(status, code, detail, Map.of());
    }

    /** @param members further ones, by name, each as JSON text */
    static Reply of(int status, String code, String detail, Map<String, String> members) {
        var all = new LinkedHashMap<String, String>();
        all.put("type", JsonText.quote(TYPES + code));
        all.put("title", JsonText.quote(TITLES.getOrDefault(status, code)));
        all.put("status", Integer.toString(status));
        all.put("detail", JsonText.quote(detail));
        all.putAll(members);
        String body = all.entrySet().stream()
                .map(member -> JsonText.quote(member.getKey()) + ":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
        return new Reply(status, HEADERS, body);
    }

    /** What an answer without JSON of its own is told as. */
    static String plain(int status) {
        return "{\"status\":" + status + ",\"title\":" + JsonText.quote(TITLES.getOrDefault(status, "")) + "}";
    }

    static Reply notInTrash() {
        return of(404, "not-in-trash", "There is no such item in the trash.");
    }

    static Reply notTrashed(String detail) {
        return of(409, "not-trashed", detail);
    }
}
