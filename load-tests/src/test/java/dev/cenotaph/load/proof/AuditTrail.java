package dev.cenotaph.load.proof;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The audit lines as they stand in the store: each change of state must have left one, and none may be missing. */
final class AuditTrail {
    private static final String FORGOTTEN = "FORGOTTEN";

    private final String jdbcUrl;
    private final Map<String, String> states = new HashMap<>();
    private long read;

    AuditTrail(String jdbcUrl) {
        this.jdbcUrl = jdbcUrl;
    }

    /** How many tombstones stand where somebody should be at work. */
    int open() throws SQLException {
        try (Connection store = DriverManager.getConnection(jdbcUrl);
                Statement query = store.createStatement();
                ResultSet row = query.executeQuery(
                        "SELECT count(*) FROM tombstone WHERE state IN ('PENDING', 'RESTORING', 'PURGING')")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Reads on from where it was read last; every line must begin where the one before it ended. */
    void check(Findings findings) throws SQLException {
        try (Connection store = DriverManager.getConnection(jdbcUrl);
                Statement query = store.createStatement()) {
            readLines(query, findings);
            compareWithTombstones(query, findings);
        }
    }

    private void readLines(Statement query, Findings findings) throws SQLException {
        try (ResultSet row = query.executeQuery("SELECT revision, resource, id, from_state, to_state FROM audit"
                + " WHERE revision > " + read + " ORDER BY revision")) {
            while (row.next()) {
                read = row.getLong("revision");
                String item = item(row);
                String before = states.put(item, row.getString("to_state"));
                if (!Objects.equals(orForgotten(row.getString("from_state")), orForgotten(before))) {
                    findings.add(
                            Findings.Kind.AUDIT,
                            "revision " + read + " of " + item + " begins at " + row.getString("from_state")
                                    + ", the line before ended at " + before);
                }
                findings.count("audit lines");
            }
        }
    }

    private void compareWithTombstones(Statement query, Findings findings) throws SQLException {
        try (ResultSet row = query.executeQuery("SELECT resource, id, state FROM tombstone")) {
            while (row.next()) {
                String item = item(row);
                if (!row.getString("state").equals(states.get(item))) {
                    findings.add(
                            Findings.Kind.AUDIT,
                            item + " stands at " + row.getString("state") + ", its last line ended at "
                                    + states.get(item));
                }
            }
        }
    }

    private static String item(ResultSet row) throws SQLException {
        return "/" + row.getString("resource") + "/" + row.getString("id");
    }

    private static String orForgotten(@Nullable String state) {
        return state == null ? FORGOTTEN : state;
    }
}
