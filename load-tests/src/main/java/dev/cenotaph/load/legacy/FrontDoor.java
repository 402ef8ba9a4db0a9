package dev.cenotaph.load.legacy;

import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.Set;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Where requests come in: streams are answered on the event loop, everything else where it may block. */
final class FrontDoor {
    private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "DELETE", "OPTIONS");

    private static final long EVENTS = 5;

    private final Router router;
    private final Scheduler blocking;

    FrontDoor(Router router, Scheduler blocking) {
        this.router = router;
        this.blocking = blocking;
    }

    Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        try {
            return switch (path(request)) {
                case "/health" -> send(request, response, health(request));
                case "/events" -> events(request, response);
                case "/download" -> download(request, response);
                case "/echo" -> echo(request, response);
                default -> routed(request, response);
            };
        } catch (Refusal refusal) {
            return send(request, response, refusal.answer());
        }
    }

    private Mono<Void> routed(HttpServerRequest request, HttpServerResponse response) {
        return body(request)
                .publishOn(blocking)
                .map(body -> router.answer(
                        Request.of(request.method().name(), request.uri(), request.requestHeaders(), body)))
                .onErrorResume(error -> Mono.just(failure(error)))
                .flatMap(answer -> send(request, response, answer));
    }

    private Mono<Void> echo(HttpServerRequest request, HttpServerResponse response) {
        require(request, "POST");
        String type = request.requestHeaders().get("Content-Type", "application/octet-stream");
        return body(request)
                .map(body -> new Answer(200, Map.of("Content-Type", type), body))
                .onErrorResume(error -> Mono.just(failure(error)))
                .flatMap(answer -> send(request, response, answer));
    }

    private static Answer health(HttpServerRequest request) {
        requireRead(request);
        return Answer.text("up\n");
    }

    private static Publisher<Void> events(HttpServerRequest request, HttpServerResponse response) {
        requireRead(request);
        response.header("Content-Type", "text/event-stream").header("Cache-Control", "no-store");
        long count = Page.number(query(request), "count", EVENTS);
        return isHead(request) ? response.send() : response.send(Streams.events(count), event -> true);
    }

    /** {@code ?bytes=N} bytes with their length, or without it under {@code chunked=true}. */
    private static Publisher<Void> download(HttpServerRequest request, HttpServerResponse response) {
        requireRead(request);
        Map<String, String> query = query(request);
        long bytes = Page.number(query, "bytes", 0);
        response.header("Content-Type", "application/octet-stream");
        if (!query.getOrDefault("chunked", "false").equals("true")) {
            response.header("Content-Length", Long.toString(bytes));
        }
        return isHead(request) ? response.send() : response.send(Streams.download(bytes));
    }

    private static Mono<byte[]> body(HttpServerRequest request) {
        if (WITHOUT_BODY.contains(request.method().name())) {
            return Mono.just(new byte[0]);
        }
        return request.receive()
                .reduceWith(BoundedBody::new, BoundedBody::append)
                .map(BoundedBody::bytes);
    }

    private static Mono<Void> send(HttpServerRequest request, HttpServerResponse response, Answer answer) {
        response.status(answer.status());
        answer.headers().forEach(response::header);
        if (answer.status() == 204 || answer.status() == 304) {
            return response.send().then();
        }
        response.header("Content-Length", Integer.toString(answer.body().length));
        return isHead(request)
                ? response.send().then()
                : response.sendObject(Unpooled.wrappedBuffer(answer.body())).then();
    }

    private static Answer failure(Throwable error) {
        if (error instanceof Refusal refusal) {
            return refusal.answer();
        }
        LOG.error("a request failed", error);
        return Answer.error(500, Map.of(), "the service failed");
    }

    private static void requireRead(HttpServerRequest request) {
        if (!isHead(request)) {
            require(request, "GET");
        }
    }

    private static void require(HttpServerRequest request, String method) {
        if (!request.method().name().equals(method)) {
            throw Refusal.methodNotAllowed(method.equals("GET") ? "GET, HEAD" : method);
        }
    }

    private static boolean isHead(HttpServerRequest request) {
        return request.method().name().equals("HEAD");
    }

    private static String path(HttpServerRequest request) {
        int mark = request.uri().indexOf('?');
        return mark < 0 ? request.uri() : request.uri().substring(0, mark);
    }

    private static Map<String, String> query(HttpServerRequest request) {
        int mark = request.uri().indexOf('?');
        return mark < 0 ? Map.of() : Request.parameters(request.uri().substring(mark + 1));
    }
}
