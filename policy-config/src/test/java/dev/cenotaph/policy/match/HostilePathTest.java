package dev.cenotaph.policy.match;

import static dev.cenotaph.policy.match.Policies.matcher;
import static dev.cenotaph.policy.match.Policies.resource;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.policy.match.PathReading.Ambiguous;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostilePathTest {
    private final PolicyMatcher matcher = matcher(
            resource("orders", "/api/orders").unlink("/api/orders/{id}/tags/{tag}"),
            resource("numbers", "/api/numbers").idPattern("[0-9]+"),
            resource("users", "/users"),
            resource("notes", "/users/{user}/notes"),
            resource("issues", "/issues.json").item("/issues/{id}.json").view("/search"));

    static Stream<String> hostilePaths() {
        return Stream.of(
                // case
                "/API/orders/7",
                "/api/Orders/7",
                "/api/ORDERS",
                "/api/orders/TRASHED",
                "/api/orders/7:UNDELETE",
                "/api/orders/7/Restore",
                "/api/orders/7/TAGS/red",
                "/issues/7.JSON",
                "/Issues.json",
                "/SEARCH",
                "/users/1/NOTES/7",
                "/api/orderſ/7",
                "/api/ｏrders/7",
                // slashes
                "//api/orders/7",
                "/api//orders/7",
                "/api/orders//7",
                "/api/orders/7/",
                "/api/orders/7//",
                "/api/orders/",
                "/api/orders//",
                "/api/orders/7//lines",
                "/api/orders/trashed/",
                "/api/orders/7:undelete/",
                "/api/orders/7/restore/",
                "/search/",
                "///api///orders///7",
                "//evil/api/orders/7",
                "api/orders/7",
                // dot segments
                "/./api/orders/7",
                "/api/./orders/7",
                "/api/orders/./7",
                "/api/orders/7/.",
                "/api/orders/7/..",
                "/api/orders/8/../7",
                "/api/orders/7/../../x",
                "/api/orders/7/./lines",
                "/api/x/../orders/7",
                "/x/../api/orders/7",
                "/../api/orders/7",
                "/api/../orders/7",
                "/api//../orders/7",
                "/api/x//../../orders/7",
                "/api/orders/.",
                "/api/orders/..",
                "/api/orders/...",
                "/api/orders/7/%2e",
                "/api/orders/%2e%2e/orders/7",
                "/api/%2e%2e/api/orders/7",
                "/api/x/%2E%2E/orders/7",
                "/api/x/.%2e/orders/7",
                "/api/x%2f%2e%2e/orders/7",
                "/api/x%2f..%2forders/7",
                "/api/x%2fy/%2e%2e/orders/7",
                "/api/x%5cy/%2e%2e/orders/7",
                "/api/x/%252e%252e/orders/7",
                "/api/orders/..%2f..%2fhealth",
                "/api/%u002e%u002e%2f..%2forders/7",
                "/api/%c0%ae%c0%ae%2f..%2forders/7",
                "/api/x/．．/orders/7",
                "/api/x/‥/orders/7",
                "/api/x/%E2%80%A5/orders/7",
                "/api/x/％2e％2e/orders/7",
                "/api/x/..%20/orders/7",
                // parameters
                "/api;x/orders/7",
                "/api/orders;x=1/7",
                "/api/orders;/7",
                "/api/orders/7;x",
                "/api/orders/7;x=1;y=2",
                "/api/orders/7/lines;x",
                "/api/orders/;x",
                "/api/orders/7%3Bx",
                "/api/orders%3Bx/7",
                "/api/x/..;/orders/7",
                "/api/x/..;a=b/orders/7",
                "/api/.;/orders/7",
                "/;/api/orders/7",
                "/search;jsessionid=1",
                "/search;/x/y",
                // backslashes
                "\\api\\orders\\7",
                "/api\\orders\\7",
                "/api/orders\\7",
                "/api/orders/7\\",
                "/api/orders/7\\..\\8",
                "/api/x\\..\\orders/7",
                "/api%5Corders%5C7",
                "/api/orders%5c7",
                "/api/orders/7%5C",
                "/api/orders/7/lines\\x",
                // percent-encoding
                "/%61pi/orders/7",
                "/api/%6Frders/7",
                "/api/orders%2F7",
                "/api%2forders%2f7",
                "%2Fapi/orders/7",
                "/api/orders/7%2F",
                "/api/orders/7%2Flines",
                "/api/orders/a%2Fb",
                "/api/orders/%74rashed",
                "/api/orders/7%3Aundelete",
                "/api/orders/7/%72estore",
                "/api/orders/7/tags%2Fred",
                "/issues/7%2Ejson",
                "/issues%2Ejson",
                "/%73earch",
                // repeated decoding
                "/%2561pi/orders/7",
                "/api/orders/%2541",
                "/api/orders/%252541",
                "/api/orders%252F7",
                "/api/orders/a%252Fb",
                "/api/orders/7%2520",
                "/api/%25252566oo/../orders/7",
                "/users/%2531/notes/7",
                "/users/%2531/notes/x/y/z",
                "/users/%2531/notes/trashed/x/y",
                // what cannot be decoded
                "/api/orders/100%",
                "/api/orders/%zz",
                "/api/orders/%4",
                "/api/orders/%",
                "/api/orders/%E9",
                "/api/orders/%C3",
                "/api/orders/%C3©",
                "/api/orders/%ED%A0%80",
                "/api/orders/%FF",
                "/api/orders/%F7%BF%BF%BF",
                "/api/orders/%E2%82",
                "/api/orders/%E2%82x",
                "/api/orders/%４１",
                "/api/orders/7\u007F",
                "/api/ord\u0130rs/../orders/7",
                "/api/orders/\uD800",
                "/api/orders/%u0037",
                "/users/%zz/notes/7",
                "/users/%zz/notes",
                "/users/%zz/x",
                // overlong and Unicode escapes
                "/api%c0%aforders/7",
                "/api%e0%80%aforders/7",
                "/api%f0%80%80%aforders/7",
                "/api%f8%80%80%80%aforders/7",
                "/api%fc%80%80%80%80%aforders/7",
                "/api%c0%2forders/7",
                "/api%c1%9corders/7",
                "/api/%c1%afrders/7",
                "/api%u002forders/7",
                "/api%U002Forders%u002f7",
                "/api%u005corders/7",
                "/api%25u002forders/7",
                "/api%uff0forders/7",
                // control characters
                "/api/orders/7%00",
                "/api/orders/7%00.html",
                "/api/orders%00/7",
                "/search%00.html",
                "/issues.json%00x",
                "/api/orders/7\u0000",
                "/api/orders/7%0A",
                "/api/orders/7%7F",
                "/api/orders/7%C2%85",
                "/api/ord%09ers/7",
                "/api/ord\ners/7",
                "/api/orders/7\t",
                "/ap\ri/orders/7",
                // spaces and dots at the end
                "/api/orders/7%20",
                "/api/orders/7 ",
                "/api/orders/7.",
                "/api/orders/7%2E",
                "/api/orders/7..",
                "/api/orders/7.%20.",
                "/api/orders/%207",
                "/api/orders%20/7",
                "/api/orders./7",
                "/api./orders/7",
                "/api/numbers/7%20",
                "/api/numbers/7.",
                // queries and fragments that only a second decoding sees
                "/api/orders/7%3Fx=1",
                "/api/orders/7%23x",
                "/api/orders/7#x",
                "/api/orders/7?x",
                "/search%3Fq",
                "/search%23q",
                "/issues.json%253Fq",
                // lookalikes
                "/api／orders／7",
                "/api∕orders/7",
                "/api⁄orders/7",
                "/api＼orders/7",
                "/api/orders/7／",
                "/api%EF%BC%8Forders/7",
                "/api%EF%BC%BCorders/7",
                "/api/orders/a%E2%81%84b",
                // raw bytes
                "/api/orders/Ã©",
                "/api\u00EF\u00BC\u008Forders/7",
                // absolute form
                "http://legacy.test/api/orders/7",
                "HTTP://legacy.test:8080/api/orders/7",
                "http://user@legacy.test/api/orders",
                "http:/api/orders/7",
                "http:api/orders/7",
                "https:\\\\legacy.test\\api\\orders\\7",
                "http://legacy.test//api/orders/7",
                // several at once
                "/API;x//%6frders/./7/",
                "/x;y/..%2f/api%5c%4frders%2f7;z",
                "/%2e%2e;/API%2F%2Forders%252F7%00.css");
    }

    @ParameterizedTest
    @MethodSource("hostilePaths")
    void hostilePathIsRefused(String path) {
        PathReading reading = matcher.read(path);

        assertThat(reading).as(path).isInstanceOf(Ambiguous.class);
        assertThat(((Ambiguous) reading).resource()).isNotEmpty();
        assertThat(((Ambiguous) reading).why()).endsWith(".");
        assertThat(((Ambiguous) reading).reading().chars()).noneMatch(Character::isISOControl);
    }

    @Test
    void refusalTellsWhatAnUpstreamWouldDo() {
        assertThat(matcher.read("/api/x/%2e%2e/orders/7"))
                .isEqualTo(
                        new Ambiguous(
                                "orders",
                                "/api/orders/7",
                                "An upstream that decodes percent-escapes, then resolves dot segments would read something else."));
        assertThat(matcher.read("/API/orders/7"))
                .isEqualTo(new Ambiguous(
                        "orders",
                        "/API/orders/7",
                        "An upstream that ignores case or a last slash would read something else."));
        assertThat(matcher.read("/api/orders/7;x"))
                .isEqualTo(new Ambiguous(
                        "orders", "/api/orders/7;x", "It holds an empty segment, a path parameter or a backslash."));
        assertThat(matcher.read("/api/orders/a%2Fb"))
                .isEqualTo(new Ambiguous(
                        "orders",
                        "/api/orders/a%2Fb",
                        "An id in it is not percent-encoded UTF-8, or holds a slash or a control character."));
        assertThat(matcher.read("/api/orders/.."))
                .isEqualTo(
                        new Ambiguous(
                                "orders",
                                "/api/orders/..",
                                "It has a dot segment, or an upstream that ignores case or a last slash would read something else."));
    }

    @Test
    void controlCharactersAreSpeltOut() {
        assertThat(((Ambiguous) matcher.read("/api/orders/7\r\nX: y")).reading())
                .isEqualTo("/api/orders/7\\u000D\\u000AX: y");
    }

    @Test
    void pathWithTooManyReadingsIsRefused() {
        String odd = "/x%2525%u0041%c0%ae;p/ y. /\t\u0000/..%2f\\/.;//%3f%23／％2e/é%C3%A9;%3b/../z%252f/";

        assertThat(matcher.read(odd))
                .isEqualTo(new Ambiguous(
                        "", odd.replace("\t", "\\u0009").replace("\0", "\\u0000"), "It can be read in too many ways."));
    }

    @Test
    void longPathHasFewerReadings() {
        String path = "/x" + "%2525;/".repeat(40_000);

        assertThat(matcher.read(path)).isInstanceOf(Ambiguous.class);
        assertThat(matcher.read("/api/orders/" + "%2525".repeat(40_000))).isInstanceOf(Ambiguous.class);
    }

    @Test
    void resourceThatIsOffIsNotGuarded() {
        PolicyMatcher off = matcher(resource("orders", "/api/orders").off());

        assertThat(hostilePaths().map(off::read)).allMatch(new PathReading.Ungoverned()::equals);
    }
}
