package dev.cenotaph.gateway.cascade;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Works on several items at once, on virtual threads. */
final class Crew implements AutoCloseable {
    private static final int AT_ONCE = 8;

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("cenotaph-cascade-", 0).factory());
    private final Scheduler scheduler = Schedulers.fromExecutorService(threads);

    /** The results in the order of the items; the first failure where there is one. */
    <A, B> List<B> each(List<A> items, Function<A, B> work) {
        return Flux.fromIterable(items)
                .flatMapSequential(
                        item -> Mono.fromSupplier(() -> work.apply(item)).subscribeOn(scheduler), AT_ONCE)
                .collectList()
                .blockOptional()
                .orElseThrow();
    }

    /** Not {@code subscribeOn}: a subscriber that leaves would interrupt the thread in the midst of a transaction. */
    <T> Mono<T> call(Supplier<T> work) {
        return Mono.fromFuture(() -> CompletableFuture.supplyAsync(work, threads), true)
                .publishOn(Schedulers.parallel());
    }

    void begin(Runnable work) {
        threads.execute(work);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        scheduler.dispose();
        threads.close();
    }
}
