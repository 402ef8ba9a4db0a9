package dev.cenotaph.policy.match;

import dev.cenotaph.policy.match.LenientReadings.Reading;
import dev.cenotaph.policy.match.PathReading.Ambiguous;
import java.util.stream.Collectors;

/** Says in plain words why a path is refused. */
final class Refusals {
    private Refusals() {}

    static Ambiguous ofCase(Landing landing, String path) {
        return new Ambiguous(
                landing.resource(), path, "An upstream that ignores case or a last slash would read something else.");
    }

    static Ambiguous ofReading(String resource, Reading reading) {
        if (reading.steps().isEmpty()) {
            return refuse(
                    resource,
                    reading.path(),
                    "It has a dot segment, or an upstream that ignores case or a last slash would read something else.");
        }
        String steps = reading.steps().stream().map(Leniency::words).collect(Collectors.joining(", then "));
        return refuse(resource, reading.path(), "An upstream that " + steps + " would read something else.");
    }

    static Ambiguous ofId(Meaning meaning, String path) {
        return refuse(
                meaning.policy().name(),
                path,
                "An id in it is not percent-encoded UTF-8, or holds a slash or a control character.");
    }

    static Ambiguous ofOddity(String resource, String path) {
        return refuse(resource, path, "It holds an empty segment, a path parameter or a backslash.");
    }

    /** @param resource empty where no reading so far is governed */
    static Ambiguous ofCount(String resource, String path) {
        return refuse(resource, path, "It can be read in too many ways.");
    }

    private static Ambiguous refuse(String resource, String reading, String why) {
        return new Ambiguous(resource, printable(reading), why);
    }

    private static String printable(String reading) {
        var text = new StringBuilder();
        EncodedSlashes.encode(reading)
                .chars()
                .forEach(letter -> text.append(
                        Character.isISOControl(letter) ? "\\u%04X".formatted(letter) : String.valueOf((char) letter)));
        return text.toString();
    }
}
