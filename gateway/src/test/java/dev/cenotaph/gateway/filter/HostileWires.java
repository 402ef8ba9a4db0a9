package dev.cenotaph.gateway.filter;

import static dev.cenotaph.gateway.filter.HostileRequest.request;
import static dev.cenotaph.gateway.filter.HostileRequest.row;
import static dev.cenotaph.gateway.filter.HostileRequest.text;
import static dev.cenotaph.gateway.filter.Outcome.BAD_REQUEST;
import static dev.cenotaph.gateway.filter.Outcome.NOT_ALLOWED;
import static dev.cenotaph.gateway.filter.Outcome.PASSED;
import static dev.cenotaph.gateway.filter.Outcome.TRASHED;

import java.util.function.Function;
import java.util.stream.Stream;

/** Tricks of the connection and of framing, and the places of a resource where nothing may be deleted. */
final class HostileWires {
    private static final String HEAD = "Connection: close\r\nHost: localhost\r\n";

    private HostileWires() {}

    static Stream<HostileRequest> rows() {
        return Stream.of(connections(), hosts(), tunnels(), framing(), places(), flags())
                .flatMap(rows -> rows);
    }

    private static Stream<HostileRequest> connections() {
        return Stream.of(
                connection("if-match"),
                connection("content-type"),
                connection("accept-encoding, content-type"),
                connection("content-length"),
                connection("transfer-encoding"),
                connection("host"),
                connection("authorization, cookie"),
                connection("x-http-method-override"),
                connection("connection"),
                connection("*"),
                row(
                        "Connection",
                        "Proxy-Connection",
                        TRASHED,
                        v -> request("DELETE " + v.item(), "Proxy-Connection: content-type")),
                row(
                        "Connection",
                        "two lines",
                        TRASHED,
                        v -> request("DELETE " + v.item(), "Connection: content-type", "connection: accept-encoding")));
    }

    private static HostileRequest connection(String listed) {
        return row("Connection", listed, TRASHED, v -> request("DELETE " + v.item(), "Connection: " + listed));
    }

    private static Stream<HostileRequest> hosts() {
        return Stream.of(
                host("none", "", TRASHED),
                host("empty", "Host: \r\n", TRASHED),
                host("two", "Host: localhost\r\nHost: evil\r\n", TRASHED),
                host("with a path", "Host: localhost/api\r\n", TRASHED),
                host("with a question mark", "Host: localhost?\r\n", TRASHED),
                host("with a number sign", "Host: localhost#\r\n", TRASHED),
                host("with a space", "Host: local host\r\n", TRASHED),
                host("with a user", "Host: a@localhost\r\n", TRASHED),
                host("another", "Host: elsewhere:99\r\n", TRASHED),
                row(
                        "Host",
                        "the path split between Host and target",
                        PASSED,
                        v -> text(
                                "DELETE /" + v.last(),
                                "Connection: close\r\nHost: localhost" + v.directory() + "\r\n",
                                "")));
    }

    private static HostileRequest host(String name, String line, Outcome outcome) {
        return row("Host", name, outcome, v -> text("DELETE " + v.item(), "Connection: close\r\n" + line, ""));
    }

