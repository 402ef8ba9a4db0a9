package dev.cenotaph.gateway.exchange;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * How long a body may take to come. Every body that is looked at has a deadline and hardly one meets it, so they wait on a
 * wheel, where to add one and to take it away costs next to nothing. Late by a tenth of a second at most.
 */
public final class Deadline {
    private static final HashedWheelTimer WHEEL = wheel();

    private final Duration time;

    public Deadline(Duration time) {
        this.time = time;
    }

    /** The same body; fails with a {@link TimeoutException} where it is not over in time. */
    public <T> Flux<T> within(Flux<T> body) {
        return within(body, () -> true);
    }

    /** The same body; fails with a {@link TimeoutException} where by the deadline somebody still waits for its end. */
    public <T> Flux<T> within(Flux<T> body, BooleanSupplier awaited) {
        return body.takeUntilOther(Mono.<Void>create(sink -> {
            Timeout timeout = WHEEL.newTimeout(late -> expire(sink, awaited), time.toMillis(), TimeUnit.MILLISECONDS);
            sink.onDispose(timeout::cancel);
        }));
    }

    private void expire(MonoSink<Void> body, BooleanSupplier awaited) {
        if (awaited.getAsBoolean()) {
            body.error(new TimeoutException("the upstream's body took longer than " + time));
        }
    }

    /** Its start waits for its thread, which is nothing for an event loop to do: it starts with the first of these. */
    private static HashedWheelTimer wheel() {
        var wheel = new HashedWheelTimer(new DefaultThreadFactory("cenotaph-deadlines", true));
        wheel.start();
        return wheel;
    }
}
