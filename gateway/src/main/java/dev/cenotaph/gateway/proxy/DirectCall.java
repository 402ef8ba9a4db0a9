package dev.cenotaph.gateway.proxy;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.PRESERVE_HOST_HEADER_ATTRIBUTE;

import dev.cenotaph.gateway.exchange.AnswerTransform;
import dev.cenotaph.gateway.exchange.BrokenAnswerException;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.timeout.ReadTimeoutException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.netty.Connection;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;

/** One request on its way to the upstream, and its answer on the way back. */
final class DirectCall {
    private final DirectTransport transport;
    private final ServerWebExchange exchange;
    private final Consumer<HttpHeaders> change;
    private final AnswerTransform transform;

    // A client that leaves is told on another thread than the upstream's answer.
    private volatile @Nullable Future<?> timer;
    private volatile boolean over;

    /** @param change to the headers that go to the upstream */
    DirectCall(
            DirectTransport transport,
            ServerWebExchange exchange,
            Consumer<HttpHeaders> change,
            AnswerTransform transform) {
        this.transport = transport;
        this.exchange = exchange;
        this.change = change;
        this.transform = transform;
    }

    /** Sends the request, and writes the answer to the client. */
    Mono<Void> send(String method, URI url) {
        return transport
                .beside(exchange.getRequest())
                .request(HttpMethod.valueOf(method))
                .uri(url)
                .send(this::request)
                .responseConnection(this::answer)
                .then()
                .doFinally(end -> {
                    over = true;
                    answered();
                });
    }

    private Publisher<Void> request(HttpClientRequest sent, NettyOutbound outbound) {
        ServerHttpRequest request = exchange.getRequest();
        HttpHeaders headers = sent.requestHeaders();
        // The client library's own, its name and what it accepts, are none of the upstream's business.
        String host = headers.get(HttpHeaderNames.HOST);
        headers.clear();
        transport.copyRequest(exchange, headers);
        if (!preservesHost() || !headers.contains(HttpHeaderNames.HOST)) {
            headers.set(HttpHeaderNames.HOST, host);
        }
        change.accept(headers);
        outbound.withConnection(this::await);
        if (!hasBody(request)) {
            return outbound;
        }
        if (!headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        return outbound.send(request.getBody().map(NettyDataBufferFactory::toByteBuf));
    }

    private boolean preservesHost() {
        return Boolean.TRUE.equals(exchange.getAttribute(PRESERVE_HOST_HEADER_ATTRIBUTE));
    }

    /** From here on the upstream has to answer in time. */
    private void await(Connection connection) {
        answered();
        Duration limit = transport.answerTimeout();
        if (!limit.isZero()) {
            timer = connection
                    .channel()
                    .eventLoop()
                    .schedule(() -> expired(connection), limit.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void expired(Connection connection) {
        // By now the connection may serve somebody else.
        if (!over && timer != null) {
            connection.channel().pipeline().fireExceptionCaught(ReadTimeoutException.INSTANCE);
            connection.dispose();
        }
    }

    private void answered() {
        Future<?> running = timer;
        timer = null;
        if (running != null) {
            running.cancel(false);
        }
    }

    private Publisher<Void> answer(HttpClientResponse answer, Connection connection) {
        answered();
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(HttpStatusCode.valueOf(answer.status().code()));
        transport.copyAnswer(answer.responseHeaders(), exchange);
        DataBufferFactory factory = response.bufferFactory();
        Flux<DataBuffer> body = connection
                .inbound()
                .receive()
                .retain()
                .<DataBuffer>map(buffer -> spring(buffer, factory))
                .onErrorMap(IOException.class, BrokenAnswerException::new);
        return transform.write(response, body).doFinally(end -> {
            if (end != SignalType.ON_COMPLETE) {
                connection.dispose();
            }
        });
    }

    // RFC 9112 §6.3: a request has a body if it says how long it is, or that it comes in chunks.
    private static boolean hasBody(ServerHttpRequest request) {
        org.springframework.http.HttpHeaders headers = request.getHeaders();
        return headers.getContentLength() > 0
                || headers.containsHeader(org.springframework.http.HttpHeaders.TRANSFER_ENCODING);
    }

    private static DataBuffer spring(ByteBuf buffer, DataBufferFactory factory) {
        return ((NettyDataBufferFactory) factory).wrap(buffer);
    }
}
