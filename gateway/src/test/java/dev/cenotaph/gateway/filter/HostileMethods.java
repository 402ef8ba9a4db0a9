package dev.cenotaph.gateway.filter;

import static dev.cenotaph.gateway.filter.HostileRequest.request;
import static dev.cenotaph.gateway.filter.HostileRequest.row;
import static dev.cenotaph.gateway.filter.HostileRequest.withBody;
import static dev.cenotaph.gateway.filter.Outcome.BAD_REQUEST;
import static dev.cenotaph.gateway.filter.Outcome.NOT_ALLOWED;
import static dev.cenotaph.gateway.filter.Outcome.PASSED;
import static dev.cenotaph.gateway.filter.Outcome.TRASHED;

import java.util.stream.Stream;

/** Spellings of the method, and headers and parameters that name another. */
final class HostileMethods {
    private HostileMethods() {}

    static Stream<HostileRequest> rows() {
        return Stream.of(
                        methods("delete", "Delete", "dELETE", "DELETe", "get", "Put", "post", "options"),
                        methods(
                                "DELETEX",
                                "XDELETE",
                                "BDELETE",
                                "PURGE",
                                "REMOVE",
                                "UNLINK",
                                "TRACE",
                                "PROPFIND",
                                "MOVE",
                                "LOCK"),
                        oddities(),
                        headers(),
                        headerForms(),
                        parameters())
                .flatMap(rows -> rows);
    }

    private static Stream<HostileRequest> methods(String... methods) {
        return Stream.of(methods)
                .map(method -> row("methods", method, NOT_ALLOWED, v -> request(method + " " + v.item())));
    }

    private static Stream<HostileRequest> oddities() {
        return Stream.of(
                row("methods", "DELETE, plain", TRASHED, v -> request("DELETE " + v.item())),
                row("methods", "two spaces", TRASHED, v -> request("DELETE  " + v.item())),
                row("methods", "tab", TRASHED, v -> request("DELETE\t" + v.item())),
                row("methods", "space before", TRASHED, v -> request(" DELETE " + v.item())),
                row("methods", "empty line before", TRASHED, v -> request("\r\nDELETE " + v.item())),
                row("methods", "control character before", BAD_REQUEST, v -> request("\u0001DELETE " + v.item())),
                row("methods", "NUL behind", BAD_REQUEST, v -> request("DELETE\0 " + v.item())),
                row("methods", "comma list", BAD_REQUEST, v -> request("DELETE,GET " + v.item())),
                row("methods", "quoted", BAD_REQUEST, v -> request("\"DELETE\" " + v.item())),
                row("methods", "percent-encoded", NOT_ALLOWED, v -> request("%44ELETE " + v.item())),
                row("methods", "split by a space", BAD_REQUEST, v -> request("DE LETE " + v.item())),
                row("methods", "non-ASCII", BAD_REQUEST, v -> request("DELET\u00C9 " + v.item())));
    }

    private static Stream<HostileRequest> headers() {
        return Stream.of(
                        "X-HTTP-Method-Override",
                        "x-http-method-override",
                        "X-HTTP-METHOD-OVERRIDE",
                        "X_HTTP_METHOD_OVERRIDE",
                        "X-HTTP_Method-Override",
                        "X-HTTP-Method",
                        "x_http_method",
                        "X-Method-Override",
                        "x-method_override",
                        "_method",
                        "_METHOD",
                        "-method")
                .map(name -> row(
                        "override headers",
                        name,
                        BAD_REQUEST,
                        TRASHED,
                        v -> request("POST " + v.item(), name + ": DELETE", "Content-Length: 0")));
    }

