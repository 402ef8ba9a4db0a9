package dev.cenotaph.policy.match;

import static dev.cenotaph.policy.match.Policies.matcher;
import static dev.cenotaph.policy.match.Policies.resource;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HarmlessPathTest {
    private final PolicyMatcher matcher = matcher(resource("orders", "/api/orders"));

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
                    7                                    => 7
                    a%20b                                => a b
                    a%20%20b                             => a  b
                    %C3%A9                               => é
                    %c3%a9t%c3%a9                        => été
                    é                                    => é
                    日本                                   => 日本
                    %E6%97%A5%E6%9C%AC                   => 日本
                    %F0%9F%98%80                         => 😀
                    😀                                    => 😀
                    %D7%A9%D7%9C%D7%95%D7%9D             => שלום
                    e%CC%81                              => e\u0301
                    v1.2                                 => v1.2
                    1.2.3                                => 1.2.3
                    7.json                               => 7.json
                    7.tar.gz                             => 7.tar.gz
                    .hidden                              => .hidden
                    ..hidden                             => ..hidden
                    a..b                                 => a..b
                    a:b                                  => a:b
                    a%3Ab                                => a:b
                    urn:isbn:0451450523                  => urn:isbn:0451450523
                    7:other                              => 7:other
                    :undelete                            => :undelete
                    ~x                                   => ~x
                    %7Ex                                 => ~x
                    f81d4fae-7dec-11d0-a765-00a0c91e6bf6 => f81d4fae-7dec-11d0-a765-00a0c91e6bf6
                    F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6 => F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6
                    AbCdEf                               => AbCdEf
                    a+b                                  => a+b
                    a%2Bb                                => a+b
                    a,b                                  => a,b
                    a%2Cb                                => a,b
                    (1)                                  => (1)
                    %281%29                              => (1)
                    a@b                                  => a@b
                    a%40b.example                        => a@b.example
                    100%25                               => 100%
                    %25                                  => %
                    50%25-off                            => 50%-off
                    a%25zz                               => a%zz
                    a=b&c                                => a=b&c
                    a%3Db%26c                            => a=b&c
                    $x!                                  => $x!
                    a*b                                  => a*b
                    a'b                                  => a'b
                    a%7Bb%7D                             => a{b}
                    a|b                                  => a|b
                    a%7Cb                                => a|b
                    %5B0%5D                              => [0]
                    a^b`c                                => a^b`c
                    a_b-c                                => a_b-c
                    0                                    => 0
                    -1                                   => -1
                    null                                 => null
                    trashed2                             => trashed2
                    restore                              => restore
                    wait%E2%80%A6what                    => wait…what
                    %C2%BD                               => ½
                    %EF%BC%97                            => ７
                    %EF%BC%9F                            => ？
                    caf%C3%A9%20au%20lait                => café au lait
                    u003d                                => u003d
                    """)
    void oddIdIsAnId(String raw, String id) {
        assertThat(Readings.line(matcher.read("/api/orders/" + raw))).isEqualTo("orders item orders:" + id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "*",
                "//",
                "///",
                "/.",
                "/..",
                "/../..",
                "/%",
                "/%zz",
                "/%25",
                "/%2F",
                "/%00",
                "/\\",
                "/;",
                "/api",
                "/api/",
                "/API",
                "/api//",
                "/api/order",
                "/api/orders2",
                "/api/orders2/7",
                "/api/orders.json",
                "/api/orders-7",
                "/x/api/orders/7",
                "/health",
                "/static/app.js;v=1",
                "/static//img/../a%20b.png",
                "/fetch/https%3A%2F%2Fexample.com%2Fa%3Fb%3D1%26c%3D%2523x/",
                "/.well-known/security.txt",
                "http://legacy.test/health",
                "/a%2Fb/c%5Cd;x=1/./e//f%252e/"
            })
    void pathThatNoReadingGovernsIsUngoverned(String path) {
        assertThat(matcher.read(path)).isEqualTo(new PathReading.Ungoverned());
    }

    @Test
    void setWithoutResourcesGovernsNothing() {
        PolicyMatcher empty = matcher();

        assertThat(empty.read("/api/orders/7")).isEqualTo(new PathReading.Ungoverned());
        assertThat(empty.read("/api/%6Frders;x/..//7")).isEqualTo(new PathReading.Ungoverned());
        assertThat(empty.upstreamFor("/api/orders/7")).isEmpty();
    }
}
