package dev.cenotaph.gateway.proxy;

import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.AnswerTap;
import dev.cenotaph.gateway.exchange.AnswerTransform;
import dev.cenotaph.gateway.exchange.Answers;
import dev.cenotaph.gateway.exchange.ClientHeaders;
import dev.cenotaph.gateway.exchange.Forwarding;
import dev.cenotaph.gateway.exchange.Problem;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.support.Netty4HeadersAdapter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * From the client's connection to the upstream's and back, without Spring Cloud Gateway's chain in between: what comes in
 * goes out, save for the headers that belong to one connection alone.
 */
final class DirectForwarding implements Forwarding {
    /** In bytes; what is shorter is taken in one piece. */
    private static final int SMALL = 64 * 1024;

    // RFC 9110 §9.3.6: what follows is no HTTP. The connection would go back to the pool, and be deaf to the next
    // request.
    private static final Answer NO_TUNNEL =
            Answer.problem(Problem.of(501, "no-tunnel", "No tunnels are opened through this gateway."));

    private final DirectTransport transport;
    private final URI target;

    /** @param target the upstream's URL for the request as it came */
    DirectForwarding(DirectTransport transport, URI target) {
        this.transport = transport;
        this.target = target;
    }

    @Override
    public Mono<Void> pass(ServerWebExchange exchange) {
        return untouched(exchange, asItComes());
    }

    @Override
    public Mono<Void> pass(ServerWebExchange exchange, AnswerTap tap) {
        AnswerTransform unchanged = asItComes();
        return untouched(exchange, (response, body) -> unchanged.write(response, tap.tap(response, body)));
    }

    private Mono<Void> untouched(ServerWebExchange exchange, AnswerTransform transform) {
        String method = exchange.getRequest().getMethod().name();
        return method.equals("CONNECT")
                ? Answers.write(exchange, NO_TUNNEL)
                : new DirectCall(transport, exchange, headers -> {}, transform).send(method, target);
    }

    @Override
    public Mono<Void> forward(ServerWebExchange exchange, Onward onward) {
        return forward(exchange, onward, asItComes());
    }

    @Override
    public Mono<Void> forward(ServerWebExchange exchange, Onward onward, AnswerTransform transform) {
        return new DirectCall(transport, exchange, headers -> judged(headers, onward), transform)
                .send(onward.method(), onward.url());
    }

    private AnswerTransform asItComes() {
        return (response, body) -> {
            long length = response.getHeaders().getContentLength();
            if (length >= 0 && length <= SMALL) {
                // In one piece, its headers go out with it; a system call less, of three.
                return response.writeWith(DataBufferUtils.join(body));
            }
            return length < 0 && transport.isStreaming(response.getHeaders())
                    ? response.writeAndFlushWith(body.map(Flux::just))
                    : response.writeWith(body);
        };
    }

    private static void judged(HttpHeaders headers, Onward onward) {
        var adapted = new org.springframework.http.HttpHeaders(new Netty4HeadersAdapter(headers));
        ClientHeaders.clean(adapted);
        onward.change().accept(adapted);
    }
}
