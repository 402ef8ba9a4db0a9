package dev.cenotaph.gateway.listing;

import java.io.ByteArrayOutputStream;
import java.util.function.Predicate;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.async.ByteArrayFeeder;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** What one would write with Jackson to take the trashed rows out of an array of items with {@code id} and {@code deleted_at}. */
final class JacksonFilters {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final JsonFactory FACTORY = new JsonFactory();

    private JacksonFilters() {}

    static int rows(byte[] body) {
        return MAPPER.readTree(body).size();
    }

    /** A tree in and out. */
    static byte[] byTree(byte[] body, Predicate<String> isTrashed) {
        var rows = (ArrayNode) MAPPER.readTree(body);
        rows.removeIf(row -> isTrashed(row, isTrashed));
        return MAPPER.writeValueAsBytes(rows);
    }

    private static boolean isTrashed(JsonNode row, Predicate<String> isTrashed) {
        return (row.has("deleted_at") && !row.path("deleted_at").isNull())
                || isTrashed.test(row.path("id").asString());
    }

    /** Non-blocking tokens, for the offsets of the rows; what is kept is copied in runs. */
    static byte[] byTokens(byte[] body, Predicate<String> isTrashed) {
        var out = new ByteArrayOutputStream(body.length);
        try (var parser = FACTORY.createNonBlockingByteArrayParser(ObjectReadContext.empty())) {
            var feeder = (ByteArrayFeeder) parser.nonBlockingInputFeeder();
            feeder.feedInput(body, 0, body.length);
            feeder.endOfInput();
            new Tokens(parser, body, out, isTrashed).filter();
        }
        return out.toByteArray();
    }

    private static final class Tokens {
        private final JsonParser parser;
        private final byte[] body;
        private final ByteArrayOutputStream out;
        private final Predicate<String> isTrashed;
        private int copied;
        private boolean first = true;

        Tokens(JsonParser parser, byte[] body, ByteArrayOutputStream out, Predicate<String> isTrashed) {
            this.parser = parser;
            this.body = body;
            this.out = out;
            this.isTrashed = isTrashed;
        }

        void filter() {
            parser.nextToken();
            int before = end();
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                int start = end() - 1;
                boolean keep = keep();
                int end = end();
                if (!keep) {
                    out.write(body, copied, before - copied);
                    copied = end;
                } else if (first && copied > 0) {
                    copied = start;
                }
                first &= !keep;
                before = end;
            }
            out.write(body, copied, body.length - copied);
        }

        private boolean keep() {
            boolean trashed = false;
            String id = "";
            String name = "";
            int depth = 1;
            while (depth > 0) {
                switch (parser.nextToken()) {
                    case START_OBJECT, START_ARRAY -> depth++;
                    case END_OBJECT, END_ARRAY -> depth--;
                    case PROPERTY_NAME -> name = depth == 1 ? parser.currentName() : "";
                    case VALUE_NULL -> {}
                    default -> {
                        if (name.equals("id")) {
                            id = parser.getString();
                        } else if (name.equals("deleted_at")) {
                            trashed = true;
                        }
                    }
                }
            }
            return !trashed && !isTrashed.test(id);
        }

        private int end() {
            return (int) parser.currentLocation().getByteOffset();
        }
    }
}
