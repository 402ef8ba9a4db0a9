package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.yaml.Mapping.Entry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes a map apart key by key. Keys that nobody took are unknown: {@link #finish} says so. */
final class MappingReader {
    private final Position at;
    private final Mapping mapping;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();

    /** @param at where to say that a key is missing */
    MappingReader(Position at, Mapping mapping, Problems problems) {
        this.at = at;
        this.mapping = mapping;
        this.problems = problems;
    }

    Problems problems() {
        return problems;
    }

    Mapping mapping() {
        return mapping;
    }

    Optional<Entry> entry(String key) {
        known.add(key);
        return Optional.ofNullable(mapping.entries().get(key));
    }

    Optional<Entry> required(String key) {
        var entry = entry(key);
        if (entry.isEmpty()) {
            missing(key);
        }
        return entry;
    }

    void missing(String key) {
        problems.add(at, ProblemCode.MISSING_KEY, "`" + key + "` is missing here.", "Add `" + key + "`.");
    }

    /** A text, a number, a boolean or null. */
    Optional<Scalar> scalar(String key) {
        return entry(key).flatMap(entry -> expect(key, entry.value(), Scalar.class, "a single value"));
    }

    Optional<Scalar> text(String key) {
        return entry(key).flatMap(entry -> text(key, entry.value()));
    }

    Optional<Scalar> requiredText(String key) {
        return required(key).flatMap(entry -> text(key, entry.value()));
    }

    /** A list of texts; a single text is a list of one. */
    Optional<List<Scalar>> texts(String key) {
        return entry(key).map(entry -> texts(key, entry.value()));
    }

    Optional<MappingReader> map(String key) {
        return entry(key).flatMap(entry -> map(key, entry));
    }

    Optional<MappingReader> map(String key, Entry entry) {
        return expect(key, entry.value(), Mapping.class, "a map")
                .map(inner -> new MappingReader(entry.at(), inner, problems));
    }

    /** A list of maps. */
    List<MappingReader> maps(String key) {
        return entry(key)
                .flatMap(entry -> expect(key, entry.value(), Sequence.class, "a list"))
                .map(sequence -> maps(key, sequence))
                .orElse(List.of());
    }

    <T> T choice(String key, Choices<T> choices, T otherwise) {
        return scalar(key)
                .flatMap(scalar -> choices.read(key, scalar, problems))
                .orElse(otherwise);
    }

    /** Reports every key that was not asked for. The defaults are read, and finished, on their own. */
    void finish() {
        mapping.entries().forEach((key, entry) -> {
            if (!known.contains(key) && !entry.inherited()) {
                String what = Wording.quoted(key) + " is no key here.";
                problems.add(entry.at(), ProblemCode.UNKNOWN_KEY, what, Wording.suggestion(key, known));
            }
        });
    }

    private List<MappingReader> maps(String key, Sequence sequence) {
        var maps = new ArrayList<MappingReader>();
        for (Value element : sequence.elements()) {
            expect(key, element, Mapping.class, "a list of maps")
                    .ifPresent(inner -> maps.add(new MappingReader(inner.at(), inner, problems)));
        }
        return maps;
    }

    private List<Scalar> texts(String key, Value value) {
        if (!(value instanceof Sequence sequence)) {
            return text(key, value).stream().toList();
        }
        return sequence.elements().stream()
                .flatMap(element -> text(key, element).stream())
                .toList();
    }

    private Optional<Scalar> text(String key, Value value) {
        var scalar = expect(key, value, Scalar.class, "a text");
        if (scalar.isPresent() && !scalar.get().isText()) {
            String mend = scalar.get().isNull() ? "Write a text, or remove the key." : "Put it in quotes.";
            problems.add(value.at(), ProblemCode.WRONG_TYPE, notA(key, "a text", value), mend);
            return Optional.empty();
        }
        return scalar;
    }

    private <V extends Value> Optional<V> expect(String key, Value value, Class<V> type, String kind) {
        if (type.isInstance(value)) {
            return Optional.of(type.cast(value));
        }
        problems.add(value.at(), ProblemCode.WRONG_TYPE, notA(key, kind, value), "Write " + kind + ".");
        return Optional.empty();
    }

    private static String notA(String key, String kind, Value value) {
        return Wording.quoted(key) + " must be " + kind + ", and this is " + value.kindName() + ".";
    }
}
