package dev.cenotaph.gateway.filter;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A request as its bytes came, one char each.
 *
 * @param fields the header lines
 * @param trailers the lines behind a chunked body
 */
record Arrived(String method, String target, List<String> fields, String body, List<String> trailers) {

    /** The next request of a connection; empty where there is none, or none that is whole. */
    static Optional<Arrived> read(InputStream in) throws IOException {
        try {
            String line = line(in);
            while (line.isEmpty()) {
                line = line(in);
            }
            String[] words = line.strip().split("\\s+");
            List<String> fields = lines(in);
            var request = new Arrived(words[0], words.length > 1 ? words[1] : "", fields, "", List.of());
            return Optional.of(request.withBody(in));
        } catch (EOFException e) {
            return Optional.empty();
        }
    }

    String path() {
        return target.split("\\?", 2)[0];
    }

    String query() {
        int mark = target.indexOf('?');
        return mark < 0 ? "" : target.substring(mark + 1);
    }

    /** The values of a header, its name read as a server does that knows no difference between {@code _} and {@code -}. */
    List<String> values(String name) {
        return Stream.concat(fields.stream(), trailers.stream())
                .filter(field -> field.indexOf(':') > 0)
                .filter(field -> field.substring(0, field.indexOf(':'))
                        .strip()
                        .replace('_', '-')
                        .equalsIgnoreCase(name))
                .map(field -> field.substring(field.indexOf(':') + 1).strip())
                .toList();
    }

    private List<String> framing(String name) {
        return fields.stream()
                .filter(field -> field.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(field -> field.substring(name.length() + 1).strip())
                .toList();
    }

    /** Whether no two servers can disagree on where the request ends. */
    boolean isWellFramed() {
        List<String> lengths = framing("content-length");
        List<String> codings = framing("transfer-encoding");
        return lengths.size() + codings.size() <= 1
                && lengths.stream().allMatch(length -> length.matches("[0-9]+"))
                && codings.stream().allMatch("chunked"::equals)
                && fields.stream().noneMatch(field -> field.matches("(?s)[\\s].*|.*[\\r\\n\\x00].*|[^:]*\\s:.*"))
                && trailers.isEmpty();
    }

    private Arrived withBody(InputStream in) throws IOException {
        if (framing("transfer-encoding").stream().anyMatch(coding -> coding.contains("chunked"))) {
            var whole = new StringBuilder();
            for (int size = chunk(in); size > 0; size = chunk(in)) {
                whole.append(bytes(in, size));
                line(in);
            }
            return new Arrived(method, target, fields, whole.toString(), lines(in));
        }
        int length = framing("content-length").stream()
                .filter(text -> text.matches("[0-9]{1,8}"))
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElse(0);
        return new Arrived(method, target, fields, bytes(in, length), List.of());
    }

    private static int chunk(InputStream in) throws IOException {
        String size = line(in).split(";", 2)[0].strip();
        return size.matches("[0-9A-Fa-f]{1,7}") ? Integer.parseInt(size, 16) : 0;
    }

    private static String bytes(InputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static List<String> lines(InputStream in) throws IOException {
        var lines = Stream.<String>builder();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            lines.add(line);
        }
        return lines.build().toList();
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
