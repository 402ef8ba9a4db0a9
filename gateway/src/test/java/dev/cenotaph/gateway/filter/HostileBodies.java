package dev.cenotaph.gateway.filter;

import static dev.cenotaph.gateway.filter.HostileRequest.post;
import static dev.cenotaph.gateway.filter.HostileRequest.row;
import static dev.cenotaph.gateway.filter.HostileRequest.withBody;
import static dev.cenotaph.gateway.filter.Outcome.BAD_REQUEST;
import static dev.cenotaph.gateway.filter.Outcome.NOT_ALLOWED;
import static dev.cenotaph.gateway.filter.Outcome.PASSED;
import static dev.cenotaph.gateway.filter.Outcome.TRASHED;
import static dev.cenotaph.gateway.filter.Outcome.UNPROCESSABLE;
import static dev.cenotaph.gateway.filter.Outcome.UNSUPPORTED;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Bodies that name another method. */
final class HostileBodies {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";

    private HostileBodies() {}

    static Stream<HostileRequest> rows() {
        return Stream.of(forms(), json(), multipart(), batches()).flatMap(rows -> rows);
    }

    private static Stream<HostileRequest> forms() {
        return Stream.of(
                form("plain", TRASHED, FORM, "_method=DELETE"),
                form("lower-case value", TRASHED, FORM, "_method=delete"),
                form("behind another", TRASHED, FORM, "a=1&_method=DELETE"),
                form("behind a semicolon", TRASHED, FORM, "a=1;_method=DELETE"),
                form("encoded name", TRASHED, FORM, "%5fmethod=DELETE"),
                form("name encoded twice", TRASHED, FORM, "%255fmethod=DELETE"),
                form("upper-case name", TRASHED, FORM, "_METHOD=DELETE"),
                form("space before the name", TRASHED, FORM, "+_method=DELETE"),
                form("dot for the underscore", TRASHED, FORM, ".method=DELETE"),
                form("two methods", BAD_REQUEST, FORM, "_method=PUT&_method=DELETE"),
                form("with a charset", TRASHED, FORM + "; charset=utf-8", "_method=DELETE"),
                form("upper-case type", TRASHED, "Application/X-WWW-Form-URLEncoded", "_method=DELETE"),
                form("type with a comma", TRASHED, FORM + ", text/plain", "_method=DELETE"),
                form("no type", TRASHED, "", "_method=DELETE"),
                row(
                        "_method in a form",
                        "in UTF-16",
                        UNSUPPORTED,
                        v -> post(
                                v.item(),
                                FORM + "; charset=utf-16le",
                                latin("_method=DELETE", StandardCharsets.UTF_16LE))),
                row(
                        "_method in a form",
                        "in EBCDIC",
                        UNSUPPORTED,
                        v -> post(
                                v.item(),
                                FORM + "; charset=ibm037",
                                latin("_method=DELETE", Charset.forName("IBM037")))),
                row(
                        "_method in a form",
                        "in an unknown charset",
                        UNSUPPORTED,
                        v -> post(v.item(), FORM + "; charset=x-none", "xyz")),
                row(
                        "_method in a form",
                        "compressed",
                        BAD_REQUEST,
                        TRASHED,
                        v -> post(v.item(), FORM, zipped("_method=DELETE"), "Content-Encoding: gzip")),
                row(
                        "_method in a form",
                        "coded as nobody knows",
                        UNSUPPORTED,
                        v -> post(v.item(), FORM, "xyz", "Content-Encoding: br")),
                row(
                        "_method in a form",
                        "two types",
                        BAD_REQUEST,
                        TRASHED,
                        v -> post(v.item(), "text/plain", "_method=DELETE", "Content-Type: " + FORM)),
                row(
                        "_method in a form",
                        "under PUT",
                        BAD_REQUEST,
                        TRASHED,
                        v -> withBody("PUT " + v.item(), FORM, "_method=DELETE")),
                row(
                        "_method in a form",
                        "under PATCH",
                        BAD_REQUEST,
                        TRASHED,
                        v -> withBody("PATCH " + v.item(), FORM, "_method=DELETE")),
                row(
                        "_method in a form",
                        "under GET",
                        BAD_REQUEST,
                        TRASHED,
                        v -> withBody("GET " + v.item(), FORM, "_method=DELETE")),
                row(
                        "_method in a form",
                        "on the collection",
                        BAD_REQUEST,
                        NOT_ALLOWED,
                        v -> post(v.collection(), FORM, "_method=DELETE")),
                row("_method in a form", "as a value", PASSED, v -> post(v.item(), FORM, "a=_method")));
    }

