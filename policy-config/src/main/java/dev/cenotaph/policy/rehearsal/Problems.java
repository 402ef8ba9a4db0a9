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
    private static final Map<Integer, String> TITLES = Map.of(
            400, "Bad Request",
            403, "Forbidden",
            404, "Not Found",
            405, "Method Not Allowed",
            409, "Conflict",
            410, "Gone",
            412, "Precondition Failed",
            422, "Unprocessable Content",
            502, "Bad Gateway",
            503, "Service Unavailable");

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

    static Reply notInTrash() {
        return of(404, "not-in-trash", "There is no such item in the trash.");
    }

    static Reply notTrashed(String detail) {
        return of(409, "not-trashed", detail);
    }
}