    private static Stream<HostileRequest> tunnels() {
        return Stream.of(
                tunnel("h2c", TRASHED, "DELETE", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA"),
                tunnel("h2c on GET", PASSED, "GET", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA"),
                tunnel(
                        "websocket",
                        BAD_REQUEST,
                        "GET",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
                        "Sec-WebSocket-Version: 13"),
                tunnel("websocket on DELETE", BAD_REQUEST, "DELETE", "Upgrade: WebSocket"),
                tunnel("TLS", BAD_REQUEST, "DELETE", "upgrade: TLS/1.0"),
                row("tunnels", "CONNECT", NOT_ALLOWED, v -> request("CONNECT " + v.item())),
                row("tunnels", "HTTP/2 without asking", BAD_REQUEST, v -> "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
    }

    private static HostileRequest tunnel(String name, Outcome expected, String method, String... fields) {
        return row(
                "tunnels",
                name,
                expected,
                v -> text(
                        method + " " + v.item(),
                        "Connection: close, Upgrade, HTTP2-Settings\r\nHost: localhost\r\n"
                                + String.join("\r\n", fields) + "\r\n",
                        ""));
    }

    private static Stream<HostileRequest> framing() {
        Function<Victim, String> hidden = v -> "DELETE " + v.item() + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        return Stream.of(
                framed("two lengths", BAD_REQUEST, hidden, "Content-Length: 0\r\nContent-Length: 60\r\n"),
                framed("list of lengths", BAD_REQUEST, hidden, "Content-Length: 0, 60\r\n"),
                framed("signed length", BAD_REQUEST, hidden, "Content-Length: +0\r\n"),
                framed("negative length", BAD_REQUEST, hidden, "Content-Length: -1\r\n"),
                framed("hexadecimal length", BAD_REQUEST, hidden, "Content-Length: 0x10\r\n"),
                framed(
                        "length and chunks",
                        BAD_REQUEST,
                        v -> "0\r\n\r\n" + hidden.apply(v),
                        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"),
                framed("unknown coding", PASSED, hidden, "Content-Length: 0\r\nTransfer-Encoding: xchunked\r\n"),
                framed("identity coding", PASSED, hidden, "Content-Length: 0\r\nTransfer-Encoding: identity\r\n"),
                framed(
                        "chunked, not last",
                        BAD_REQUEST,
                        v -> "0\r\n\r\n" + hidden.apply(v),
                        "Transfer-Encoding: chunked, identity\r\n"),
                framed(
                        "chunked twice",
                        PASSED,
                        v -> "0\r\n\r\n" + hidden.apply(v),
                        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"),
                framed(
                        "vertical tab before chunked",
                        BAD_REQUEST,
                        v -> "0\r\n\r\n" + hidden.apply(v),
                        "Transfer-Encoding: \u000bchunked\r\n"),
                framed(
                        "space before the colon",
                        BAD_REQUEST,
                        v -> "0\r\n\r\n" + hidden.apply(v),
                        "Transfer-Encoding : chunked\r\n"),
                framed(
                        "underscore",
                        PASSED,
                        hidden,
                        "Content_Length: 0\r\nTransfer_Encoding: chunked\r\nContent-Length: 2\r\n"),
                framed(
                        "line feed in a header",
                        BAD_REQUEST,
                        v -> "",
                        "X: a\nTransfer-Encoding: chunked\r\nContent-Length: 0\r\n"),
                framed(
                        "carriage return in a header",
                        BAD_REQUEST,
                        v -> "",
                        "X: a\rX-HTTP-Method-Override: DELETE\r\nContent-Length: 0\r\n"),
                framed("NUL in a header", BAD_REQUEST, v -> "", "X: a\0b\r\nContent-Length: 0\r\n"),
                row("framing", "HTTP/0.9", BAD_REQUEST, v -> "DELETE " + v.item() + "\r\n\r\n"),
                row("framing", "HTTP/1.0", TRASHED, v -> "DELETE " + v.item() + " HTTP/1.0\r\nHost: localhost\r\n\r\n"),
                row("framing", "HTTP/3.0", TRASHED, v -> "DELETE " + v.item() + " HTTP/3.0\r\n" + HEAD + "\r\n"),
                row(
                        "framing",
                        "lower-case version",
                        TRASHED,
                        v -> "DELETE " + v.item() + " http/1.1\r\n" + HEAD + "\r\n"),
                row("framing", "two versions", BAD_REQUEST, v -> request("DELETE " + v.item() + " HTTP/1.1")),
                row(
                        "framing",
                        "pipelined",
                        PASSED,
                        v -> "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n" + request("DELETE /" + v.item())));
    }

    private static HostileRequest framed(String name, Outcome outcome, Function<Victim, String> body, String fields) {
        return row("framing", name, outcome, v -> text("POST " + v.item(), HEAD + fields, body.apply(v)));
    }

    private static Stream<HostileRequest> places() {
        return Stream.of(
                place("the collection", Victim::collection),
                place("the collection, with a query", v -> v.collection() + "?all=true"),
                place("below an item", v -> v.directory() + "/" + v.id() + "/lines/1"),
                place("further below an item", v -> v.directory() + "/" + v.id() + "/a/b/c"),
                place("a view", Victim::view),
                place("the trash", Victim::trash),
                place("an item in the trash", Victim::trashedItem),
                place("an item in the trash, for good", v -> v.trashedItem() + "?permanent=true"),
                row("other places", "DELETE next to the collection", PASSED, v -> request("DELETE /health")),
                row("other places", "everything", PASSED, v -> request("DELETE *")),
                row(
                        "other places",
                        "the collection with a slash",
                        BAD_REQUEST,
                        v -> request("DELETE " + v.collection() + "/")));
    }

    private static HostileRequest place(String name, Function<Victim, String> path) {
        return row("other places", name, NOT_ALLOWED, v -> request("DELETE " + path.apply(v)));
    }

    private static Stream<HostileRequest> flags() {
        return Stream.of(
                        "permanent=TRUE",
                        "permanent=1",
                        "permanent",
                        "permanent=",
                        "permanent=true&permanent=true",
                        "permanent=true&permanent=false",
                        "Permanent=true",
                        "%70ermanent=true",
                        "permanent=%74rue",
                        "permanent=true;x=1",
                        "a=1;permanent=true",
                        "with_trashed=yes",
                        "with_trashed=true&with_trashed=true",
                        "only%5Ftrashed=true",
                        "WITH_TRASHED=true")
                .map(query -> row(
                        "parameters of ours", query, BAD_REQUEST, v -> request("DELETE " + v.item() + "?" + query)));
    }
}
