package dev.cenotaph.load.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"n\":1.10}",
                "{\"n\":12345678901234567890}",
                "{\"n\":[-0,-0.0,1E+2,1e5,0.1000]}",
                "{\"s\":\"\\u00e9 é \\/ \\ud83d\\ude00 😀 \\\"\"}",
                "{\"b\":{\"a\":1},\"a\":null,\"c\":[true,false,[],{}]}",
                "\"alone\"",
                "7"
            })
    void compactTextKeepsItsSpelling(String text) {
        assertThat(JsonReader.read(text)).hasToString(text);
    }

    @Test
    void longTextKeepsItsSpelling() {
        String text =
                "[" + "{\"k\":\"\\u00e9 value\",\"n\":1.50},".repeat(20_000) + "\"" + "x\\n".repeat(50_000) + "\"]";

        assertThat(JsonReader.read(text)).hasToString(text);
    }

    @Test
    void whiteSpaceBetweenTokensIsDropped() {
        assertThat(JsonReader.read(" { \"a\" : [ 1 , \"b c\" ] } ")).hasToString("{\"a\":[1,\"b c\"]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{\"a\":}", "{} {}", "{\"a\":1,\"a\":2}", "nul", "01", "{'a':1}"})
    void malformedTextIsRefused(String text) {
        assertThatThrownBy(() -> JsonReader.read(text)).isInstanceOf(Refusal.class);
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        assertThatThrownBy(() -> JsonReader.read(new byte[] {'"', (byte) 0xC3, '"'}))
                .isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.0 | 1 | true",
                "1 | \"1\" | false",
                "\"\\u00e9\" | \"é\" | true",
                "{\"a\":1,\"b\":2} | {\"b\":2,\"a\":1} | true",
                "{\"a\":1} | {\"a\":1,\"b\":2} | false",
                "[1,2] | [2,1] | false",
                "null | false | false"
            })
    void valuesAreComparedAsRfc6902Says(String one, String other, boolean same) {
        assertThat(JsonReader.read(one).sameAs(JsonReader.read(other))).isEqualTo(same);
    }
}
