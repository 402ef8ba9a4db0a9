package dev.cenotaph.gateway.shadow;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** What policies in the mode {@code shadow} would have done, since this process first had them so. */
public final class ShadowCounts {
    private static final int EXAMPLES = 10;

    private final Clock clock;
    private final ConcurrentMap<String, OfResource> resources = new ConcurrentSkipListMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    public ShadowCounts(Clock clock) {
        this.clock = clock;
    }

    /** Told of every count once, when it begins. */
    public interface Listener {
        void counting(String resource, String operation, Outcome outcome, DoubleSupplier count);

        void countingRows(String resource, DoubleSupplier count);
    }

    /** A request whose answer would have been another. */
    public record Example(Instant time, String request, String operation, Outcome outcome) {}

    /**
     * What a resource's policy would have done.
     *
     * @param counts by operation, then by outcome
     * @param strippedRows how many rows lists would have been without
     * @param examples the last few, newest first
     */
    public record Summary(
            String resource,
            Instant since,
            Map<String, Map<Outcome, Long>> counts,
            long strippedRows,
            List<Example> examples) {}

    /** Says which resources are in the mode from now on. */
    public void begin(Collection<String> names) {
        names.forEach(this::of);
    }

    public List<Summary> summaries() {
        return resources.values().stream().map(OfResource::summary).toList();
    }

    /** Tells of what is counted already, and of all that comes. */
    public void listen(Listener listener) {
        listeners.add(listener);
        resources.values().forEach(resource -> resource.tell(listener));
    }

    void count(String resource, String operation, Outcome outcome, String request) {
        of(resource).count(operation, outcome, request);
    }

    void stripped(String resource, long rows) {
        of(resource).rows.add(rows);
    }

    private OfResource of(String resource) {
        OfResource known = resources.get(resource);
        if (known != null) {
            return known;
        }
        return resources.computeIfAbsent(resource, name -> {
            var begun = new OfResource(name, clock.instant());
            listeners.forEach(begun::tell);
            return begun;
        });
    }

    private record Key(String operation, Outcome outcome) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byOperation = operation.compareTo(other.operation);
            return byOperation == 0 ? outcome.compareTo(other.outcome) : byOperation;
        }
    }

    private final class OfResource {
        private final String name;
        private final Instant since;
        private final ConcurrentMap<Key, LongAdder> counts = new ConcurrentSkipListMap<>();
        private final LongAdder rows = new LongAdder();
        private final Deque<Example> examples = new ArrayDeque<>();

        OfResource(String name, Instant since) {
            this.name = name;
            this.since = since;
        }

        void count(String operation, Outcome outcome, String request) {
            var key = new Key(operation, outcome);
            LongAdder count = counts.get(key);
            if (count == null) {
                count = counts.computeIfAbsent(key, fresh -> told(fresh, new LongAdder()));
            }
            count.increment();
            if (outcome != Outcome.SAME) {
                remember(new Example(clock.instant(), request, operation, outcome));
            }
        }

        private LongAdder told(Key key, LongAdder count) {
            listeners.forEach(listener -> listener.counting(name, key.operation(), key.outcome(), count::sum));
            return count;
        }

        private void remember(Example example) {
            synchronized (examples) {
                if (examples.size() == EXAMPLES) {
                    examples.removeLast();
                }
                examples.addFirst(example);
            }
        }

        void tell(Listener listener) {
            listener.countingRows(name, rows::sum);
            counts.forEach((key, count) -> listener.counting(name, key.operation(), key.outcome(), count::sum));
        }

        Summary summary() {
            var byOperation = new TreeMap<String, Map<Outcome, Long>>();
            counts.forEach((key, count) -> byOperation
                    .computeIfAbsent(key.operation(), operation -> new TreeMap<>())
                    .put(key.outcome(), count.sum()));
            synchronized (examples) {
                return new Summary(name, since, byOperation, rows.sum(), List.copyOf(examples));
            }
        }
    }
}
