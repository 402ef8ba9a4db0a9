package dev.cenotaph.policy.marker;

import dev.cenotaph.policy.JsonScalar;
import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.marker.MarkerReading.Hidden;
import dev.cenotaph.policy.marker.MarkerReading.Live;
import dev.cenotaph.policy.marker.MarkerReading.Trashed;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** A marker that is one member of the item: what its values mean and which to write. */
sealed interface Field {

    /** What a value that is there means. */
    MarkerReading read(JsonSpan value);

    /** The JSON text that trashes. */
    String trashed(Instant deleteTime);

    /** The JSON text that restores, whatever the item had before. */
    Optional<String> alwaysLive();

    /** The JSON text that restores where nobody knows what the item had before. */
    Optional<String> live();

    /** The JSON text that stands for an absent member where a write cannot take one away. */
    String blank();

    record Flag() implements Field {
        @Override
        public MarkerReading read(JsonSpan value) {
            return switch (value.kind()) {
                case TRUE -> new Trashed(Optional.empty());
                case FALSE, NULL -> new Live();
                case NUMBER, STRING -> spelled(value);
                case OBJECT, ARRAY -> new Hidden();
            };
        }

        /** As databases without booleans and forms spell it. */
        private static MarkerReading spelled(JsonSpan value) {
            if (value.kind() == JsonSpan.Kind.NUMBER) {
                double number = Double.parseDouble(value.json());
                return number == 1 ? new Trashed(Optional.empty()) : number == 0 ? new Live() : new Hidden();
            }
            return switch (value.text().toLowerCase(Locale.ROOT)) {
                case "1", "true" -> new Trashed(Optional.empty());
                case "0", "false", "" -> new Live();
                default -> new Hidden();
            };
        }

        @Override
        public String trashed(Instant deleteTime) {
            return "true";
        }

        @Override
        public Optional<String> alwaysLive() {
            return Optional.empty();
        }

        @Override
        public Optional<String> live() {
            return Optional.of("false");
        }

        @Override
        public String blank() {
            return "false";
        }
    }

    record Timestamp() implements Field {
        @Override
        public MarkerReading read(JsonSpan value) {
            return Timestamps.read(value);
        }

        @Override
        public String trashed(Instant deleteTime) {
            return Timestamps.json(deleteTime);
        }

        @Override
        public Optional<String> alwaysLive() {
            return Optional.empty();
        }

        @Override
        public Optional<String> live() {
            return Optional.of("null");
        }

        @Override
        public String blank() {
            return "null";
        }
    }

    record Status(JsonScalar value, Optional<JsonScalar> liveValue) implements Field {
        @Override
        public MarkerReading read(JsonSpan found) {
            return Scalars.same(found, JsonSpan.of(value.json())) ? new Trashed(Optional.empty()) : new Live();
        }

        @Override
        public String trashed(Instant deleteTime) {
            return value.json();
        }

        @Override
        public Optional<String> alwaysLive() {
            return liveValue.map(JsonScalar::json);
        }

        @Override
        public Optional<String> live() {
            return alwaysLive();
        }

        @Override
        public String blank() {
            return "null";
        }
    }
}
