package dev.cenotaph.policy.openapi;

import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.parser.Parser;

/** A YAML parser that stops where a text nests too deep: what reads its events does so by recursion. */
final class BoundedParser implements Parser {
    private static final int DEEPEST = 200;

    private final String file;
    private final Parser parser;
    private int depth;

    BoundedParser(String file, Parser parser) {
        this.file = file;
        this.parser = parser;
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
        return parser.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }

    @Override
    public boolean hasNext() {
        return parser.hasNext();
    }

    @Override
    public Event next() {
        Event event = parser.next();
        if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
            throw new UnreadableDocumentException(
                    file,
                    event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1),
                    event.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1),
                    "This is nested more than " + DEEPEST + " deep.",
                    "Move inner schemas to `components`, or look for a bracket that is never closed.");
        }
        if (event instanceof CollectionEndEvent) {
            depth--;
        }
        return event;
    }
}
