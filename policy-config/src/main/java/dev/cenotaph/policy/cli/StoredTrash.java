package dev.cenotaph.policy.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** How much trash a gateway's store holds. Only reads: nothing is migrated, no file is made. */
final class StoredTrash {
    private static final String SQLITE = "jdbc:sqlite:";
    private static final String COUNT =
            "SELECT resource, COUNT(*) FROM tombstone WHERE state <> 'FORGOTTEN' GROUP BY resource";

    private StoredTrash() {}

    /** The number of tombstones of each resource that has any. */
    static Map<String, Long> count(String url) {
        try (Connection connection = DriverManager.getConnection(readOnly(url))) {
            if (!url.startsWith(SQLITE)) {
                connection.setReadOnly(true);
            }
            return count(connection);
        } catch (SQLException e) {
            throw new UnusableInputException("the store cannot be read: " + e.getMessage(), e);
        }
    }

    private static Map<String, Long> count(Connection connection) throws SQLException {
        var counts = new HashMap<String, Long>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(COUNT)) {
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getLong(2));
            }
        }
        return counts;
    }

    // https://www.sqlite.org/uri.html: mode=ro fails where there is no file.
    private static String readOnly(String url) {
        if (!url.startsWith(SQLITE)) {
            return url;
        }
        Path file = Path.of(url.substring(SQLITE.length()));
        if (!Files.isRegularFile(file)) {
            throw new UnusableInputException("there is no store at " + file);
        }
        return SQLITE + file.toUri().toString().replaceFirst("^file:/+", "file:/") + "?mode=ro";
    }
}
