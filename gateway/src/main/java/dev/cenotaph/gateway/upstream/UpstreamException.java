package dev.cenotaph.gateway.upstream;

import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/** A call to the upstream had no answer that we can use. */
public final class UpstreamException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What came of the call. */
    public enum Kind {
        /** No connection: nothing was sent. */
        UNREACHABLE,
        /** No answer in time; what was sent may have taken effect. */
        TIMEOUT,
        /** The connection broke, or the answer was no HTTP; what was sent may have taken effect. */
        BROKEN,
        /** The answer is longer than we read. */
        TOO_LARGE
    }

    private final Kind kind;

    public UpstreamException(Kind kind, Throwable cause) {
        super(cause.getMessage() == null ? kind.toString() : cause.getMessage(), cause);
        this.kind = kind;
    }

    /** What a transport's own failure means; empty where it is none. */
    public static Optional<UpstreamException> of(Throwable failure) {
        return switch (failure) {
            case ConnectTimeoutException connect -> typed(Kind.UNREACHABLE, connect);
            case ConnectException connect -> typed(Kind.UNREACHABLE, connect);
            case UnknownHostException unknown -> typed(Kind.UNREACHABLE, unknown);
            case UnresolvedAddressException unresolved -> typed(Kind.UNREACHABLE, unresolved);
            case SSLHandshakeException tls -> typed(Kind.UNREACHABLE, tls);
            case PoolAcquireTimeoutException pool -> typed(Kind.UNREACHABLE, pool);
            case PoolAcquirePendingLimitException pool -> typed(Kind.UNREACHABLE, pool);
            // What the gateway's own routing filter makes of its response timeout.
            case ResponseStatusException status ->
                status.getStatusCode().isSameCodeAs(HttpStatus.GATEWAY_TIMEOUT)
                        ? typed(Kind.TIMEOUT, status)
                        : Optional.empty();
            case TimeoutException timeout -> typed(Kind.TIMEOUT, timeout);
            case io.netty.handler.timeout.TimeoutException timeout -> typed(Kind.TIMEOUT, timeout);
            case IOException io -> typed(Kind.BROKEN, io);
            default -> Optional.empty();
        };
    }

    private static Optional<UpstreamException> typed(Kind kind, Throwable failure) {
        return Optional.of(new UpstreamException(kind, failure));
    }

    public Kind kind() {
        return kind;
    }

    /** Whether what was sent cannot have taken effect. */
    public boolean neverSent() {
        return kind == Kind.UNREACHABLE;
    }
}
