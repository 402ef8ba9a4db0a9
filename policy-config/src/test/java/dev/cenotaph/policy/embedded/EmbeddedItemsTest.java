package dev.cenotaph.policy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenotaph.policy.json.MalformedJsonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left of a document. Customers 9 and 99 are in the trash. */
class EmbeddedItemsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            at: customer                  | {"n":1,"customer":{"id":9}}              | {"n":1}
            at: customer                  | {"customer":{"id":"9"},"n":1}            | {"n":1}
            at: customer                  | {"customer":{"id":1}}                    | {"customer":{"id":1}}
            at: customer                  | {"customer":null}                        | {"customer":null}
            at: customer                  | {"other":{"id":9}}                       | {"other":{"id":9}}
            at: customer                  | {"customer":{"id":1,"gone":true}}        | {}
            at: customer                  | {"customer":{"id":9,"gone":false}}       | {}
            at: customer                  | {"customer":{"gone":true}}               | {}
            at: customer, trashed: null   | {"customer":{"id":9},"n":1}              | {"customer":null,"n":1}
            at: customer, trashed: keep   | {"customer":{"id":9}}                    | {"customer":{"id":9}}
            at: customer, trashed: stub   | {"customer":{"a":1,"id":9}}              | {"customer":{"id":9,"state":"trashed"}}
            at: customer, trashed: stub   | {"customer":{"gone":true}}               | {"customer":{"state":"trashed"}}
            at: customer                  | {"customer":[{"id":1},{"id":9}]}         | {"customer":[{"id":1}]}
            at: customers                 | {"customers":[9,1,99]}                   | {"customers":[1]}
            at: customer                  | {"customer":9}                           | {}
            at: customer                  | {"customer":"/customers/9?x=1"}          | {}
            at: customer                  | {"customer":"https://x/customers/9"}     | {}
            at: customer, trashed: null   | {"customer":"9"}                         | {"customer":null}
            at: customer, trashed: stub   | {"customer":9}                           | {"customer":9}
            at: /rows/*/customer          | {"rows":[{"customer":{"id":9}},{"n":1}]} | {"rows":[{},{"n":1}]}
            at: /rows/*                   | {"rows":[{"id":9},{"id":1},{"id":99}]}   | {"rows":[{"id":1}]}
            at: /rows/*, trashed: null    | {"rows":[{"id":9},{"id":1}]}             | {"rows":[null,{"id":1}]}
            at: /rows/*, row: /who        | {"rows":[{"who":{"id":9}},{"x":1}]}      | {"rows":[{"x":1}]}
            at: /rows/*, row: /who, trashed: stub | {"rows":[{"n":1,"who":{"id":9}}]} | {"rows":[{"n":1,"who":{"id":9,"state":"trashed"}}]}
            at: /rows/*, row: /who        | {"rows":[{"who":9},{"who":1}]}           | {"rows":[{"who":1}]}
            at: /rows/1                   | {"rows":[{"id":9},{"id":9}]}             | {"rows":[{"id":9}]}
            at: /by/*                     | {"by":{"a":{"id":9},"b":{"id":1}}}       | {"by":{"b":{"id":1}}}
            at: [/a, /b]                  | {"a":{"id":9},"b":{"id":99},"c":9}       | {"c":9}
            at: /a, id: /key              | {"a":{"id":1,"key":9}}                   | {}
            at: /*                        | [{"id":9},{"id":1}]                      | [{"id":1}]
            at: customer                  | {"customer":{"id":9},"customer":{"id":9}} | {}
            at: customer                  | {"cust\\u006fmer":{"id":9}}              | {}
            at: /rows                     | {"rows":[[{"id":9}],[{"id":1}]]}         | {"rows":[[],[{"id":1}]]}
            """)
    void trashedItemGoes(String rule, String document, String left) {
        assertThat(Shown.with("{ path: /page, " + rule + " }", document)).isEqualTo(left);
    }

    @Test
    void everyOtherByteStays() {
        String document =
                "\uFEFF { \"n\" : 1.50 ,\r\n \"rows\" : [ {\"id\":9} ,\n\t{\"id\":1, \"e\":\"\\u00e9\\/\"} , {\"id\":99} ] }\n";
        assertThat(Shown.with("{ path: /page, at: /rows }", document))
                .isEqualTo("\uFEFF { \"n\" : 1.50 ,\r\n \"rows\" : [ {\"id\":1, \"e\":\"\\u00e9\\/\"} ] }\n");
    }

    @Test
    void halItemsGoWithTheLinksToThem() {
        String document = """
                {"_links":{"self":{"href":"/page"},"customer":{"href":"/customers/9"},
                  "other":[{"href":"/customers/1"},{"href":"/customers/7"}]},
                 "_embedded":{"customer":{"id":9},"other":[{"id":1},{"id":7,"gone":true}]}}""";
        assertThat(Shown.with("{ path: /page, at: [/_embedded/customer, /_embedded/other/*] }", document))
                .isEqualTo("""
                {"_links":{"self":{"href":"/page"},
                  "other":[{"href":"/customers/1"}]},
                 "_embedded":{"other":[{"id":1}]}}""");
    }

    @Test
    void halLinksGoWithoutTheirItemsToo() {
        assertThat(
                        Shown.with(
                                "{ path: /page, at: /_embedded/orders/*/_embedded/customer }",
                                "{\"_embedded\":{\"orders\":[{\"_links\":{\"customer\":{\"href\":\"/customers/9\"},\"self\":{}}}]}}"))
                .isEqualTo("{\"_embedded\":{\"orders\":[{\"_links\":{\"self\":{}}}]}}");
    }

    @Test
    void jsonApiDocumentLosesItemsAndLinkage() {
        String document = """
                {"data":[{"type":"articles","id":"1","relationships":{
                  "author":{"data":{"type":"people","id":"9"},"links":{"self":"/a"}},
                  "readers":{"data":[{"type":"people","id":"1"},{"type":"people","id":"5"},{"type":"people","id":"99"}]},
                  "tag":{"data":{"type":"tags","id":"9"}}}}],
                 "included":[{"type":"people","id":"9","attributes":{}},{"type":"people","id":"1","attributes":{},
                  "relationships":{"boss":{"data":{"type":"people","id":"5"}}}},
                  {"type":"tags","id":"9"},{"type":"people","id":"5","gone":true,"attributes":{}}]}""";
        assertThat(Shown.with("{ path: /page, type: people }", document)).isEqualTo("""
                {"data":[{"type":"articles","id":"1","relationships":{
                  "author":{"data":null,"links":{"self":"/a"}},
                  "readers":{"data":[{"type":"people","id":"1"}]},
                  "tag":{"data":{"type":"tags","id":"9"}}}}],
                 "included":[{"type":"people","id":"1","attributes":{},
                  "relationships":{"boss":{"data":null}}},
                  {"type":"tags","id":"9"}]}""");
    }

    @Test
    void whatWasIncludedForWhatWentGoesToo() {
        String document = """
                {"data":{"type":"articles","id":"1","relationships":{"author":{"data":{"type":"people","id":"9"}}}},\
                "included":[{"type":"people","id":"9","relationships":{"firm":{"data":{"type":"firms","id":"3"}}}},\
                {"type":"firms","id":"3","relationships":{"city":{"data":{"type":"cities","id":"4"}}}},\
                {"type":"cities","id":"4"},{"type":"notes","id":"5"}]}""";
        assertThat(Shown.with("{ path: /page, type: people }", document))
                .isEqualTo(
                        "{\"data\":{\"type\":\"articles\",\"id\":\"1\",\"relationships\":{\"author\":{\"data\":null}}},"
                                + "\"included\":[{\"type\":\"notes\",\"id\":\"5\"}]}");
    }

    @Test
    void relationshipOfJsonApiIsLinkage() {
        assertThat(Shown.with("{ path: /page, type: people }", "{\"data\":{\"type\":\"people\",\"id\":\"9\"}}"))
                .isEqualTo("{\"data\":null}");
        assertThat(Shown.with(
                        "{ path: /page, type: people }",
                        "{\"data\":[{\"type\":\"people\",\"id\":\"9\"},{\"type\":\"people\",\"id\":\"1\"}]}"))
                .isEqualTo("{\"data\":[{\"type\":\"people\",\"id\":\"1\"}]}");
    }

    @Test
    void stubInJsonApiKeepsTheLinkage() {
        String linkage = "{\"data\":{\"type\":\"a\",\"id\":\"1\",\"relationships\":{\"x\":{\"data\":"
                + "{\"type\":\"people\",\"id\":\"9\"}}}},\"included\":[";
        assertThat(Shown.with(
                        "{ path: /page, type: people, trashed: stub }",
                        linkage + "{\"type\":\"people\",\"id\":\"9\",\"attributes\":{\"name\":\"x\"}}]}"))
                .isEqualTo(linkage + "{\"type\":\"people\",\"id\":\"9\",\"meta\":{\"state\":\"trashed\"}}]}");
    }

    @Test
    void itemThatTellsNothingIsNotShown() {
        assertThatThrownBy(() -> Shown.with("{ path: /page, at: customer }", "{\"customer\":{\"name\":\"x\"}}"))
                .isInstanceOfSatisfying(
                        UntellableItemException.class,
                        e -> assertThat(e.why()).contains("customers").contains("neither marker nor id"));
        assertThat(Shown.with(
                        "/customers",
                        "{ path: /page, at: customer }",
                        "list: { on-unfilterable: pass }",
                        "{\"customer\":{\"name\":\"x\"}}"))
                .isEqualTo("{\"customer\":{\"name\":\"x\"}}");
    }

    @Test
    void idAloneDoesNotNameAnItemOfUnknownParents() {
        assertThatThrownBy(
                        () -> Shown.with("/shops/{shop}/customers", "{ path: /page, at: c }", "", "{\"c\":{\"id\":9}}"))
                .isInstanceOf(UntellableItemException.class);
        assertThat(Shown.with(
                        "/shops/{shop}/customers",
                        "{ path: /page, at: [c, d] }",
                        "",
                        "{\"c\":{\"id\":9,\"gone\":true},\"d\":{\"id\":99,\"gone\":false}}"))
                .isEqualTo("{\"d\":{\"id\":99,\"gone\":false}}");
    }

    @Test
    void whatIsNoJsonFails() {
        assertThatThrownBy(() -> Shown.with("{ path: /page, at: c }", "{\"c\":"))
                .isInstanceOf(MalformedJsonException.class);
    }
}
