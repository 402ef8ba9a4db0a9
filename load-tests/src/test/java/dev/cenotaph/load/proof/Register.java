package dev.cenotaph.load.proof;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a value may be after writes by several clients at once. A write that was acknowledged, and that no later one
 * followed, may be the last; a write without an answer may have happened at any time since, or never.
 */
final class Register<V> {

    /** One write on its way, or acknowledged. */
    static final class Write<V> {
        private final V value;
        private final long begun = System.nanoTime();
        private long acknowledged;
        private boolean answered;

        private Write(V value) {
            this.value = value;
        }

        private boolean followedBy(Write<V> other) {
            return other.answered && other.begun - acknowledged > 0;
        }

        @Override
        public String toString() {
            return value + (answered ? " acknowledged" : " unanswered");
        }
    }

    private V settled;
    private final List<Write<V>> writes = new ArrayList<>();

    Register(V settled) {
        this.settled = settled;
    }

    synchronized Write<V> begin(V value) {
        var write = new Write<>(value);
        writes.add(write);
        return write;
    }

    synchronized void acknowledge(Write<V> write) {
        write.acknowledged = System.nanoTime();
        write.answered = true;
    }

    /** The write had no effect. */
    synchronized void refuse(Write<V> write) {
        writes.remove(write);
    }

    synchronized Set<V> possible() {
        Set<V> possible = new LinkedHashSet<>();
        List<Write<V>> acknowledged =
                writes.stream().filter(write -> write.answered).toList();
        if (acknowledged.isEmpty()) {
            possible.add(settled);
        }
        for (Write<V> write : acknowledged) {
            if (acknowledged.stream().noneMatch(write::followedBy)) {
                possible.add(write.value);
            }
        }
        writes.stream().filter(write -> !write.answered).forEach(write -> possible.add(write.value));
        return possible;
    }

    /** Whether every write was answered. */
    synchronized boolean isCertain() {
        return writes.stream().allMatch(write -> write.answered);
    }

    /** From here on this is the value, and what went before is over. */
    synchronized void settle(V value) {
        settled = value;
        writes.clear();
    }

    @Override
    public synchronized String toString() {
        return "was " + settled + ", then " + writes;
    }
}
