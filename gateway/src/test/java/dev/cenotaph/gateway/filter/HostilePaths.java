package dev.cenotaph.gateway.filter;

import static dev.cenotaph.gateway.filter.HostileRequest.request;
import static dev.cenotaph.gateway.filter.HostileRequest.row;
import static dev.cenotaph.gateway.filter.Outcome.BAD_REQUEST;
import static dev.cenotaph.gateway.filter.Outcome.NOT_ALLOWED;
import static dev.cenotaph.gateway.filter.Outcome.TRASHED;

import dev.cenotaph.gateway.filter.Victim.Place;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** Disguises of an item's path, each under a DELETE. */
final class HostilePaths {
    private HostilePaths() {}

    static Stream<HostileRequest> rows() {
        return Stream.of(slashes(), dots(), parameters(), letters(), escapes(), endings(), targets(), headers())
                .flatMap(rows -> rows);
    }

    private static Stream<HostileRequest> slashes() {
        return Stream.of(
                refused("slashes", "two at the start", v -> "/" + v.item()),
                refused("slashes", "three at the start", v -> "//" + v.item()),
                refused("slashes", "two before the id", v -> v.directory() + "//" + v.last()),
                refused("slashes", "two everywhere", v -> v.item().replace("/", "//")),
                refused("slashes", "one at the end", v -> v.item() + "/"),
                refused("slashes", "two at the end", v -> v.item() + "//"),
                refused("slashes", "none at the start", v -> v.item().substring(1)),
                refused("slashes", "a host before the path", v -> "//evil" + v.item()),
                refused("backslashes", "before the id", v -> v.directory() + "\\" + v.last()),
                refused("backslashes", "everywhere", v -> v.item().replace('/', '\\')),
                refused("backslashes", "at the end", v -> v.item() + "\\"),
                refused("backslashes", "encoded", v -> v.directory() + "%5C" + v.last()),
                refused(
                        "backslashes",
                        "encoded everywhere",
                        v -> "/" + v.item().substring(1).replace("/", "%5c")));
    }

    private static Stream<HostileRequest> dots() {
        return Stream.of(
                refused("dot segments", "/./ at the start", v -> "/." + v.item()),
                refused("dot segments", "/./ before the id", v -> v.directory() + "/./" + v.last()),
                refused("dot segments", "/../ at the start", v -> "/.." + v.item()),
                refused("dot segments", "/x/../ at the start", v -> "/x/.." + v.item()),
                refused("dot segments", "/x/../ before the id", v -> v.directory() + "/x/../" + v.last()),
                refused("dot segments", "from a sibling", v -> v.item("8") + "/../" + v.last()),
                refused("dot segments", "out and in again", v -> v.item() + "/../" + v.last()),
                refused("dot segments", "/. at the end", v -> v.item() + "/."),
                refused("dot segments", "/.. at the end", v -> v.item() + "/.."),
                refused("dot segments", "below and back", v -> v.item() + "/lines/.."),
                refused("dot segments", "encoded", v -> "/x/%2e%2e" + v.item()),
                refused("dot segments", "half encoded", v -> "/x/.%2E" + v.item()),
                refused("dot segments", "encoded twice", v -> "/x/%252e%252e" + v.item()),
                refused("dot segments", "one, encoded", v -> v.directory() + "/%2e/" + v.last()),
                refused(
                        "dot segments",
                        "with an encoded slash",
                        v -> "/x/..%2f" + v.item().substring(1)),
                refused("dot segments", "overlong", v -> "/x/%c0%ae%c0%ae" + v.item()),
                refused("dot segments", "with a parameter", v -> "/x/..;y" + v.item()),
                refused(
                        "dot segments",
                        "with backslashes",
                        v -> "/x\\..\\" + v.item().substring(1)),
                refused("dot segments", "of full-width dots", v -> "/x/%EF%BC%8E%EF%BC%8E" + v.item()));
    }

    private static Stream<HostileRequest> parameters() {
        return Stream.of(
                refused("parameters", "bare, at the end", v -> v.item() + ";"),
                refused("parameters", "at the end", v -> v.item() + ";x=1"),
                refused("parameters", "two", v -> v.item() + ";x=1;y=2"),
                refused("parameters", "before the id", v -> v.directory() + ";v=1/" + v.last()),
                refused("parameters", "a segment of its own", v -> "/;x" + v.item()),
                refused("parameters", "encoded", v -> v.item() + "%3Bx"),
                refused("parameters", "a session", v -> v.item() + ";jsessionid=1"));
    }

