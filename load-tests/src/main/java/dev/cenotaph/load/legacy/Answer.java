package dev.cenotaph.load.legacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;

/** A complete HTTP response. The body is not copied: it belongs to the answer. */
@SuppressWarnings("ArrayRecordComponent")
record Answer(int status, Map<String, String> headers, byte[] body) {
    private static final byte[] NOTHING = {};

    static Answer json(int status, byte[] body) {
        return new Answer(status, Map.of("Content-Type", "application/json"), body);
    }

    static Answer empty(int status) {
        return new Answer(status, Map.of(), NOTHING);
    }

    static Answer text(String text) {
        return new Answer(200, Map.of("Content-Type", "text/plain; charset=utf-8"), text.getBytes(UTF_8));
    }

    static Answer error(int status, Map<String, String> headers, String reason) {
        Answer answer =
                json(status, ("{\"status\":" + status + ",\"error\":" + Json.string(reason) + "}").getBytes(UTF_8));
        for (Map.Entry<String, String> header : headers.entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return answer;
    }

    Answer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, more, body);
    }
}
