package dev.cenotaph.load.speed.upstream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What the upstream shows, as bytes. All ids have eight digits, so that all live orders are equally long, and what a target
 * has to answer is known beforehand.
 */
public final class Orders {
    public static final String PATH = "/api/orders";

    /** The first id of orders that stay live. */
    public static final int LIVE = 10_000_000;

    /** The first id of orders that are trashed before the run, where there is a way to do so. */
    public static final int TRASHED = 11_000_000;

    /** The first id of what lists show; of ten in a row one is trashed. */
    public static final int LISTED = 12_000_000;

    /** The first id of orders that are deleted and restored in the run, each once. */
    public static final int WALKED = 20_000_000;

    private static final int ONE_TRASHED_IN = 10;
    private static final int TRASHED_AT = 5;
    private static final String TRASHED_SINCE = "2026-11-01T08:30:00Z";
    private static final String AFTER_MARKER =
            ",\"number\":\"SO-2026-004711\",\"status\":\"shipped\",\"currency\":\"EUR\",\"total\":149.95,"
                    + "\"customer\":{\"id\":8812,\"name\":\"Ada Lovelace\",\"city\":\"London\"},"
                    + "\"lines\":[{\"sku\":\"A-100\",\"quantity\":2,\"price\":49.95},{\"sku\":\"B-7\",\"quantity\":1,\"price\":50.05}],"
                    + "\"note\":\"leave at the door\"}";

    private static final String STATUS =
            "{\"service\":\"orders\",\"state\":\"up\",\"version\":\"4.11.2\",\"region\":\"eu-central\","
                    + "\"nodes\":[{\"name\":\"a\",\"load\":0.31},{\"name\":\"b\",\"load\":0.28},{\"name\":\"c\",\"load\":0.35}],"
                    + "\"queues\":{\"incoming\":12,\"outgoing\":3},\"uptime\":\"P12DT4H\",\"message\":\"all systems as they should be, nothing to report today\"}";

    private Orders() {}

    /** What no policy governs. */
    public static byte[] status() {
        return STATUS.getBytes(US_ASCII);
    }

    /** One order; live without a time of deletion. */
    public static byte[] order(int id, @Nullable String deletedAt) {
        return text(id, deletedAt).getBytes(US_ASCII);
    }

    /** The list as the upstream shows it: with what is trashed. */
    public static byte[] list(int rows) {
        return list(rows, true);
    }

    /** The list as a client is meant to see it. */
    public static byte[] filteredList(int rows) {
        return list(rows, false);
    }

    /** Rows of a list without what surrounds them, each with a comma behind it. */
    static byte[] block(int rows) {
        byte[] list = list(rows, true);
        byte[] block = new byte[list.length - 1];
        System.arraycopy(list, 1, block, 0, list.length - 2);
        block[block.length - 1] = ',';
        return block;
    }

    private static byte[] list(int rows, boolean withTrashed) {
        var list = new ByteArrayOutputStream();
        list.write('[');
        for (int row = 0; row < rows; row++) {
            boolean trashed = row % ONE_TRASHED_IN == TRASHED_AT;
            if (!trashed || withTrashed) {
                if (list.size() > 1) {
                    list.write(',');
                }
                list.writeBytes(order(LISTED + row, trashed ? TRASHED_SINCE : null));
            }
        }
        list.write(']');
        return list.toByteArray();
    }

    private static String text(int id, @Nullable String deletedAt) {
        String marker = deletedAt == null ? "null" : '"' + deletedAt + '"';
        return "{\"id\":" + id + ",\"deleted_at\":" + marker + AFTER_MARKER;
    }
}