    private static Stream<HostileRequest> json() {
        return Stream.of(
                json("plain", TRASHED, JSON, "{\"_method\":\"DELETE\"}"),
                json("behind others", TRASHED, JSON, "{\"a\":{\"b\":[1]},\"_method\":\"delete\"}"),
                json("escaped name", TRASHED, JSON, "{\"\\u005fmethod\":\"DELETE\"}"),
                json("doubled", TRASHED, JSON, "{\"_method\":\"DELETE\",\"_method\":\"DELETE\"}"),
                json("two methods", BAD_REQUEST, JSON, "{\"_method\":\"PUT\",\"_method\":\"DELETE\"}"),
                json("charset", TRASHED, JSON + ";charset=UTF-8", "{\"_method\":\"DELETE\"}"),
                json("vendor type", TRASHED, "application/vnd.x+json", "{\"_method\":\"DELETE\"}"),
                json("text/json", TRASHED, "text/json", "{\"_method\":\"DELETE\"}"),
                json("text/x-json", TRASHED, "text/x-json", "{\"_method\":\"DELETE\"}"),
                json("byte order mark", TRASHED, JSON, "\u00EF\u00BB\u00BF{\"_method\":\"DELETE\"}"),
                json("UTF-16", TRASHED, JSON, latin("{\"_method\":\"DELETE\"}", StandardCharsets.UTF_16BE)),
                json("behind a NaN", BAD_REQUEST, JSON, "{\"a\":NaN,\"_method\":\"DELETE\"}"),
                json("behind a comment", BAD_REQUEST, JSON, "{/*x*/\"_method\":\"DELETE\"}"),
                json("single quotes", BAD_REQUEST, JSON, "{'_method':'DELETE'}"),
                json("no quotes", BAD_REQUEST, JSON, "{_method:DELETE}"),
                json("behind what nobody reads", BAD_REQUEST, JSON, "{\"a\":@,\"_method\":\"DELETE\"}"),
                json("behind what nobody reads, escaped", BAD_REQUEST, JSON, "{\"a\":@,\"\\u005fmethod\":\"DELETE\"}"),
                json(
                        "very deep",
                        BAD_REQUEST,
                        JSON,
                        "{\"a\":" + "[".repeat(3_000) + "]".repeat(3_000) + ",\"_method\":\"DELETE\"}"),
                row(
                        "_method in JSON",
                        "compressed",
                        BAD_REQUEST,
                        TRASHED,
                        v -> post(v.item(), JSON, zipped("{\"_method\":\"DELETE\"}"), "Content-Encoding: gzip")),
                row(
                        "_method in JSON",
                        "under PUT",
                        BAD_REQUEST,
                        TRASHED,
                        v -> withBody("PUT " + v.item(), JSON, "{\"_method\":\"DELETE\"}")),
                row("_method in JSON", "below", PASSED, v -> post(v.item(), JSON, "{\"a\":{\"_method\":1}}")));
    }

    private static Stream<HostileRequest> multipart() {
        return Stream.of(
                part("plain", "form-data; name=\"_method\""),
                part("no quotes", "form-data; name=_method"),
                part("upper case", "FORM-DATA; NAME=\"_METHOD\""),
                part("blanks", "form-data ;  name = \"_method\""),
                part("many blanks", "form-data; name=" + " ".repeat(600) + "\"_method\""),
                part("folded", "form-data;\r\n name=\"_method\""),
                part("extended", "form-data; name*=utf-8''_method"),
                part("extended, encoded", "form-data; name*=utf-8''%5Fmethod"),
                part("continued", "form-data; name*0=\"_me\"; name*1=\"thod\""),
                part("backslash", "form-data; name=\"\\_method\""),
                part("encoded word", "form-data; name=\"=?utf-8?B?X21ldGhvZA==?=\""),
                part("percent-encoded", "form-data; name=\"%5Fmethod\""),
                part("dot for the underscore", "form-data; name=\".method\""),
                row(
                        "_method in multipart",
                        "under PUT",
                        BAD_REQUEST,
                        v -> withBody(
                                "PUT " + v.item(),
                                "multipart/form-data; boundary=b",
                                body("form-data; name=\"_method\""))),
                row(
                        "_method in multipart",
                        "compressed",
                        BAD_REQUEST,
                        v -> post(
                                v.item(),
                                "multipart/form-data; boundary=b",
                                zipped(body("form-data; name=\"_method\"")),
                                "Content-Encoding: gzip")),
                row(
                        "_method in multipart",
                        "another name",
                        PASSED,
                        v -> post(v.item(), "multipart/form-data; boundary=b", body("form-data; name=\"method\""))));
    }

    private static Stream<HostileRequest> batches() {
        String calls = "[{\"method\":\"DELETE\",\"url\":\"/api/orders/7\"}]";
        return Stream.of(
                row("batches", "POST /batch", UNPROCESSABLE, v -> post("/batch", JSON, calls)),
                row(
                        "batches",
                        "POST /graphql",
                        PASSED,
                        v -> post("/graphql", JSON, "{\"query\":\"mutation{deleteOrder(id:7)}\"}")),
                row(
                        "batches",
                        "POST below the collection",
                        UNPROCESSABLE,
                        v -> post(v.collection() + "/batch", JSON, calls)),
                row(
                        "batches",
                        "DELETE with a body of ids",
                        NOT_ALLOWED,
                        v -> withBody("DELETE " + v.collection(), JSON, "{\"ids\":[7]}")),
                row(
                        "batches",
                        "DELETE with ids in the query",
                        NOT_ALLOWED,
                        v -> HostileRequest.request("DELETE " + v.collection() + "?ids=7,8")));
    }

    private static HostileRequest form(String name, Outcome applied, String type, String body) {
        return row("_method in a form", name, BAD_REQUEST, applied, v -> post(v.item(), type, body));
    }

    private static HostileRequest json(String name, Outcome applied, String type, String body) {
        return row("_method in JSON", name, BAD_REQUEST, applied, v -> post(v.item(), type, body));
    }

    private static HostileRequest part(String name, String disposition) {
        return row(
                "_method in multipart",
                name,
                BAD_REQUEST,
                v -> post(v.item(), "multipart/form-data; boundary=b", body(disposition)));
    }

    private static String body(String disposition) {
        return "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b\r\nContent-Disposition: "
                + disposition + "\r\n\r\nDELETE\r\n--b--\r\n";
    }

    private static String latin(String text, Charset charset) {
        return new String(text.getBytes(charset), StandardCharsets.ISO_8859_1);
    }

    private static String zipped(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