    private static Stream<HostileRequest> letters() {
        return Stream.of(
                refused("case", "upper", v -> v.item().toUpperCase(Locale.ROOT)),
                refused("case", "first letter", v -> upperFirst(v.item())),
                refused(
                        "case",
                        "upper, encoded",
                        v -> "/%"
                                + Integer.toHexString(
                                        Character.toUpperCase(v.item().charAt(1)))
                                + v.item().substring(2)),
                refused(
                        "case",
                        "full-width letter",
                        v -> "/" + fullWidth(v.item().charAt(1)) + v.item().substring(2)));
    }

    private static Stream<HostileRequest> escapes() {
        return Stream.of(
                refused(
                        "escapes",
                        "a letter",
                        v -> "/" + escape(v.item().charAt(1)) + v.item().substring(2)),
                refused(
                        "escapes",
                        "a letter, twice",
                        v -> "/" + escape(v.item().charAt(1)).replace("%", "%25")
                                + v.item().substring(2)),
                refused(
                        "escapes",
                        "a letter, three times",
                        v -> "/" + escape(v.item().charAt(1)).replace("%", "%2525")
                                + v.item().substring(2)),
                refused(
                        "escapes",
                        "a letter as %u",
                        v -> "/%u00" + escape(v.item().charAt(1)).substring(1)
                                + v.item().substring(2)),
                refused("escapes", "a slash", v -> v.directory() + "%2F" + v.last()),
                refused(
                        "escapes",
                        "every slash",
                        v -> "/" + v.item().substring(1).replace("/", "%2f")),
                refused("escapes", "a slash, twice", v -> v.directory() + "%252F" + v.last()),
                refused("escapes", "a slash, overlong", v -> v.directory() + "%c0%af" + v.last()),
                refused("escapes", "a slash, overlong in three", v -> v.directory() + "%e0%80%af" + v.last()),
                refused("escapes", "a slash as %u", v -> v.directory() + "%u002f" + v.last()),
                refused("escapes", "a full-width slash", v -> v.directory() + "%EF%BC%8F" + v.last()),
                refused("escapes", "a fraction slash", v -> v.directory() + "%E2%81%84" + v.last()),
                refused("escapes", "a colon without its slash", v -> v.item() + "%2F:undelete"),
                refused("escapes", "no hexadecimal digits", v -> v.item() + "%zz"),
                refused("escapes", "cut short", v -> v.item() + "%4"),
                refused("escapes", "a bare percent sign", v -> v.item() + "%"),
                refusedEitherWay("escapes", "no UTF-8", v -> v.item() + "%E9"),
                refusedEitherWay("escapes", "never UTF-8", v -> v.item() + "%FF"),
                refusedEitherWay("escapes", "a surrogate", v -> v.item() + "%ED%A0%80"),
                refusedEitherWay("escapes", "very many", v -> v.item() + "%2525".repeat(2_000)));
    }

    private static Stream<HostileRequest> endings() {
        return Stream.of(
                refused("endings", "NUL", v -> v.item() + "%00"),
                refused("endings", "NUL and a name", v -> v.item() + "%00.html"),
                refused("endings", "tab", v -> v.item() + "%09"),
                refused("endings", "line break", v -> v.item() + "%0D%0A"),
                refused("endings", "space", v -> v.item() + "%20"),
                refused("endings", "space before the id", v -> v.directory() + "/%20" + v.last()),
                refused("endings", "space in the collection", v -> v.directory() + "%20/" + v.last()),
                refused("endings", "dot", v -> v.item() + "."),
                refused("endings", "two dots", v -> v.item() + ".."),
                refused("endings", "dot, encoded", v -> v.item() + "%2E"),
                refused("endings", "dot in the collection", v -> v.directory() + "./" + v.last()),
                refused("endings", "question mark, encoded", v -> v.item() + "%3Fx=1"),
                refused("endings", "number sign, encoded", v -> v.item() + "%23x"),
                refused("endings", "fragment", v -> v.item() + "#x"),
                refused("endings", "raw NUL", v -> v.item() + "\0"),
                refused("endings", "raw UTF-8 slash", v -> v.directory() + "\u00EF\u00BC\u008F" + v.last()));
    }

