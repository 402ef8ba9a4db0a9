package dev.cenotaph.policy.match;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * All that upstreams might take a path for: what any number of {@link Leniency leniencies} in any order make of it, the
 * fewest first. Bounded in number and in text, so that nobody can make us think for long.
 */
final class LenientReadings implements Iterator<LenientReadings.Reading> {
    static final int MOST_READINGS = 256;
    static final int MOST_CHARACTERS = 256 * 1024;

    /** What an upstream takes a path for that does these things, one after the other. */
    record Reading(String path, List<Leniency> steps) {}

    private final List<Reading> readings = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private int next;
    private int characters;
    private boolean tooMany;

    LenientReadings(String path) {
        add(new Reading(path, List.of()));
    }

    @Override
    public boolean hasNext() {
        return next < readings.size();
    }

    @Override
    public Reading next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Reading reading = readings.get(next++);
        if (!tooMany) {
            Leniency.ALL.forEach(leniency -> readFurther(reading, leniency));
        }
        return reading;
    }

    /** Whether some were left out so far. */
    boolean areTooMany() {
        return tooMany;
    }

    private void readFurther(Reading reading, Leniency leniency) {
        String path = leniency.apply(reading.path());
        if (!path.equals(reading.path())) {
            var steps = new ArrayList<>(reading.steps());
            steps.add(leniency);
            add(new Reading(path, List.copyOf(steps)));
        }
    }

    private void add(Reading reading) {
        if (seen.contains(reading.path())) {
            return;
        }
        characters += reading.path().length();
        if (!readings.isEmpty() && (readings.size() >= MOST_READINGS || characters > MOST_CHARACTERS)) {
            tooMany = true;
            return;
        }
        seen.add(reading.path());
        readings.add(reading);
    }
}
