package dev.cenotaph.gateway.recovery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.policy.match.ItemKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Looks for abandoned claims, from the start on, and has each settled; what cannot be settled yet is tried again. */
public final class Recovery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final int PAGE = 200;
    private static final int AT_ONCE = 8;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Tombstones tombstones;
    private final Settlement settlement;
    private final Duration interval;
    private final InstantSource clock;
    private final Cache<ItemKey, Attempts> failed = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterWrite(LONGEST_PAUSE.multipliedBy(10))
            .build();
    private final Thread thread = Thread.ofVirtual().name("cenotaph-recovery").unstarted(this::work);

    /**
     * A recovery, at rest until it is started.
     *
     * @param interval between two looks at the store
     */
    public Recovery(Tombstones tombstones, Settlement settlement, Duration interval, InstantSource clock) {
        this.tombstones = tombstones;
        this.settlement = settlement;
        this.interval = interval;
        this.clock = clock;
    }

    /** How often one claim could not be settled, and when it is its turn again. */
    private record Attempts(long revision, int count, Instant next) {}

    /** Starts to look, at once. */
    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void work() {
        try {
            while (true) {
                look();
                Thread.sleep(interval);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** A store that is down has nothing to recover from; the next look comes soon. */
    private void look() throws InterruptedException {
        try {
            settleAll();
        } catch (RuntimeException unavailable) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LOG.warn("abandoned changes could not be looked for: {}", unavailable.toString());
        }
    }

    private void settleAll() {
        long after = 0;
        List<Tombstone> page;
        do {
            page = Objects.requireNonNull(tombstones.abandoned(after, PAGE).block());
            Flux.fromIterable(page)
                    .filter(this::isDue)
                    .flatMap(this::settle, AT_ONCE)
                    .blockLast();
            after = page.isEmpty() ? after : page.getLast().revision();
        } while (page.size() == PAGE);
    }

    private boolean isDue(Tombstone claim) {
        Attempts before = failed.getIfPresent(claim.key());
        return before == null
                || before.revision() != claim.revision()
                || !clock.instant().isBefore(before.next());
    }

    private Mono<Boolean> settle(Tombstone claim) {
        return settlement
                .settle(claim)
                .onErrorResume(failure -> {
                    LOG.warn("{} of {} could not be settled: {}", claim.state(), claim.key(), failure.toString());
                    return Mono.just(false);
                })
                .doOnNext(settled -> {
                    if (settled) {
                        failed.invalidate(claim.key());
                    } else {
                        postpone(claim);
                    }
                });
    }

    private void postpone(Tombstone claim) {
        Attempts before = failed.getIfPresent(claim.key());
        int count = before == null || before.revision() != claim.revision() ? 1 : before.count() + 1;
        Duration pause = interval.multipliedBy(1L << Math.min(count - 1, 16));
        Duration bounded = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        failed.put(
                claim.key(),
                new Attempts(claim.revision(), count, clock.instant().plus(bounded)));
    }
}
