package dev.cenotaph.gateway.filter;

import java.util.List;

/** What may come of a hostile request. */
enum Outcome {
    /** 400, and the upstream saw nothing. */
    BAD_REQUEST,
    /** 405, and the upstream saw nothing. */
    NOT_ALLOWED,
    /** 415, and the upstream saw nothing. */
    UNSUPPORTED,
    /** 204, and the upstream saw one read and one marker write of the very item. */
    TRASHED,
    /** 422, and nothing arrived: a batch that carries a DELETE. */
    UNPROCESSABLE,
    /** The upstream's answer to one request of the same method and path. */
    PASSED,
    /** Anything else. */
    OTHER;

    static Outcome of(String answer, List<Arrived> arrived, Victim victim) {
        return switch (status(answer)) {
            case "400" -> arrived.isEmpty() ? BAD_REQUEST : OTHER;
            case "405" -> arrived.isEmpty() ? NOT_ALLOWED : OTHER;
            case "422" -> arrived.isEmpty() ? UNPROCESSABLE : OTHER;
            case "415" -> arrived.isEmpty() ? UNSUPPORTED : OTHER;
            case "204" ->
                calls(arrived).equals(List.of("GET " + victim.item(), "PATCH " + victim.item())) ? TRASHED : OTHER;
            case "200" -> arrived.size() == 1 ? PASSED : OTHER;
            default -> OTHER;
        };
    }

    static String status(String answer) {
        return answer.startsWith("HTTP/") && answer.length() >= 12 ? answer.substring(9, 12) : "";
    }

    private static List<String> calls(List<Arrived> arrived) {
        return arrived.stream().map(one -> one.method() + " " + one.path()).toList();
    }
}
