package dev.cenotaph.policy.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenotaph.policy.Place;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /card           | {"id":7,"card":"4111"}                      | {"id":7}
            /card           | {"card":"4111","id":7}                      | {"id":7}
            /card           | { "card" : "4111" , "id" : 1.50 }           | { "id" : 1.50 }
            /card           | {"card":{"number":"4111"}}                  | {}
            /card           | {"card":1,"card":2,"id":7,"card":3}         | {"id":7}
            /card           | {"id":7,"card":1,"card":2,"sum":1}          | {"id":7,"sum":1}
            /card           | {"c\\u0061rd":"4111","id":7}                | {"id":7}
            /card           | {"id":7,"holder":{"card":"4111"}}           | {"id":7,"holder":{"card":"4111"}}
            /holder/card    | {"id":7,"holder":{"card":"4111"}}           | {"id":7,"holder":{}}
            /holder/card    | {"holder":{"card":1},"holder":{"card":2}}   | {"holder":{},"holder":{}}
            /holder/card    | {"holder":"nobody"}                         | {"holder":"nobody"}
            /cards/*/number | {"cards":[{"number":1},{"number":2,"a":0}]} | {"cards":[{},{"a":0}]}
            /cards/1        | {"cards":[1, 2, 3]}                         | {"cards":[1, null, 3]}
            /cards/*        | {"cards":[1, "2"]}                          | {"cards":[null, null]}
            /cards/*        | {"cards":{"*":1,"a":2}}                     | {"cards":{"a":2}}
            /a/b            | [1]                                         | [1]
            """)
    void memberGoesAndEveryOtherByteStays(String pointer, String document, String left) {
        assertThat(redacted(document, pointer)).isEqualTo(left);
    }

    @Test
    void severalPlacesGo() {
        assertThat(redacted("{\"a\":1,\"b\":{\"c\":2},\"d\":3}", "/a", "/b/c", "/d"))
                .isEqualTo("{\"b\":{}}");
    }

    @Test
    void whatIsNoDocumentIsRefused() {
        assertThatThrownBy(() -> redacted("card=4111", "/card")).isInstanceOf(MalformedJsonException.class);
    }

    private static String redacted(String document, String... pointers) {
        List<Place> places = Arrays.stream(pointers)
                .map(pointer -> new Place(List.of(pointer.substring(1).split("/"))))
                .toList();
        return new String(new Redaction(places).of(document.getBytes(UTF_8)), UTF_8);
    }
}
