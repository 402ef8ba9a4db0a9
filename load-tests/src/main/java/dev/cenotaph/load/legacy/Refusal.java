package dev.cenotaph.load.legacy;

import java.util.Map;

/** A request that is answered with an error status; turned into an {@link Answer} once, in {@link FrontDoor}. */
final class Refusal extends RuntimeException {
    private final transient Answer answer;

    private Refusal(int status, Map<String, String> headers, String reason) {
        super(reason, null, false, false);
        this.answer = Answer.error(status, headers, reason);
    }

    static Refusal of(int status, String reason) {
        return new Refusal(status, Map.of(), reason);
    }

    static Refusal malformed(String reason) {
        return of(400, reason);
    }

    static Refusal notFound() {
        return of(404, "there is no such thing here");
    }

    static Refusal methodNotAllowed(String allow) {
        return new Refusal(405, Map.of("Allow", allow), "this method is not for this resource");
    }

    /** RFC 5789 §2.2: the refusal of a patch document names those that would do. */
    static Refusal unsupportedMediaType(String accepted) {
        return new Refusal(415, Map.of("Accept-Patch", accepted), "this media type is not taken here");
    }

    Answer answer() {
        return answer;
    }
}
