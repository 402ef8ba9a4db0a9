package dev.cenotaph.gateway.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A real HTTP server that remembers what it was asked, and answers as a function says. */
public final class StubUpstream implements AutoCloseable {

    /**
     * A request as it arrived.
     *
     * @param uri raw path and query
     * @param headers names in lower case
     */
    public record Received(String method, String uri, Map<String, List<String>> headers, String body) {
        public Optional<String> header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                    .findFirst();
        }
    }

    /** An answer; {@code Content-Length} is set by itself. */
    public record Reply(int status, Map<String, String> headers, byte[] body) {
        public static Reply json(String body) {
            return new Reply(200, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
        }

        public static Reply status(int status) {
            return new Reply(status, Map.of(), new byte[0]);
        }

        public Reply with(String name, String value) {
            var more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Reply(status, more, body);
        }
    }

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final DisposableServer server;

    private StubUpstream(Function<Received, Reply> behaviour) {
        this.server = HttpServer.create()
                .host("localhost")
                .port(0)
                .handle((request, response) -> request.receive()
                        .aggregate()
                        .asString()
                        .defaultIfEmpty("")
                        .flatMap(body -> {
                            var headers = new LinkedHashMap<String, List<String>>();
                            request.requestHeaders()
                                    .forEach(header -> headers.computeIfAbsent(
                                                    header.getKey().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                                            .add(header.getValue()));
                            var one = new Received(request.method().name(), request.uri(), headers, body);
                            received.add(one);
                            Reply reply = behaviour.apply(one);
                            response.status(reply.status());
                            reply.headers().forEach(response::header);
                            return reply.body().length == 0 || reply.status() == 204
                                    ? response.send().then()
                                    : response.header("Content-Length", Integer.toString(reply.body().length))
                                            .sendByteArray(Mono.just(reply.body()))
                                            .then();
                        }))
                .bindNow();
    }

    public static StubUpstream answering(Function<Received, Reply> behaviour) {
        return new StubUpstream(behaviour);
    }

    public int port() {
        return server.port();
    }

    /** Everything that arrived so far, in order. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    /** {@code METHOD uri} of everything that arrived so far, in order. */
    public List<String> calls() {
        return received.stream().map(one -> one.method() + " " + one.uri()).toList();
    }

    public void forgetCalls() {
        received.clear();
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
