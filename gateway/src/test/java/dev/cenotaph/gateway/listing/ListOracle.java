package dev.cenotaph.gateway.listing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.async.ByteArrayFeeder;
import tools.jackson.core.json.JsonFactory;

/**
 * The list without its trashed rows, according to Jackson: rows are trashed whose {@code status} is {@code "archived"}, or
 * which have none and whose {@code id} is known.
 *
 * <p>Jackson is RFC 8259 but for this: it takes overlong forms and surrogates for UTF-8 (the JDK's decoder looks at that
 * here), takes several byte order marks and leaves them out of its offsets (there may be one, and it is taken off here), and
 * has bounds of its own on numbers, names and strings (lifted).
 */
final class ListOracle {
    static final Set<String> TRASHED = Set.of("7", "8", "é");
    private static final int DEPTH = ListFilter.Limits.DEFAULT.depth();
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final byte[] body;
    private final Optional<String> items;
    private final JsonParser parser;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int copied;
    private boolean found;

    private ListOracle(byte[] body, Optional<String> items, JsonParser parser) {
        this.body = body;
        this.items = items;
        this.parser = parser;
    }

    /**
     * What is left of a list; empty if it cannot be filtered.
     *
     * @param items the member of the document that holds the array; empty if the document is the array
     */
    static Optional<byte[]> filtered(byte[] body, Optional<String> items) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
        if (!startsWithMark(body)) {
            return unmarked(body, items);
        }
        byte[] rest = Arrays.copyOfRange(body, MARK.length, body.length);
        return startsWithMark(rest) ? Optional.empty() : unmarked(rest, items).map(ListOracle::marked);
    }

    private static Optional<byte[]> unmarked(byte[] body, Optional<String> items) {
        try (var parser = FACTORY.createNonBlockingByteArrayParser(ObjectReadContext.empty())) {
            var feeder = (ByteArrayFeeder) parser.nonBlockingInputFeeder();
            feeder.feedInput(body, 0, body.length);
            feeder.endOfInput();
            return new ListOracle(body, items, parser).document();
        } catch (JacksonException | NotFilterable refused) {
            return Optional.empty();
        }
    }

    private static boolean startsWithMark(byte[] body) {
        return body.length >= MARK.length && Arrays.equals(MARK, 0, MARK.length, body, 0, MARK.length);
    }

    private static byte[] marked(byte[] body) {
        byte[] marked = Arrays.copyOf(MARK, MARK.length + body.length);
        System.arraycopy(body, 0, marked, MARK.length, body.length);
        return marked;
    }

    private Optional<byte[]> document() {
        JsonToken first = next();
        if (items.isEmpty()) {
            list(first);
        } else if (first == JsonToken.START_OBJECT) {
            while (next() != JsonToken.END_OBJECT) {
                boolean here = parser.currentName().equals(items.get());
                JsonToken value = next();
                if (here) {
                    list(value);
                } else {
                    parser.skipChildren();
                }
            }
        }
        if (!found || nextOrEnd().isPresent()) {
            throw new NotFilterable();
        }
        out.write(body, copied, body.length - copied);
        return Optional.of(out.toByteArray());
    }

    private void list(JsonToken token) {
        found = true;
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        if (token != JsonToken.START_ARRAY) {
            throw new NotFilterable();
        }
        int open = end();
        int before = open;
        int firstRow = 0;
        var kept = new ArrayList<int[]>();
        int rows = 0;
        while (next() == JsonToken.START_OBJECT) {
            int start = end() - 1;
            firstRow = rows == 0 ? start : firstRow;
            boolean keep = keep();
            if (keep) {
                kept.add(new int[] {before, start, end()});
            }
            before = end();
            rows++;
        }
        if (parser.currentToken() != JsonToken.END_ARRAY) {
            throw new NotFilterable();
        }
        if (kept.size() < rows) {
            write(open, firstRow, kept, before, end());
        }
    }

    private void write(int open, int firstRow, List<int[]> kept, int behind, int end) {
        out.write(body, copied, open - copied);
        for (int[] row : kept) {
            boolean first = row == kept.getFirst();
            if (first) {
                out.write(body, open, firstRow - open);
            }
            int from = first ? row[1] : row[0];
            out.write(body, from, row[2] - from);
        }
        copied = kept.isEmpty() ? end - 1 : behind;
    }

    private boolean keep() {
        Optional<String> id = Optional.empty();
        Optional<Boolean> archived = Optional.empty();
        while (next() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken value = next();
            if (name.equals("id")) {
                id = switch (value) {
                    case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                        Optional.of(parser.getString()).filter(text -> !text.isEmpty());
                    default -> Optional.empty();
                };
            } else if (name.equals("status")) {
                archived = Optional.of(
                        value == JsonToken.VALUE_STRING && parser.getString().equals("archived"));
            }
            parser.skipChildren();
        }
        if (archived.isEmpty() && id.isEmpty()) {
            throw new NotFilterable();
        }
        Optional<String> known = id;
        return !archived.orElseGet(() -> TRASHED.contains(known.orElseThrow()));
    }

    private JsonToken next() {
        return nextOrEnd().orElseThrow(NotFilterable::new);
    }

    private Optional<JsonToken> nextOrEnd() {
        JsonToken token = parser.nextToken();
        // At the end of the bytes it waits for more, until it is asked again.
        return Optional.ofNullable(token == JsonToken.NOT_AVAILABLE ? parser.nextToken() : token);
    }

    private int end() {
        return (int) parser.currentLocation().getByteOffset();
    }

    private static final class NotFilterable extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
