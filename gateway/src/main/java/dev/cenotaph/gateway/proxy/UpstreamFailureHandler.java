package dev.cenotaph.gateway.proxy;

import dev.cenotaph.gateway.exchange.Answers;
import dev.cenotaph.gateway.upstream.UpstreamException;
import dev.cenotaph.gateway.upstream.UpstreamProblems;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/** An upstream that is down is 502 or 504 with a problem, for what no policy governs as well. */
@Component
@Order(-2)
final class UpstreamFailureHandler implements WebExceptionHandler {

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        Optional<UpstreamException> known = UpstreamException.of(failure);
        return known.isPresent() && !exchange.getResponse().isCommitted()
                ? Answers.write(exchange, UpstreamProblems.failed(known.get()))
                : Mono.error(failure);
    }
}
