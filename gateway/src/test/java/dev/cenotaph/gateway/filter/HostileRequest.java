package dev.cenotaph.gateway.filter;

import dev.cenotaph.gateway.filter.Victim.Place;
import java.util.function.Function;

/**
 * One row of the table.
 *
 * @param kind what rows are counted by
 * @param text the bytes, one char each
 * @param outcome what has to come of it
 */
record HostileRequest(String kind, String name, Function<Victim, String> text, Function<Place, Outcome> outcome) {

    static HostileRequest row(String kind, String name, Outcome outcome, Function<Victim, String> text) {
        return new HostileRequest(kind, name, text, place -> outcome);
    }

    /** A row that ends otherwise where method overrides are applied. */
    static HostileRequest row(
            String kind, String name, Outcome outcome, Outcome applied, Function<Victim, String> text) {
        return new HostileRequest(kind, name, text, place -> place == Place.APPLYING ? applied : outcome);
    }

    /** A request without a body, on a connection that closes. */
    static String request(String line, String... fields) {
        return text(line, "Connection: close\r\nHost: localhost\r\n" + lines(fields), "");
    }

    /** A request with a body. */
    static String post(String target, String type, String body, String... fields) {
        return withBody("POST " + target, type, body, fields);
    }

    static String withBody(String line, String type, String body, String... fields) {
        String head = "Connection: close\r\nHost: localhost\r\nContent-Length: " + body.length() + "\r\n";
        return text(line, head + (type.isEmpty() ? "" : "Content-Type: " + type + "\r\n") + lines(fields), body);
    }

    static String text(String line, String fields, String body) {
        return line + " HTTP/1.1\r\n" + fields + "\r\n" + body;
    }

    private static String lines(String... fields) {
        return fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
    }

    @Override
    public String toString() {
        return kind + ": " + name;
    }
}
