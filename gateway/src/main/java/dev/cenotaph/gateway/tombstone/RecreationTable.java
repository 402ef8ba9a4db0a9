package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.gateway.tombstone.Recreations.Recreation;
import dev.cenotaph.policy.match.ItemKey;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Recreations in SQL. Everything here blocks; what writes has to be called inside a transaction. */
final class RecreationTable {
    private static final String AT_KEY = " WHERE resource = :resource AND parents = :parents AND id = :id";

    private final JdbcClient writer;
    private final JdbcClient reader;

    RecreationTable(JdbcClient writer, JdbcClient reader) {
        this.writer = writer;
        this.reader = reader;
    }

    int put(ItemKey key, String deletionId, Instant now) {
        return at(
                        writer.sql("INSERT INTO recreation (resource, parents, id, deletion_id, sent_time)"
                                + " VALUES (:resource, :parents, :id, :deletion_id, :sent_time)"
                                + " ON CONFLICT (resource, parents, id) DO UPDATE SET"
                                + " deletion_id = excluded.deletion_id, sent_time = excluded.sent_time, new_id = NULL"),
                        key)
                .param("deletion_id", deletionId)
                .param("sent_time", now.toEpochMilli())
                .update();
    }

    int setNewId(ItemKey key, String newId) {
        return at(writer.sql("UPDATE recreation SET new_id = :new_id" + AT_KEY), key)
                .param("new_id", KeyText.ofId(newId))
                .update();
    }

    int dropOpen(ItemKey key) {
        return at(writer.sql("DELETE FROM recreation" + AT_KEY + " AND new_id IS NULL"), key)
                .update();
    }

    Optional<Recreation> find(ItemKey key) {
        return at(reader.sql("SELECT * FROM recreation" + AT_KEY), key)
                .query((row, number) -> new Recreation(
                        TombstoneRow.key(row),
                        row.getString("deletion_id"),
                        Instant.ofEpochMilli(row.getLong("sent_time")),
                        Optional.ofNullable(row.getString("new_id")).map(KeyText::id)))
                .optional();
    }

    private static StatementSpec at(StatementSpec statement, ItemKey key) {
        return statement
                .param("resource", KeyText.ofId(key.resource()))
                .param("parents", KeyText.ofParents(key.parents()))
                .param("id", KeyText.ofId(key.id()));
    }
}
