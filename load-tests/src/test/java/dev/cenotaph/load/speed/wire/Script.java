package dev.cenotaph.load.speed.wire;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What is asked, one request after the other. Asked for by one thread at a time. */
@FunctionalInterface
public interface Script {
    /** None when there is nothing left to ask. */
    @Nullable Request next();

    /** The same requests again and again. */
    static Script cycle(Request... requests) {
        var at = new AtomicInteger();
        return () -> requests[Math.floorMod(at.getAndIncrement(), requests.length)];
    }
}
