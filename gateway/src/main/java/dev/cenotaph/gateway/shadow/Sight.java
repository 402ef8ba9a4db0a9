package dev.cenotaph.gateway.shadow;

import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;

/** One answer, judged by a copy of its bytes while it passes. Whatever goes wrong here, the answer passes. */
abstract class Sight {
    private static final Logger LOG = LoggerFactory.getLogger(Sight.class);

    private volatile Outcome outcome = Outcome.UNKNOWN;

    // Told by the thread that the answer comes on.
    private boolean looking;

    final Flux<? extends DataBuffer> watch(ServerHttpResponse response, Flux<? extends DataBuffer> body) {
        guarded(() -> looking = begin(response));
        return looking
                ? body.doOnNext(buffer -> guarded(() -> look(buffer)))
                        .doOnComplete(() -> guarded(this::finish))
                        .doFinally(over -> guarded(this::close))
                : body;
    }

    final Outcome outcome() {
        return outcome;
    }

    /** Settles what would have come of it; nothing is looked at from here on. */
    final void settle(Outcome settled) {
        outcome = settled;
        looking = false;
    }

    /** Whether the body has to be looked at; settles the outcome where not. */
    abstract boolean begin(ServerHttpResponse response);

    abstract void look(byte[] bytes);

    abstract void end();

    /** Lets go of what was held; at every end, an early one too. */
    abstract void close();

    private void look(DataBuffer buffer) {
        if (looking) {
            byte[] bytes = new byte[buffer.readableByteCount()];
            buffer.toByteBuffer(buffer.readPosition(), ByteBuffer.wrap(bytes), 0, bytes.length);
            look(bytes);
        }
    }

    private void finish() {
        if (looking) {
            end();
        }
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            settle(Outcome.UNKNOWN);
            LOG.warn("an answer could not be judged in shadow, and passed", e);
        }
    }
}
