package dev.cenotaph.gateway.tombstone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Who sent a request, as far as he said. Lives as long as the request; what is kept of it is a {@link CallerMarks mark}. */
public final class Caller {
    private final byte[] words;

    private Caller(byte[] words) {
        this.words = words;
    }

    /** Somebody whom the host knows by name, whatever he presents today. */
    public static Caller named(String name) {
        return new Caller(bytes(List.of(List.of("name"), List.of(name))));
    }

    /**
     * Whoever presents these credentials; who presents none is a caller like any other.
     *
     * @param credentials the values of each header that counts, in its order
     */
    public static Caller presenting(List<List<String>> credentials) {
        var all = new ArrayList<List<String>>();
        all.add(List.of("credentials"));
        all.addAll(credentials);
        return new Caller(bytes(all));
    }

    /** The same for the same caller alone. */
    byte[] words() {
        return words;
    }

    /** Each text with its length and each list with its size: no two callers are the same bytes. */
    private static byte[] bytes(List<List<String>> lists) {
        var bytes = new ByteArrayOutputStream();
        for (List<String> list : lists) {
            bytes.writeBytes(number(list.size()));
            for (String text : list) {
                byte[] words = text.getBytes(UTF_8);
                bytes.writeBytes(number(words.length));
                bytes.writeBytes(words);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }
}