    private static Stream<HostileRequest> targets() {
        return Stream.of(
                trashed("absolute form", "plain", v -> "http://localhost" + v.item()),
                trashed("absolute form", "of another host", v -> "http://elsewhere:99" + v.item()),
                trashed("absolute form", "upper case", v -> "HTTP://LOCALHOST" + v.item()),
                refused("absolute form", "two slashes behind the host", v -> "http://localhost/" + v.item()),
                refused("absolute form", "disguised path", v -> "http://localhost/x/.." + v.item()),
                refused("absolute form", "one slash", v -> "http:" + v.item()),
                refused(
                        "absolute form",
                        "backslashes",
                        v -> "http:\\\\localhost" + v.item().replace('/', '\\')),
                refused(
                        "absolute form",
                        "upper-case path",
                        v -> "http://localhost" + v.item().toUpperCase(Locale.ROOT)),
                trashed("query", "empty", v -> v.item() + "?"),
                trashed("query", "looks like a path", v -> v.item() + "?/../x//y"),
                trashed("query", "brackets", v -> v.item() + "?filter[x]=1"),
                trashed("query", "second question mark", v -> v.item() + "?a?b=c"),
                refused("query", "broken escape", v -> v.item() + "?q=100%"));
    }

    private static Stream<HostileRequest> headers() {
        return Stream.of(
                header("X-Original-URL"),
                header("X-Rewrite-URL"),
                header("x-original-url"),
                header("X_Original_URL"),
                header("X_REWRITE_URL"),
                row(
                        "path headers",
                        "another item",
                        BAD_REQUEST,
                        v -> request("DELETE " + v.item(), "X-Original-URL: " + v.item("8"))),
                row(
                        "path headers",
                        "disguised",
                        BAD_REQUEST,
                        v -> request("DELETE /health", "X-Rewrite-URL: /x/%2e%2e" + v.item() + "?a=b")),
                row(
                        "path headers",
                        "absolute",
                        BAD_REQUEST,
                        v -> request("DELETE /health", "X-Original-URL: http://localhost" + v.item())),
                row(
                        "path headers",
                        "the same path",
                        TRASHED,
                        v -> request("DELETE " + v.item(), "X-Original-URL: " + v.item())),
                row(
                        "path headers",
                        "twice",
                        BAD_REQUEST,
                        v -> request("DELETE /health", "X-Original-URL: /health", "X-Original-URL: " + v.item())),
                row(
                        "path headers",
                        "ungoverned",
                        Outcome.PASSED,
                        v -> request("DELETE /health", "X-Original-URL: /health")));
    }

    private static HostileRequest header(String name) {
        return row("path headers", name, BAD_REQUEST, v -> request("DELETE /health", name + ": " + v.item()));
    }

    private static HostileRequest refused(String kind, String name, Function<Victim, String> target) {
        return row(kind, name, BAD_REQUEST, v -> request("DELETE " + target.apply(v)));
    }

    /** Behind a suffix it is no item of ours any more, but still below the collection. */
    private static HostileRequest refusedEitherWay(String kind, String name, Function<Victim, String> target) {
        return new HostileRequest(
                kind,
                name,
                v -> request("DELETE " + target.apply(v)),
                place -> place == Place.SUFFIXED ? NOT_ALLOWED : BAD_REQUEST);
    }

    private static HostileRequest trashed(String kind, String name, Function<Victim, String> target) {
        return row(kind, name, TRASHED, v -> request("DELETE " + target.apply(v)));
    }

    private static String escape(char letter) {
        return "%" + Integer.toHexString(letter);
    }

    private static String fullWidth(char letter) {
        String raw = String.valueOf((char) (letter + ('！' - '!')));
        return java.net.URLEncoder.encode(raw, java.nio.charset.StandardCharsets.UTF_8);
    }

    private static String upperFirst(String path) {
        return "/" + Character.toUpperCase(path.charAt(1)) + path.substring(2);
    }
}
