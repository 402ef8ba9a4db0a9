package dev.cenotaph.policy.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenotaph.policy.InvalidPolicyException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpstreamTest {
    private static final Map<String, String> SET = Map.of(
            "URL", "https://shop.example:8443/",
            "HOST", "shop",
            "PORT", "81",
            "EMPTY", "",
            "SECRET", "http://user:pass@shop",
            "NESTED", "${HOST}");

    @ParameterizedTest
    @CsvSource({
        "http://localhost:9090, http://localhost:9090",
        "http://localhost/, http://localhost",
        "http://[::1]:9090, http://[::1]:9090",
        "${URL}, https://shop.example:8443",
        "http://${HOST}:${PORT}, http://shop:81",
        "${UNSET:http://localhost:9090}, http://localhost:9090",
        "${EMPTY:http://localhost:9090}, http://localhost:9090",
        "http://${HOST:other}:${UNSET:82}/, http://shop:82",
    })
    void variablesAreFilledIn(String upstream, String expected) {
        assertThat(Yaml.compile(SET, file(upstream)).files().getFirst().upstream())
                .hasToString(expected);
    }

    @Test
    void everyVariableThatIsNotSetIsToldByName() {
        assertThatThrownBy(() -> Yaml.compile(SET, file("http://${A}:${B}/${EMPTY}")))
                .hasMessageContainingAll("`A` is not set", "`B` is not set", "`EMPTY` is not set");
    }

    @Test
    void valuesFromTheEnvironmentAreNeitherExpandedAgainNorShown() {
        assertThatThrownBy(() -> Yaml.compile(SET, file("${SECRET}")))
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessageContaining("`${SECRET}`, filled in, has a user")
                .message()
                .doesNotContain("pass@");
        assertThatThrownBy(() -> Yaml.compile(SET, file("http://${NESTED}"))).hasMessageContaining("invalid-upstream");
    }

    @Test
    void variablesAreFilledInNowhereElse() {
        assertThat(Yaml.problems(Yaml.orders("wrap: ${HOST}"))).isEmpty();
        assertThat(Yaml.only(Yaml.orders("wrap: ${HOST}")).wrap()).hasToString("/${HOST}");
    }

    @Test
    void environmentOfTheProcessIsThere() {
        assertThat(Environment.ofProcess().get("PATH")).isNotEmpty();
    }

    private static String file(String upstream) {
        return "version: 1\nupstream: \"" + upstream
                + "\"\nresources: { orders: { path: /orders, marker: { flag: x } } }\n";
    }
}
