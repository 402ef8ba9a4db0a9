package dev.cenotaph.load.proof;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** What the proof has counted, and what it holds against the gateway. */
final class Findings {

    /** What must never be. */
    enum Kind {
        ACKNOWLEDGED_LOST("an acknowledged delete or restore lost"),
        TRASHED_VISIBLE("a trashed item visible"),
        LIVE_HIDDEN("a live item answering 410, or missing from the list"),
        HARD_DELETE("a DELETE at the upstream that nobody decided on"),
        DISAGREES("upstream, item, list and trash disagree"),
        LEFT_OPEN("a change still open"),
        ITEM_ALTERED("an item altered beside its marker, or an acknowledged update lost"),
        NOT_REPEATABLE("an operation that was cut off cannot be repeated"),
        AUDIT("the audit does not tell what happened"),
        WRONG_WHILE_RUNNING("a wrong answer before the kill"),
        UNEXPECTED_ANSWER("a failure without a cause");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    private final Map<Kind, List<String>> held = new EnumMap<>(Kind.class);
    private final Map<String, LongAdder> counts = new TreeMap<>();
    private volatile String where = "";

    /** Says from now on where it was. */
    void at(String place) {
        where = place;
    }

    synchronized void add(Kind kind, String what) {
        String line = where + ": " + what;
        held.computeIfAbsent(kind, any -> new ArrayList<>()).add(line);
        System.out.println("VIOLATION " + kind + ": " + line);
    }

    void count(Request request, int status) {
        if (status < 300) {
            count(request.name().toLowerCase(Locale.ROOT) + "s acknowledged");
        } else {
            count("changes refused");
        }
    }

    void countUpdate(int status) {
        count(status < 300 ? "updates acknowledged" : "changes refused");
    }

    void countRead() {
        count("reads");
    }

    synchronized void count(String what) {
        counts.computeIfAbsent(what, any -> new LongAdder()).increment();
    }

    synchronized void count(String what, long number) {
        counts.computeIfAbsent(what, any -> new LongAdder()).add(number);
    }

    synchronized Map<String, Long> counts() {
        var sums = new TreeMap<String, Long>();
        counts.forEach((what, count) -> sums.put(what, count.sum()));
        return sums;
    }

    synchronized int violations(Kind kind) {
        return held.getOrDefault(kind, List.of()).size();
    }

    synchronized int violations() {
        return held.values().stream().mapToInt(List::size).sum();
    }

    /** All that is held against the gateway, with where it was. */
    synchronized List<String> all() {
        return held.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(line -> entry.getKey() + ": " + line))
                .toList();
    }
}
