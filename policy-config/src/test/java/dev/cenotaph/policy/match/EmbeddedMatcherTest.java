package dev.cenotaph.policy.match;

import static dev.cenotaph.policy.match.Policies.resource;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.policy.PolicySet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedMatcherTest {
    private static final PolicySet SHOP = Policies.set(
            resource("customers", "/customers")
                    .embedded("/invoices/{invoice}")
                    .embedded("/invoices/latest")
                    .embedded("/reports/"),
            resource("notes", "/users/{user}/notes").embedded("/users/{user}").embedded("/invoices/{id}"),
            resource("gone", "/gone").embedded("/invoices/{id}").off());
    private static final EmbeddedMatcher MATCHER = new EmbeddedMatcher(SHOP);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /invoices/7      | customers notes
            /invoices/latest | customers customers notes
            /invoices        |
            /invoices/7/x    |
            /reports/        | customers
            /users/u1        | notes
            /users/a%20b     | notes
            /health          |
            /INVOICE/7       |
            """)
    void pathMeetsAllRulesThatAreItsTemplate(String path, @Nullable String resources) {
        var reading = MATCHER.read(path);
        assertThat(reading.ambiguous()).isEmpty();
        assertThat(reading.items().stream().map(match -> match.policy().name()).sorted())
                .containsExactlyElementsOf(resources == null ? List.of() : List.of(resources.split(" ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/Invoices/7",
                "/invoices/7/",
                "/invoices//7",
                "//invoices/7",
                "/invoices/./7",
                "/x/../invoices/7",
                "/%69nvoices/7",
                "/invoices;x=1/7",
                "/invoices\\7",
                "/reports",
                "/USERS/7"
            })
    void lookalikeIsRefused(String path) {
        assertThat(MATCHER.read(path).ambiguous()).isPresent();
    }

    @Test
    void variableWithTheNameOfAParentIsItsId() {
        assertThat(MATCHER.read("/users/a%20b").items())
                .extracting(EmbeddedMatch::parents)
                .containsExactly(Optional.of(List.of("a b")));
        assertThat(MATCHER.read("/invoices/7").items().stream()
                        .filter(match -> match.policy().name().equals("notes")))
                .extracting(EmbeddedMatch::parents)
                .containsExactly(Optional.empty());
    }

    @Test
    void withoutRulesNothingIsRead() {
        var matcher = new EmbeddedMatcher(Policies.set(resource("customers", "/customers")));
        assertThat(matcher.isEmpty()).isTrue();
        assertThat(matcher.read("//Invoices/7").ambiguous()).isEmpty();
    }
}
