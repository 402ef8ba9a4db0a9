package dev.cenotaph.gateway.upstream;

import reactor.core.publisher.Mono;

/** Work that goes on to its end although the client leaves, so that no change is left half done. */
public final class Detached {
    private Detached() {}

    /** Starts the work on subscription; cancelling only stops the waiting. */
    public static <T> Mono<T> run(Mono<T> work) {
        return Mono.defer(() -> Mono.fromFuture(work.toFuture(), true));
    }
}
