package dev.cenotaph.load.legacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** What stands around the rows of a list, and around each row. */
record ListShape(String head, String rowHead, String rowTail, String tail) {
    static ListShape array() {
        return new ListShape("[", "", "", "]");
    }

    static ListShape envelope(String member) {
        return new ListShape("{\"" + member + "\":[", "", "", "]}");
    }

    static ListShape hal(String relation, String self) {
        return new ListShape(
                "{\"_embedded\":{\"" + relation + "\":[",
                "",
                "",
                "]},\"_links\":{\"self\":{\"href\":\"" + self + "\"}}}");
    }

    ListShape withRows(String before, String after) {
        return new ListShape(head, before, after, tail);
    }

    ListShape withTail(String other) {
        return new ListShape(head, rowHead, rowTail, other);
    }

    /** What stands between two rows. */
    String separator() {
        return rowTail + "," + rowHead;
    }

    /** @param rows joined by {@link #separator} */
    byte[] around(byte[] rows) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(rows.length + 128);
        out.writeBytes(head.getBytes(UTF_8));
        if (rows.length > 0) {
            out.writeBytes(rowHead.getBytes(UTF_8));
            out.writeBytes(rows);
            out.writeBytes(rowTail.getBytes(UTF_8));
        }
        out.writeBytes(tail.getBytes(UTF_8));
        return out.toByteArray();
    }
}