    private static Stream<HostileRequest> headerForms() {
        String header = "X-HTTP-Method-Override: ";
        return Stream.of(
                form("lower-case value", TRASHED, "POST", header + "delete"),
                form("mixed-case value", TRASHED, "POST", header + "Delete"),
                form("blanks around the value", TRASHED, "POST", header + " \tDELETE \t"),
                form("on GET", TRASHED, "GET", header + "DELETE"),
                form("on HEAD", TRASHED, "HEAD", header + "DELETE"),
                form("on PUT", TRASHED, "PUT", header + "DELETE"),
                form("on PATCH", TRASHED, "PATCH", header + "DELETE"),
                form("on OPTIONS", TRASHED, "OPTIONS", header + "DELETE"),
                form("on DELETE", TRASHED, "DELETE", header + "DELETE"),
                form("GET on DELETE", PASSED, "DELETE", header + "GET"),
                form("doubled", TRASHED, "POST", header + "DELETE", header + "DELETE"),
                form("two methods", BAD_REQUEST, "POST", header + "GET", header + "DELETE"),
                form("two headers", TRASHED, "POST", header + "DELETE", "X-Method-Override: DELETE"),
                form("two headers, two methods", BAD_REQUEST, "POST", header + "PUT", "X-HTTP-Method: DELETE"),
                form("list of methods", NOT_ALLOWED, "POST", header + "GET, DELETE"),
                form("unknown method", NOT_ALLOWED, "POST", header + "PURGE"),
                form("empty value", NOT_ALLOWED, "POST", header),
                form("folded line", BAD_REQUEST, "POST", "X-HTTP-Method-Override:\r\n DELETE"),
                form("listed in Connection", TRASHED, "POST", header + "DELETE", "Connection: x-http-method-override"),
                form(
                        "in Connection's own spelling",
                        TRASHED,
                        "POST",
                        header + "DELETE",
                        "Connection: X_HTTP_Method_Override"),
                row(
                        "override headers",
                        "space before the colon",
                        BAD_REQUEST,
                        v -> request("POST " + v.item(), "X-HTTP-Method-Override : DELETE", "Content-Length: 0")),
                row(
                        "override headers",
                        "on the collection",
                        BAD_REQUEST,
                        NOT_ALLOWED,
                        v -> request("POST " + v.collection(), header + "DELETE", "Content-Length: 0")),
                row(
                        "override headers",
                        "below the item",
                        BAD_REQUEST,
                        NOT_ALLOWED,
                        v -> request(
                                "POST " + v.directory() + "/" + v.id() + "/lines",
                                header + "DELETE",
                                "Content-Length: 0")),
                row(
                        "override headers",
                        "on the trash",
                        BAD_REQUEST,
                        NOT_ALLOWED,
                        v -> request("POST " + v.trash(), header + "DELETE", "Content-Length: 0")),
                row(
                        "override headers",
                        "on a view",
                        BAD_REQUEST,
                        NOT_ALLOWED,
                        v -> request("POST " + v.view(), header + "DELETE", "Content-Length: 0")),
                row(
                        "override headers",
                        "in the trailers",
                        PASSED,
                        v -> HostileRequest.text(
                                "POST " + v.item(),
                                "Connection: close\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n",
                                "2\r\n{}\r\n0\r\n" + header + "DELETE\r\n\r\n")));
    }

    private static HostileRequest form(String name, Outcome applied, String method, String... fields) {
        return row(
                "override headers", name, BAD_REQUEST, applied, v -> withBody(method + " " + v.item(), "", "", fields));
    }

    private static Stream<HostileRequest> parameters() {
        return Stream.of(
                parameter("plain", TRASHED, "_method=DELETE"),
                parameter("lower-case value", TRASHED, "_method=delete"),
                parameter("upper-case name", TRASHED, "_METHOD=DELETE"),
                parameter("behind another", TRASHED, "a=1&_method=DELETE"),
                parameter("behind a semicolon", BAD_REQUEST, "a=1;_method=DELETE"),
                parameter("encoded name", TRASHED, "%5Fmethod=DELETE"),
                parameter("encoded letter", TRASHED, "_%6dethod=DELETE"),
                parameter("name encoded twice", BAD_REQUEST, "%255Fmethod=DELETE"),
                parameter("name as %u", BAD_REQUEST, "%u005Fmethod=DELETE"),
                parameter("encoded value", NOT_ALLOWED, "_method=%44ELETE"),
                parameter("doubled", TRASHED, "_method=DELETE&_method=DELETE"),
                parameter("two methods", BAD_REQUEST, "_method=GET&_method=DELETE"),
                parameter("space before the name", BAD_REQUEST, "+_method=DELETE"),
                parameter("dot for the underscore", BAD_REQUEST, ".method=DELETE"),
                parameter("bracket for the underscore", BAD_REQUEST, "[method=DELETE"),
                parameter("NUL behind the name", BAD_REQUEST, "_method%00=DELETE"),
                parameter("no value", NOT_ALLOWED, "_method"));
    }

    private static HostileRequest parameter(String name, Outcome applied, String query) {
        return row(
                "_method in the query",
                name,
                BAD_REQUEST,
                applied,
                v -> withBody("POST " + v.item() + "?" + query, "", ""));
    }
}
