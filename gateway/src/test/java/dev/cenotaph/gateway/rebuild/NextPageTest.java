package dev.cenotaph.gateway.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenotaph.policy.Listing.Next;
import dev.cenotaph.policy.Place;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class NextPageTest {
    private static final URI PAGE = URI.create("http://shop:9090/api/orders?page=1");
    private static final NextPage BODY = new NextPage(List.of(new Next.Body(new Place(List.of("links", "next")))));
    private static final NextPage HEADERS = new NextPage(List.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/orders?page=2                    | http://shop:9090/api/orders?page=2",
                "?page=2                               | http://shop:9090/api/orders?page=2",
                "orders?cursor=a%2Fb                   | http://shop:9090/api/orders?cursor=a%2Fb",
                "http://shop:9090/api/orders?page=2#x  | http://shop:9090/api/orders?page=2",
                "HTTP://SHOP:9090/p                    | HTTP://SHOP:9090/p",
                "//shop:9090/p                         | http://shop:9090/p",
            })
    void linkIsResolvedAgainstThePage(String link, String next) {
        assertThat(BODY.after(PAGE, new HttpHeaders(), body("\"" + link.strip() + "\"")))
                .contains(URI.create(next));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\" \"", "false", "{}", "3"})
    void withoutALinkThePageIsTheLast(String link) {
        assertThat(BODY.after(PAGE, new HttpHeaders(), body(link))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://elsewhere:9090/p",
                "https://shop:9090/p",
                "http://shop:9091/p",
                "//elsewhere/p",
                "http://shop:9090@elsewhere/p",
                "mailto:a@b",
                "http:///p",
                "http://shop:9090/{id}",
                "/a b"
            })
    void linkToAnotherServerOrNowhereIsRefused(String link) {
        assertThatThrownBy(() -> BODY.after(PAGE, new HttpHeaders(), body("\"" + link + "\"")))
                .isInstanceOf(UnreadablePageException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "</p?page=2>; rel=next                                | 2",
                "</p?page=2>; rel=\"next\"                            | 2",
                "</p?page=2>;rel=NEXT                                 | 2",
                "</p?page=0>; rel=prev, </p?page=2>; rel=\"next last\" | 2",
                "</p?page=2>; title=\"a, <b>; rel=prev\"; rel=next    | 2",
                "</p?page=2>; rel=nextpage                            | none",
                "</p?page=2>; title=\"rel=next\"                      | none",
                "</p?page=2>                                          | none",
                "garbage                                              | none",
            })
    void linkHeaderIsKnownWithoutAPolicy(String value, String page) {
        var headers = new HttpHeaders();
        headers.add("Link", value.strip());
        assertThat(HEADERS.after(PAGE, headers, body("null")).map(URI::getQuery).orElse("page=none"))
                .isEqualTo("page=" + page);
    }

    @Test
    void anotherHeaderHoldsTheLinkItself() {
        var headers = new HttpHeaders();
        headers.add("X-Next", "/api/orders?page=7");
        assertThat(new NextPage(List.of(new Next.Header("x-next"))).after(PAGE, headers, body("null")))
                .contains(URI.create("http://shop:9090/api/orders?page=7"));
    }

    private static byte[] body(String link) {
        return ("{\"data\":[],\"links\":{\"next\":" + link + "}}").getBytes(StandardCharsets.UTF_8);
    }
}
