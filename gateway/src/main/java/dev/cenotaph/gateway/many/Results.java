package dev.cenotaph.gateway.many;

import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.JsonBodies;
import dev.cenotaph.gateway.exchange.TrashFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What came of many items, as one answer (after RFC 4918 §13, in JSON). */
final class Results {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Results() {}

    /**
     * What came of one item.
     *
     * @param item its path as the client writes it
     */
    record Result(String id, String item, Answer answer) {
        boolean isWell() {
            return answer.status() < 300;
        }

        Map<String, Object> document() {
            var document = new LinkedHashMap<String, Object>();
            document.put("id", id);
            document.put("item", item);
            document.put("status", answer.status());
            HttpHeaders headers = answer.headers();
            put(document, "state", headers.getFirst(TrashFacts.STATE));
            put(document, "delete_time", headers.getFirst(TrashFacts.DELETED_AT));
            put(document, "purge_time", headers.getFirst(TrashFacts.PURGE_AT));
            put(document, "deletion_id", headers.getFirst(TrashFacts.DELETION_ID));
            put(document, "location", headers.getFirst(HttpHeaders.LOCATION));
            if (!isWell()) {
                document.put("problem", problem(answer));
            }
            return document;
        }
    }

    /** @param allWell the status where nothing failed */
    static Answer of(List<Result> results, int allWell) {
        long failed = results.stream().filter(result -> !result.isWell()).count();
        var document = new LinkedHashMap<String, Object>();
        document.put("succeeded", results.size() - failed);
        document.put("failed", failed);
        document.put("results", results.stream().map(Result::document).toList());
        return json(failed == 0 ? allWell : 207, document, Map.of());
    }

    static Answer json(int status, Map<String, Object> document, Map<String, String> more) {
        return Answer.of(
                status,
                headers -> {
                    headers.set(HttpHeaders.CONTENT_TYPE, "application/json");
                    headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
                    more.forEach(headers::set);
                },
                JSON.writeValueAsBytes(document));
    }

    /** The answer's own words where they are JSON; the upstream's, often. */
    static Object problem(Answer answer) {
        if (answer.body().length > 0 && JsonBodies.isJson(answer.headers())) {
            try {
                return JSON.readTree(answer.body());
            } catch (JacksonException e) {
                return plain(answer);
            }
        }
        return plain(answer);
    }

    private static Map<String, Object> plain(Answer answer) {
        String title = Optional.ofNullable(HttpStatus.resolve(answer.status()))
                .map(HttpStatus::getReasonPhrase)
                .orElse("");
        return Map.of("status", answer.status(), "title", title);
    }

    private static void put(
            Map<String, Object> document, String name, @org.jspecify.annotations.Nullable String value) {
        if (value != null) {
            document.put(name, value);
        }
    }
}
