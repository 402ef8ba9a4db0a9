package dev.cenotaph.gateway.upstream;

import dev.cenotaph.gateway.upstream.UpstreamException.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/** The upstream, called with one caller's credentials. */
public final class CallerUpstream {
    private final HttpClient client;
    private final HttpHeaders credentials;
    private final Optional<String> host;
    private final Duration timeout;
    private final int bodyLimit;

    CallerUpstream(HttpClient client, HttpHeaders credentials, Optional<String> host, Duration timeout, int bodyLimit) {
        this.client = client;
        this.credentials = credentials;
        this.host = host;
        this.timeout = timeout;
        this.bodyLimit = bodyLimit;
    }

    /** Sends a request; redirects are not followed. Fails with {@link UpstreamException} alone. */
    public Mono<UpstreamAnswer> send(UpstreamRequest request) {
        return client.followRedirect(false)
                .headers(headers -> {
                    credentials.forEach(headers::set);
                    headers.set(HttpHeaders.ACCEPT_ENCODING, "identity");
                    request.headers().forEach(headers::set);
                    host.ifPresent(value -> headers.set(HttpHeaders.HOST, value));
                    request.body().ifPresent(body -> headers.set(HttpHeaders.CONTENT_LENGTH, body.length));
                })
                .request(io.netty.handler.codec.http.HttpMethod.valueOf(request.method()))
                .uri(request.url().toASCIIString())
                .send(Mono.justOrEmpty(request.body()).map(Unpooled::wrappedBuffer))
                .response((response, content) -> content.collect(() -> new LimitedBody(bodyLimit), LimitedBody::append)
                        .map(body -> answer(response, body)))
                .single()
                .timeout(timeout)
                .onErrorMap(failure -> !(failure instanceof UpstreamException), CallerUpstream::typed);
    }

    private UpstreamAnswer answer(HttpClientResponse response, LimitedBody body) {
        var headers = new HttpHeaders();
        response.responseHeaders().forEach(header -> headers.add(header.getKey(), header.getValue()));
        return new UpstreamAnswer(response.status().code(), headers, body.bytes());
    }

    private static UpstreamException typed(Throwable failure) {
        return UpstreamException.of(failure).orElseGet(() -> new UpstreamException(Kind.BROKEN, failure));
    }

    private static final class LimitedBody {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final int limit;

        LimitedBody(int limit) {
            this.limit = limit;
        }

        void append(ByteBuf buffer) {
            if (bytes.size() + buffer.readableBytes() > limit) {
                throw new UpstreamException(
                        Kind.TOO_LARGE, new IOException("the answer is longer than " + limit + " bytes"));
            }
            try {
                buffer.readBytes(bytes, buffer.readableBytes());
            } catch (IOException e) {
                throw new UpstreamException(Kind.BROKEN, e);
            }
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }
}
