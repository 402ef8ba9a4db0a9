package dev.cenotaph.gateway.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.TestGateway;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is odd but harmless goes through as it came, byte for byte; what the gateway adds, no client can take away. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HarmlessRequestsTest {
    private final CarelessUpstream upstream = new CarelessUpstream("/api/orders", "/api/parcels");
    private final TestGateway gateway = TestGateway.with(TestGateway.policy(upstream.port(), """
            orders: { path: /api/orders, marker: { timestamp: deleted_at } }
            parcels: { path: /api/parcels, marker: { timestamp: deleted_at }, write: { exists: if-match } }
            """));

    @BeforeEach
    void forget() {
        upstream.forget();
    }

    @AfterAll
    void stop() throws IOException {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a%20b",
                "%C3%A9t%C3%A9",
                "%c3%a9t%c3%a9",
                "%E6%97%A5%E6%9C%AC",
                "%F0%9F%98%80",
                "e%CC%81",
                "v1.2.3",
                "7.json",
                "7.tar.gz",
                ".hidden",
                "a..b",
                "a:b",
                "a%3Ab",
                "urn:isbn:0451450523",
                "~x",
                "%7Ex",
                "%7ex",
                "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
                "F81D4FAE-7DEC-11D0-A765-00A0C91E6BF7",
                "a+b",
                "a%2Bb",
                "a,b",
                "(1)",
                "%281%29",
                "100%25",
                "50%25-off",
                "a@b.example",
                "a=b&c",
                "$x!",
                "a*b",
                "a'b",
                "a%7Cb",
                "%5B0%5D",
                "a_b-c",
                "-1",
                "null",
                "restore",
                "_method",
                "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
            })
    void oddIdIsTrashedAndComesBack(String id) {
        String item = "/api/orders/" + id;
        assertThat(status("DELETE " + item + "?filter[x]=%5B")).isEqualTo("204");
        assertThat(status("GET " + item)).isEqualTo("410");
        assertThat(status("POST " + item + ":undelete", "Content-Length: 0")).isEqualTo("200");
        assertThat(status("GET " + item)).isEqualTo("200");
        assertThat(upstream.arrived())
                .isNotEmpty()
                .allMatch(request -> request.path().equals(item));
        assertThat(upstream.arrived()).noneMatch(request -> request.method().equals("DELETE"));
    }

    @Test
    void longIdIsTrashedAndComesBack() {
        oddIdIsTrashedAndComesBack("x%20y".repeat(400));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiterString = " => ", nullValues = "-", textBlock = """
                    with_trashed=true                              => -
                    a=1&with_trashed=true&b=2                      => a=1&b=2
                    with_trashed=false&a=1                         => a=1
                    a=1&only_trashed=false                         => a=1
                    a=1&permanent=false                            => a=1
                    with_trashed=true&a=1&only_trashed=false&b=2   => a=1&b=2
                    z=1&a=2&z=3                                    => z=1&a=2&z=3
                    q=a%20b&q=A+B&&y=&x                            => q=a%20b&q=A+B&&y=&x
                    page[number]=2&filter[a][b]=%5B%20%5D          => page[number]=2&filter[a][b]=%5B%20%5D
                    page[number]=2&with_trashed=true&c=%7e%7E      => page[number]=2&c=%7e%7E
                    q=/../x//y?z;v                                 => q=/../x//y?z;v
                    q=%C3%A9&r=100%25                              => q=%C3%A9&r=100%25
                    q=with_trashed=true                            => q=with_trashed=true
                    with_trashed2=x&xpermanent=y                   => with_trashed2=x&xpermanent=y
                    """)
    void otherParametersGoOnAsTheyAre(String query, String forwarded) {
        String expected = forwarded == null ? "" : "?" + forwarded;
        for (String path : new String[] {"/api/orders/7%20a", "/api/orders"}) {
            upstream.forget();
            assertThat(status("GET " + path + "?" + query)).isEqualTo("200");
            assertThat(upstream.arrived()).extracting(Arrived::target).containsExactly(path + expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/a%20b", "/health//a/./b", "/health/a%2Fb;v=1", "/health/%7Ex/%7ex", "/health/%25"})
    void ungovernedPathGoesOnAsItIs(String path) {
        for (String target : new String[] {path, path + "?filter[x]=%5B&y=a+b", path + "?with_trashed=maybe"}) {
            upstream.forget();
            assertThat(status("DELETE " + target)).isEqualTo("200");
            assertThat(upstream.arrived()).extracting(Arrived::target).containsExactly(target);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with_trashed",
                "with_trashed=",
                "with_trashed=TRUE",
                "with_trashed=1",
                "with_trashed=%74rue",
                "with_trashed=true&with_trashed=true",
                "with_trashed=true&show_deleted=true",
                "With_Trashed=true",
                "with%5Ftrashed=true",
                "a=1;with_trashed=true",
                "only_trashed=yes",
                "only_trashed=false&only_trashed=false",
                "permanent=maybe",
                "permanent=false&permanent=true",
                "%70ermanent=false"
            })
    void parameterOfOursIsThereOnceAndTrueOrFalse(String query) {
        for (String line : new String[] {
            "GET /api/orders/7", "HEAD /api/orders/7", "GET /api/orders", "DELETE /api/orders/7", "PATCH /api/orders/7"
        }) {
            assertThat(status(line + "?" + query, "Content-Length: 0")).as(line).isEqualTo("400");
        }
        assertThat(upstream.arrived()).isEmpty();
    }

    @Test
    void connectionHeaderStripsNothingOfTheMarkerWrite() {
        String listed = "Connection: if-match, content-type, accept, accept-encoding, content-length, host";
        assertThat(status("DELETE /api/parcels/7", listed)).isEqualTo("204");
        Arrived write = upstream.arrived().getLast();
        assertThat(write.method()).isEqualTo("PATCH");
        assertThat(write.values("If-Match")).containsExactly("*");
        assertThat(write.values("Content-Type")).containsExactly("application/merge-patch+json");
        assertThat(write.values("Content-Length"))
                .containsExactly(Integer.toString(write.body().length()));
        assertThat(write.values("Connection")).isEmpty();
    }

    @Test
    void connectionHeaderStripsNothingOfAList() {
        assertThat(status(
                        "GET /api/orders",
                        "Connection: accept-encoding, range",
                        "connection: Accept-Encoding",
                        "Accept-Encoding: gzip",
                        "Range: bytes=0-1"))
                .isEqualTo("200");
        Arrived read = upstream.arrived().getLast();
        assertThat(read.values("Accept-Encoding")).containsExactly("identity");
        assertThat(read.values("Range")).isEmpty();
        assertThat(read.values("Connection")).isEmpty();
    }

    @Test
    void connectionHeaderStillStripsWhatTheClientSent() {
        assertThat(status("GET /api/orders/7", "Connection: x-mine", "X-Mine: 1", "X-Other: 2"))
                .isEqualTo("200");
        Arrived read = upstream.arrived().getLast();
        assertThat(read.values("X-Mine")).isEmpty();
        assertThat(read.values("X-Other")).containsExactly("2");
    }

    @Test
    void overrideThatIsAppliedReachesTheUpstreamInNoForm() {
        assertThat(status("DELETE /api/orders/9", "X-Original-URL: /api/orders/9"))
                .isEqualTo("204");
        assertThat(upstream.arrived())
                .allMatch(request -> request.values("X-Original-URL").isEmpty());
    }

    private String status(String line, String... fields) {
        return Outcome.status(gateway.raw(HostileRequest.request(line, fields)));
    }
}
