package dev.cenotaph.load.legacy;

import dev.cenotaph.load.legacy.Json.Elements;
import dev.cenotaph.load.legacy.Json.Members;
import dev.cenotaph.load.legacy.Json.Scalar;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON text into {@link Json}, cutting scalars out of the text instead of converting them. */
final class JsonReader {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String text;
    private final JsonParser parser;

    private JsonReader(String text, JsonParser parser) {
        this.text = text;
        this.parser = parser;
    }

    /** @throws Refusal 400, if this is not one JSON text in UTF-8 */
    static Json read(byte[] utf8) {
        try {
            return read(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            throw Refusal.malformed("the body is not UTF-8");
        }
    }

    /** @throws Refusal 400, if this is not one JSON text */
    static Json read(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                throw Refusal.malformed("a JSON body is needed");
            }
            Json value = new JsonReader(text, parser).value();
            if (parser.nextToken() != null) {
                throw Refusal.malformed("the body holds more than one JSON value");
            }
            return value;
        } catch (JacksonException e) {
            throw Refusal.malformed("malformed JSON: " + e.getOriginalMessage());
        }
    }

    /** @throws Refusal 400, if this is not one JSON object */
    static Members readObject(byte[] utf8) {
        return object(read(utf8));
    }

    static Members object(Json value) {
        if (value instanceof Members members) {
            return members;
        }
        throw Refusal.malformed("a JSON object is needed");
    }

    static String stringValue(String quoted) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), quoted)) {
            parser.nextToken();
            return parser.getString();
        }
    }

    private Json value() {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> members();
            case START_ARRAY -> elements();
            case VALUE_STRING -> string();
            default -> new Scalar(parser.getString());
        };
    }

    private Members members() {
        SequencedMap<String, Json> members = new LinkedHashMap<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            members.put(name, value());
        }
        return new Members(members);
    }

    private Elements elements() {
        List<Json> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value());
        }
        return new Elements(elements);
    }

    private Scalar string() {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.finishToken();
        int end = (int) parser.currentLocation().getCharOffset();
        return new Scalar(text.substring(start, end));
    }
}
