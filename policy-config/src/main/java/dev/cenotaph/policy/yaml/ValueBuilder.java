package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.yaml.Mapping.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/**
 * From a YAML parser's events to a {@link Value}: no tags, no key twice, and bounds on depth and size. Works on events
 * because the library's own node tree is built by recursion without a bound on depth.
 */
final class ValueBuilder {
    private static final int DEEPEST = 32;
    private static final int MOST_VALUES = 100_000;

    private final String file;
    private final Iterator<Event> events;
    private final Problems problems;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private int depth;
    private int size;

    /** What an alias stands for, and how many values that is. */
    private record Anchored(Value value, int size) {}

    ValueBuilder(String file, Iterator<Event> events, Problems problems) {
        this.file = file;
        this.events = events;
        this.problems = problems;
    }

    /** The only document's value. Empty, with a problem, where there is none. */
    Optional<Value> document() {
        events.next(); // the start of the stream
        if (events.next().getEventId() == Event.ID.StreamEnd) {
            return empty(Position.startOf(file));
        }
        Value value = value(events.next());
        events.next(); // the end of the document
        Event after = events.next();
        if (after.getEventId() != Event.ID.StreamEnd) {
            problems.add(
                    position(after),
                    ProblemCode.SEVERAL_DOCUMENTS,
                    "A second document starts here.",
                    "Put each upstream into a file of its own.");
        }
        return value instanceof Scalar scalar && scalar.isNull() ? empty(value.at()) : Optional.of(value);
    }

    private Optional<Value> empty(Position at) {
        problems.add(
                at, ProblemCode.EMPTY_FILE, "The file holds nothing.", "Write what its name says, or remove the file.");
        return Optional.empty();
    }

    private Value value(Event event) {
        if (event instanceof AliasEvent alias) {
            return aliased(alias);
        }
        int before = size;
        grow(event, 1);
        Value value = event instanceof ScalarEvent scalar ? scalar(scalar) : collection((CollectionStartEvent) event);
        ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor, new Anchored(value, size - before)));
        return value;
    }

    private Value aliased(AliasEvent alias) {
        var anchored = anchors.get(alias.getAlias());
        if (anchored == null) {
            throw new UnreadableYamlException(
                    position(alias),
                    ProblemCode.YAML_SYNTAX,
                    "No anchor `&" + alias.getAlias() + "` ends above this alias.",
                    "Define the anchor before it is used, and not around its own use.");
        }
        grow(alias, anchored.size());
        return anchored.value();
    }

    private void grow(Event event, int by) {
        size += by;
        if (size > MOST_VALUES) {
            throw new UnreadableYamlException(
                    position(event),
                    ProblemCode.TOO_LARGE,
                    "With its aliases written out, the file holds more than 100,000 values.",
                    "Split it into several files.");
        }
    }

    private Value scalar(ScalarEvent event) {
        refuseTag(event, event.getTag());
        Position at = position(event);
        return event.isPlain()
                ? PlainScalars.read(at, event.getValue(), problems)
                : new Scalar(at, Scalar.Kind.TEXT, event.getValue());
    }

    private Value collection(CollectionStartEvent event) {
        refuseTag(event, event.getTag());
        if (++depth > DEEPEST) {
            throw new UnreadableYamlException(
                    position(event),
                    ProblemCode.TOO_LARGE,
                    "This is nested more than 32 deep.",
                    "No policy needs that: look for a bracket that is never closed.");
        }
        Value value = event.getEventId() == Event.ID.MappingStart ? mapping(event) : sequence(event);
        depth--;
        return value;
    }

    private Sequence sequence(Event start) {
        var elements = new ArrayList<Value>();
        for (Event next = events.next(); next.getEventId() != Event.ID.SequenceEnd; next = events.next()) {
            elements.add(value(next));
        }
        return new Sequence(position(start), elements);
    }

    private Mapping mapping(Event start) {
        var entries = new LinkedHashMap<String, Entry>();
        for (Event next = events.next(); next.getEventId() != Event.ID.MappingEnd; next = events.next()) {
            add(entries, position(next), value(next), value(events.next()));
        }
        return new Mapping(position(start), entries);
    }

    private void add(Map<String, Entry> entries, Position at, Value key, Value value) {
        if (!(key instanceof Scalar name)) {
            problems.add(at, ProblemCode.WRONG_TYPE, "A key is " + key.kindName() + ".", "Write a name as key.");
            return;
        }
        var first = entries.putIfAbsent(name.text(), new Entry(at, value, false));
        if (first != null) {
            problems.add(
                    at,
                    ProblemCode.DUPLICATE_KEY,
                    Wording.quoted(name.text()) + " stands here a second time; the first is in line "
                            + first.at().line() + ".",
                    "Remove one of the two.");
        }
    }

    private void refuseTag(Event event, Optional<String> tag) {
        tag.ifPresent(name -> problems.add(
                position(event),
                ProblemCode.TAG_NOT_ALLOWED,
                "Tags such as " + Wording.quoted(name) + " are not read.",
                "Remove the tag; quote the value if it shall be a text."));
    }

    private Position position(Event event) {
        return event.getStartMark()
                .map(mark -> new Position(file, mark.getLine() + 1, mark.getColumn() + 1))
                .orElseGet(() -> Position.startOf(file));
    }
}
