package dev.cenotaph.policy.match;

import dev.cenotaph.policy.EncodedSlash;
import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.match.LenientReadings.Reading;
import dev.cenotaph.policy.match.PathReading.Governed;
import dev.cenotaph.policy.match.PathReading.Ungoverned;
import java.net.URI;
import java.util.Optional;

/**
 * Finds what a path means under a policy set. Reads it strictly, and as leniently as any upstream might; where the two
 * do not say the same about a governed resource, the path is ambiguous. Resources whose policy does not act, being
 * off or a shadow, are not governed.
 */
public final class PolicyMatcher {
    private static final PathReading UNGOVERNED = new Ungoverned();

    private final Trie trie;
    private final Targets targets;

    /** @throws IllegalArgumentException where two policies declare the same path */
    public PolicyMatcher(PolicySet policies) {
        trie = new Trie(policies);
        targets = new Targets(trie);
    }

    /** @param rawPath as it came over the wire, without the query */
    public PathReading read(String rawPath) {
        return Oddities.isPlain(rawPath) ? readPlain(rawPath) : readOdd(rawPath);
    }

    /**
     * The upstream that a path belongs to, governed or not. The deepest node on its way decides whose resources, those
     * below or else those right there, are of one upstream alone. Resources that are off count.
     */
    public Optional<URI> upstreamFor(String rawPath) {
        return trie.upstream(rawPath);
    }

    /** Whether some upstream may take a path for one above a resource's, such as {@code /fhir} above {@code /fhir/Patient}. */
    public boolean isBase(String rawPath) {
        if (Oddities.isPlain(rawPath)) {
            return trie.isBase(rawPath);
        }
        var readings = new LenientReadings(rawPath);
        while (readings.hasNext()) {
            if (trie.isBase(readings.next().path())) {
                return true;
            }
        }
        return readings.areTooMany();
    }

    private PathReading readPlain(String path) {
        Optional<Landing> lenient = trie.arrive(path, Strictness.LENIENT).found();
        if (lenient.isEmpty()) {
            return UNGOVERNED;
        }
        Optional<Landing> strict = trie.arrive(path, Strictness.STRICT).found();
        if (!strict.orElse(lenient.get()).meaning().isGoverned()) {
            return UNGOVERNED;
        }
        return strict.filter(lenient.get()::agreesWith)
                .<PathReading>map(landing -> new Governed(targets.match(path, landing)))
                .orElseGet(() -> Refusals.ofCase(lenient.get(), path));
    }

    private PathReading readOdd(String path) {
        return switch (trie.arrive(path, Strictness.STRICT)) {
            case Arrival.Nowhere nowhere -> readUngoverned(path);
            case Arrival.At at ->
                at.landing().meaning().isGoverned() ? readGoverned(path, at.landing()) : readUngoverned(path);
            case Arrival.Unreadable unreadable ->
                unreadable.meaning().isGoverned() ? Refusals.ofId(unreadable.meaning(), path) : readUngoverned(path);
        };
    }

    private PathReading readUngoverned(String path) {
        var readings = new LenientReadings(path);
        while (readings.hasNext()) {
            Reading reading = readings.next();
            Optional<Landing> landing =
                    trie.arrive(reading.path(), Strictness.LENIENT).governed();
            if (landing.isPresent()) {
                return Refusals.ofReading(landing.get().resource(), reading);
            }
        }
        return readings.areTooMany() ? Refusals.ofCount("", path) : UNGOVERNED;
    }

    private PathReading readGoverned(String path, Landing strict) {
        if (Oddities.disturb(path)) {
            return Refusals.ofOddity(strict.resource(), path);
        }
        boolean slashesBelong = strict.meaning().policy().encodedSlash() == EncodedSlash.ID;
        var readings = new LenientReadings(slashesBelong ? EncodedSlashes.hide(path) : path);
        while (readings.hasNext()) {
            Reading reading = readings.next();
            if (DotSegments.in(reading.path()) || !landsOn(strict, reading)) {
                return Refusals.ofReading(strict.resource(), reading);
            }
        }
        return readings.areTooMany()
                ? Refusals.ofCount(strict.resource(), path)
                : new Governed(targets.match(path, strict));
    }

    private boolean landsOn(Landing strict, Reading reading) {
        return trie.arrive(reading.path(), Strictness.LENIENT)
                .found()
                .filter(strict::agreesWith)
                .isPresent();
    }
}
