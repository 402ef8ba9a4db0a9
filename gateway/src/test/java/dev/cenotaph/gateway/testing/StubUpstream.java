package dev.cenotaph.gateway.testing;

import io.netty.channel.ChannelOption;
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
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

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
        /** No answer: the connection breaks. */
        public static final Reply RESET = status(0);

        public static Reply json(String body) {
            return new Reply(200, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
        }

        public static Reply status(int status) {
            return new Reply(status, Map.of(), new byte[0]);
        }

        public Reply as(int otherStatus) {
            return new Reply(otherStatus, headers, body);
        }

        public Reply with(String name, String value) {
            var more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Reply(status, more, body);
        }
    }

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final DisposableServer server;

    /** Not the shared ones: a gateway that stops takes those with it. */
    private final LoopResources loops = LoopResources.create("stub-upstream", 2, true);

    private StubUpstream(Function<Received, Mono<Reply>> behaviour) {
        this.server = HttpServer.create()
                .runOn(loops)
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
                            return behaviour.apply(one).flatMap(reply -> answer(response, reply));
                        }))
                .bindNow();
    }

    public static StubUpstream answering(Function<Received, Reply> behaviour) {
        return new StubUpstream(request -> Mono.just(behaviour.apply(request)));
    }

    /** Answers when the function's answer is there; never, if it never is. */
    public static StubUpstream answeringLater(Function<Received, Mono<Reply>> behaviour) {
        return new StubUpstream(behaviour);
    }

    private static Mono<Void> answer(HttpServerResponse response, Reply reply) {
        if (reply.status() == Reply.RESET.status()) {
            response.withConnection(StubUpstream::reset);
            return Mono.never();
        }
        response.status(reply.status());
        reply.headers().forEach(response::header);
        return reply.body().length == 0 || reply.status() == 204
                ? response.send().then()
                : response.header("Content-Length", Integer.toString(reply.body().length))
                        .sendByteArray(Mono.just(reply.body()))
                        .then();
    }

    /** Without a lingering end: the other side sees a reset, not an end. */
    private static void reset(Connection connection) {
        connection.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        var unused = connection.channel().close();
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
        loops.dispose();
    }
}
