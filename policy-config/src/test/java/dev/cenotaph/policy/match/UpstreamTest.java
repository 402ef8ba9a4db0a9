package dev.cenotaph.policy.match;

import static dev.cenotaph.policy.match.Policies.matcher;
import static dev.cenotaph.policy.match.Policies.resource;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /                        |
                    /other                   |
                    /api                     |
                    /api/other               |
                    /api/orders              | http://shop
                    /api/orders/7/x/y        | http://shop
                    /API/Orders/7            | http://shop
                    /api/orders-archive      |
                    /api/users               | http://people
                    /api/users/1             | http://people
                    /api/users/1/x           | http://people
                    /api/users/1/orders/7    | http://shop
                    /api/users/1/orders      | http://shop
                    /people/x                | http://people
                    /old/things/7            | http://old
                    /old/other               | http://old
                    /o/7                     | http://shop
                    /search                  | http://shop
                    /old-search              | http://old
                    old/things/7             | http://old
                    """)
    void pathBelongsToTheOneUpstreamBelow(String path, String upstream) {
        PolicyMatcher matcher = matcher(
                resource("orders", "/api/orders")
                        .upstream("http://shop")
                        .alias("/o/{id}")
                        .view("/search"),
                resource("users", "/api/users").upstream("http://people"),
                resource("theirs", "/api/users/{user}/orders").upstream("http://shop"),
                resource("teams", "/people/teams").upstream("http://people"),
                resource("old", "/old/things")
                        .upstream("http://old")
                        .view("/old-search")
                        .off());

        assertThat(matcher.upstreamFor(path))
                .isEqualTo(Optional.ofNullable(upstream).map(URI::create));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/other", "/api/orders/7", "//x", "*", ""})
    void loneUpstreamHasEverything(String path) {
        PolicyMatcher matcher = matcher(
                resource("orders", "/api/orders"), resource("users", "/users").off());

        assertThat(matcher.upstreamFor(path)).contains(Policies.UPSTREAM);
    }
}
