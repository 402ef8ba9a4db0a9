package dev.cenotaph.load.proof;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** How often the gateway was killed at each point, and what became of the operations that were cut off there. */
final class Tally {

    /**
     * One operation that stood at a point when the gateway was killed.
     *
     * @param point where
     */
    record Cut(Point point, Item item) {}

    /** What is known of one point. */
    static final class Line {
        private int kills;
        private int alone;
        private final Map<Condition, Integer> ended = new EnumMap<>(Condition.class);

        int kills() {
            return kills;
        }

        /** Kills at which no operation stood at another point. */
        int alone() {
            return alone;
        }

        int operations() {
            return ended.values().stream().mapToInt(Integer::intValue).sum();
        }

        /** How many operations left their item so. */
        int ended(Condition condition) {
            return ended.getOrDefault(condition, 0);
        }
    }

    private final Map<Point, Line> lines = new EnumMap<>(Point.class);
    private final List<Long> readyMillis = new ArrayList<>();
    private final List<Long> agreedMillis = new ArrayList<>();
    private int kills;

    Tally() {
        for (Point point : Point.values()) {
            lines.put(point, new Line());
        }
    }

    /** One kill; the items' registers say how each operation ended. */
    void killed(List<Cut> cuts) {
        kills++;
        Set<Point> points = new HashSet<>();
        for (Cut cut : cuts) {
            Line line = line(cut.point());
            if (points.add(cut.point())) {
                line.kills++;
            }
            cut.item().possible().forEach(condition -> line.ended.merge(condition, 1, Integer::sum));
        }
        if (points.size() == 1) {
            points.forEach(point -> line(point).alone++);
        }
    }

    /** Times from the start of the process, until it was ready and until all was as it must be. */
    void restarted(long ready, long agreed) {
        readyMillis.add(ready);
        agreedMillis.add(agreed);
    }

    int kills() {
        return kills;
    }

    Line line(Point point) {
        return lines.computeIfAbsent(point, any -> new Line());
    }

    /** The fewest kills that any point of a delete, a restore or a purge has had. */
    int fewest() {
        return fewest(point -> point.act() != Point.Act.RECOVERY);
    }

    /** The fewest kills that any point of recovery has had. */
    int fewestInRecovery() {
        return fewest(point -> point.act() == Point.Act.RECOVERY);
    }

    private int fewest(Predicate<Point> which) {
        return Stream.of(Point.values())
                .filter(which)
                .mapToInt(point -> line(point).kills)
                .min()
                .orElse(0);
    }

    /** The point that was alone least often. */
    Point leastAlone() {
        Point least = Point.DELETE_BEFORE_INTENT;
        for (Point point : Point.values()) {
            if (point.act() != Point.Act.RECOVERY && line(point).alone < line(least).alone) {
                least = point;
            }
        }
        return least;
    }

    long readyMillis(double quantile) {
        return quantile(readyMillis, quantile);
    }

    long agreedMillis(double quantile) {
        return quantile(agreedMillis, quantile);
    }

    private static long quantile(List<Long> values, double quantile) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.ceil(quantile * (sorted.size() - 1)));
    }
}
