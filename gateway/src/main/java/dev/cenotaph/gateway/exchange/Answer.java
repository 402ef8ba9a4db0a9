package dev.cenotaph.gateway.exchange;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.springframework.http.HttpHeaders;

/**
 * An answer of our own.
 *
 * @param headers without {@code Content-Length}
 */
public record Answer(int status, HttpHeaders headers, byte[] body) {

    /** An answer without a body. */
    public static Answer empty(int status, Consumer<HttpHeaders> headers) {
        return of(status, headers, new byte[0]);
    }

    /** An answer with a body whose type the headers name. */
    public static Answer of(int status, Consumer<HttpHeaders> headers, byte[] body) {
        HttpHeaders own = new HttpHeaders();
        headers.accept(own);
        return new Answer(status, own, body);
    }

    /** An answer whose body is this problem (RFC 9457). Never stored: 404, 405 and 410 are cacheable by default. */
    public static Answer problem(Problem problem, Consumer<HttpHeaders> headers) {
        return of(
                problem.status(),
                own -> {
                    own.set(HttpHeaders.CONTENT_TYPE, "application/problem+json");
                    own.set(HttpHeaders.CACHE_CONTROL, "no-store");
                    headers.accept(own);
                },
                problem.json().getBytes(StandardCharsets.UTF_8));
    }

    /** An answer whose body is this problem. */
    public static Answer problem(Problem problem) {
        return problem(problem, headers -> {});
    }
}
