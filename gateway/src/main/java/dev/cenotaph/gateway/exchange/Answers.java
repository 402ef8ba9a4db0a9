package dev.cenotaph.gateway.exchange;

import java.util.Collection;
import java.util.List;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Writes our own answers. */
public final class Answers {
    private Answers() {}

    /** Answers in place of the upstream, which has not been asked or whose answer was read by us. */
    public static Mono<Void> write(ServerWebExchange exchange, Answer answer) {
        return write(exchange, exchange.getResponse(), answer);
    }

    /** Answers in place of an upstream's answer whose status and headers are in the response already. */
    public static Mono<Void> replace(ServerWebExchange exchange, ServerHttpResponse response, Answer answer) {
        Collection<String> upstreamHeaders = exchange.getAttribute(ServerWebExchangeUtils.CLIENT_RESPONSE_HEADER_NAMES);
        if (upstreamHeaders != null) {
            List.copyOf(upstreamHeaders).forEach(response.getHeaders()::remove);
        }
        return write(exchange, response, answer);
    }

    private static Mono<Void> write(ServerWebExchange exchange, ServerHttpResponse response, Answer answer) {
        TappedResponse.disarm(response);
        response.setStatusCode(HttpStatusCode.valueOf(answer.status()));
        HttpHeaders headers = response.getHeaders();
        answer.headers().forEach(headers::put);
        if (answer.status() != 204 && answer.status() != 304) {
            headers.setContentLength(answer.body().length);
        }
        if (answer.body().length == 0 || exchange.getRequest().getMethod().equals(HttpMethod.HEAD)) {
            return response.setComplete();
        }
        DataBuffer buffer = response.bufferFactory().wrap(answer.body());
        return response.writeWith(Mono.just(buffer));
    }
}
