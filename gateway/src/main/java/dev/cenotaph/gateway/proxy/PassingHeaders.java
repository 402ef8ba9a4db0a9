package dev.cenotaph.gateway.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpHeaders;

/**
 * The headers that pass from one connection to another: all but those that belong to one alone, which are those that every
 * proxy knows and those that {@code Connection} lists (RFC 9110 §7.6.1).
 */
final class PassingHeaders {
    private static final AsciiString FORWARDED = AsciiString.cached("forwarded");
    private static final AsciiString X_FORWARDED = AsciiString.cached("x-forwarded-");

    private final List<AsciiString> connectionBound;
    private final boolean forwarded;
    private final boolean xForwarded;

    /**
     * A rule.
     *
     * @param connectionBound names of headers that belong to one connection
     * @param forwarded whether {@code Forwarded} passes (RFC 7239)
     * @param xForwarded whether {@code X-Forwarded-*} pass
     */
    PassingHeaders(Set<String> connectionBound, boolean forwarded, boolean xForwarded) {
        this.connectionBound = connectionBound.stream().map(AsciiString::cached).toList();
        this.forwarded = forwarded;
        this.xForwarded = xForwarded;
    }

    /** Adds to the upstream's request what passes of the client's. */
    void copyRequest(HttpHeaders from, io.netty.handler.codec.http.HttpHeaders to) {
        List<String> listed = listed(from.getOrEmpty(HttpHeaders.CONNECTION));
        from.forEach((name, values) -> {
            if (passes(name) && !isIn(listed, name)) {
                // A name that comes in two spellings shows up twice, with all its values.
                to.set(name, values);
            }
        });
    }

    /** Adds to the client's answer what passes of the upstream's, and gives its names. */
    List<String> copyAnswer(io.netty.handler.codec.http.HttpHeaders from, HttpHeaders to) {
        List<String> listed = listed(from.getAll(HttpHeaderNames.CONNECTION));
        var names = new ArrayList<String>(from.size());
        Iterator<Map.Entry<CharSequence, CharSequence>> entries = from.iteratorCharSequence();
        while (entries.hasNext()) {
            Map.Entry<CharSequence, CharSequence> entry = entries.next();
            if (passes(entry.getKey()) && !isIn(listed, entry.getKey())) {
                String name = entry.getKey().toString();
                to.add(name, entry.getValue().toString());
                names.add(name);
            }
        }
        return names;
    }

    private boolean passes(CharSequence name) {
        return !isIn(connectionBound, name)
                && (forwarded || !FORWARDED.contentEqualsIgnoreCase(name))
                && (xForwarded || !AsciiString.regionMatches(name, true, 0, X_FORWARDED, 0, X_FORWARDED.length()));
    }

    private static List<String> listed(List<String> connection) {
        if (connection.isEmpty()) {
            return List.of();
        }
        var listed = new ArrayList<String>(1);
        for (String field : connection) {
            for (String option : field.split(",", -1)) {
                listed.add(option.strip());
            }
        }
        return listed;
    }

    private static boolean isIn(List<? extends CharSequence> names, CharSequence name) {
        for (int i = 0; i < names.size(); i++) {
            if (AsciiString.contentEqualsIgnoreCase(names.get(i), name)) {
                return true;
            }
        }
        return false;
    }
}
