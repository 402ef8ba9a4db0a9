package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.gateway.tombstone.Standing.Forgotten;
import dev.cenotaph.gateway.tombstone.Standing.Held;
import dev.cenotaph.gateway.tombstone.Tombstone.State;
import dev.cenotaph.policy.match.ItemKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Reads a row of the table {@code tombstone}. */
final class TombstoneRow {
    /** The state of a row without a tombstone. */
    static final String FORGOTTEN = "FORGOTTEN";

    private TombstoneRow() {}

    static Standing standing(ResultSet row) throws SQLException {
        if (row.getString("state").equals(FORGOTTEN)) {
            return new Forgotten(row.getString("deletion_id"), row.getLong("version"), row.getLong("revision"));
        }
        return new Held(tombstone(row), instant(row, "lease_until"));
    }

    static Tombstone tombstone(ResultSet row) throws SQLException {
        return new Tombstone(
                key(row),
                State.valueOf(row.getString("state")),
                Instant.ofEpochMilli(row.getLong("delete_time")),
                instant(row, "purge_time"),
                row.getString("deletion_id"),
                Optional.ofNullable(row.getString("actor")),
                Optional.ofNullable(row.getString("former")),
                row.getLong("version"),
                row.getLong("revision"));
    }

    static ItemKey key(ResultSet row) throws SQLException {
        return new ItemKey(
                KeyText.id(row.getString("resource")),
                KeyText.parents(row.getString("parents")),
                KeyText.id(row.getString("id")));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
