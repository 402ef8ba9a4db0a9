package dev.cenotaph.gateway.filter;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * What some server, somewhere, might take a request for: every method that any of its parts names, and every path that any
 * careless decoding in any order makes of its target. Shares no code with the gateway.
 */
final class CarelessReading {
    private static final int MOST_READINGS = 3_000;
    private static final Set<String> DELETING = Set.of("DELETE", "BDELETE", "PURGE", "REMOVE", "UNLINK", "EXPUNGE");
    private static final List<String> METHOD_HEADERS =
            List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "-method");
    private static final List<String> PATH_HEADERS = List.of("X-Original-URL", "X-Rewrite-URL");
    private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");
    private static final Pattern UNICODE_ESCAPE = Pattern.compile("%u([0-9A-Fa-f]{4})");
    private static final Pattern JSON_METHOD =
            Pattern.compile("[\"']?(?:_|\\\\u005[fF])method[\"']?\\s*:\\s*[\"']?(\\w+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern PART_METHOD = Pattern.compile(
            "name(?:\\*(?:0\\*?)?)?\\s*=\\s*(?:\"|[\\w-]*'[\\w-]*')?[\"\\s]*(?:_|%5F|\\\\_|=\\?utf-8\\?b\\?X2|\\.|\\[)(?:method|1ldGhvZA==\\?=).*?\\r\\n\\r\\n\\s*(\\w+)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final List<UnaryOperator<String>> HABITS = List.of(
            CarelessReading::decode,
            path -> UNICODE_ESCAPE
                    .matcher(path)
                    .replaceAll(found ->
                            Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16)))),
            path -> path.replaceAll("(?i)%c0%af|%e0%80%af|%c0%2f", "/").replaceAll("(?i)%c0%ae", "."),
            path -> path.replaceAll("[／∕⁄]", "/").replace('．', '.'),
            path -> path.replaceAll("(?i)^[a-z]+:(//[^/]*)?", ""),
            path -> path.replaceAll("^//[^/]+", ""),
            path -> path.startsWith("/") ? path : "/" + path,
            path -> path.split("\0", 2)[0],
            path -> path.split("\\?", 2)[0],
            path -> path.split("#", 2)[0],
            path -> path.replaceAll("[\t\r\n]", ""),
            path -> path.replaceAll(";[^/]*", ""),
            path -> path.replace('\\', '/'),
            path -> path.replaceAll("/{2,}", "/"),
            CarelessReading::resolve,
            path -> path.replaceAll("[ .]+(?=/|$)", ""),
            path -> path.length() > 1 ? path.replaceAll("/$", "") : path,
            path -> path.toLowerCase(Locale.ROOT));

    private CarelessReading() {}

    /** Whether some server might delete something that lies at such a path, or below. */
    static boolean deletes(Arrived request, Pattern governed) {
        return methods(request).stream().anyMatch(DELETING::contains)
                && paths(request).stream()
                        .anyMatch(path -> governed.matcher(path).find());
    }

    static Set<String> methods(Arrived request) {
        var methods = new LinkedHashSet<String>();
        methods.add(request.method());
        METHOD_HEADERS.forEach(name -> methods.addAll(request.values(name)));
        methods.addAll(parameters(request.query()));
        Stream.of(request.body(), unzipped(request.body()), request.body().replace("\0", ""))
                .forEach(body -> {
                    methods.addAll(parameters(body));
                    matches(JSON_METHOD, body).forEach(methods::add);
                    matches(PART_METHOD, body).forEach(methods::add);
                });
        var read = new LinkedHashSet<String>();
        methods.forEach(method -> {
            for (String one : method.split(",")) {
                read.add(one.replaceAll("[^A-Za-z]", "").toUpperCase(Locale.ROOT));
            }
        });
        return read;
    }

    private static Stream<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1));
    }

    /** PHP takes dots, spaces and brackets in names for underscores. */
    private static List<String> parameters(String text) {
        var methods = new ArrayList<String>();
        for (String pair : text.split("[&;]")) {
            String[] sides = pair.split("=", 2);
            String name = decode(decode(sides[0].replace('+', ' ')))
                    .split("\0", 2)[0]
                    .strip()
                    .replaceAll("[. \\[]", "_")
                    .replace("_]", "");
            if (name.equalsIgnoreCase("_method") && sides.length > 1) {
                methods.add(decode(sides[1]));
            }
        }
        return methods;
    }

    private static String unzipped(String body) {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(body.getBytes(StandardCharsets.ISO_8859_1)))) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    static Set<String> paths(Arrived request) {
        var read = new LinkedHashSet<String>();
        Deque<String> next = new ArrayDeque<>();
        next.add(request.target());
        PATH_HEADERS.forEach(name -> next.addAll(request.values(name)));
        while (!next.isEmpty() && read.size() < MOST_READINGS) {
            String path = next.remove();
            if (read.add(path)) {
                HABITS.forEach(habit -> next.add(habit.apply(path)));
            }
        }
        return read;
    }

    private static String decode(String text) {
        var bytes = new ByteArrayOutputStream();
        Matcher escape = ESCAPE.matcher(text);
        int at = 0;
        while (escape.find()) {
            bytes.writeBytes(text.substring(at, escape.start()).getBytes(StandardCharsets.UTF_8));
            bytes.write(Integer.parseInt(escape.group(1), 16));
            at = escape.end();
        }
        bytes.writeBytes(text.substring(at).getBytes(StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String resolve(String path) {
        Deque<String> kept = new ArrayDeque<>();
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..")) {
                kept.pollLast();
            } else if (!segment.equals(".")) {
                kept.addLast(segment);
            }
        }
        String resolved = String.join("/", kept);
        return resolved.startsWith("/") ? resolved : "/" + resolved;
    }
}
