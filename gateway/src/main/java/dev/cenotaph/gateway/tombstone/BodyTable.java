package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.gateway.tombstone.BodySeal.Sealed;
import dev.cenotaph.gateway.tombstone.FormerBody.Facts;
import dev.cenotaph.gateway.tombstone.FormerBody.Kind;
import dev.cenotaph.gateway.tombstone.FormerBody.Origin;
import dev.cenotaph.policy.match.ItemKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Bodies in SQL. Everything here blocks; what writes has to be called inside a transaction. */
final class BodyTable {
    private static final String OF_ITEM =
            " WHERE resource = :resource AND parents = :parents AND id = :id AND kind = :kind";
    private static final String FACTS = "resource, parents, id, kind, number, store_time, deletion_id, actor,"
            + " content_type, entity_tag, size, caller";

    private final JdbcClient writer;
    private final JdbcClient reader;

    BodyTable(JdbcClient writer, JdbcClient reader) {
        this.writer = writer;
        this.reader = reader;
    }

    /** A row. */
    record Row(Facts facts, Sealed sealed) {}

    /** Given once: whoever asks has to be in turn with others who do. */
    long nextNumber(ItemKey key, Kind kind) {
        return of(writer.sql("SELECT COALESCE(MAX(number), 0) + 1 FROM body" + OF_ITEM), key, kind)
                .query(Long.class)
                .single();
    }

    void insert(Facts facts, Sealed sealed) {
        Origin origin = facts.origin();
        of(
                        writer.sql("INSERT INTO body (resource, parents, id, kind, number, store_time, deletion_id,"
                                + " actor, content_type, entity_tag, key_id, checksum, size, content, caller)"
                                + " VALUES (:resource, :parents, :id, :kind, :number, :store_time, :deletion_id,"
                                + " :actor, :content_type, :entity_tag, :key_id, :checksum, :size, :content,"
                                + " :caller)"),
                        origin.key(),
                        origin.kind())
                .param("number", facts.number())
                .param("store_time", facts.time().toEpochMilli())
                .param("deletion_id", origin.deletionId().orElse(null))
                .param("actor", origin.actor().orElse(null))
                .param("content_type", origin.contentType().orElse(null))
                .param("entity_tag", origin.entityTag().orElse(null))
                .param("caller", origin.caller().orElse(null))
                .param("key_id", sealed.keyId().orElse(null))
                .param("checksum", sealed.checksum())
                .param("size", facts.size())
                .param("content", Base64.getEncoder().encodeToString(sealed.content()))
                .update();
    }

    Optional<Row> find(ItemKey key, Kind kind, long number) {
        return of(reader.sql("SELECT * FROM body" + OF_ITEM + " AND number = :number"), key, kind)
                .param("number", number)
                .query((row, at) -> row(row))
                .optional();
    }

    Optional<Row> latest(ItemKey key, Kind kind) {
        return of(reader.sql("SELECT * FROM body" + OF_ITEM + " ORDER BY number DESC LIMIT 1"), key, kind)
                .query((row, at) -> row(row))
                .optional();
    }

    Optional<Row> ofDeletion(ItemKey key, Kind kind, String deletionId) {
        return of(
                        reader.sql("SELECT * FROM body" + OF_ITEM
                                + " AND deletion_id = :deletion_id ORDER BY number DESC LIMIT 1"),
                        key,
                        kind)
                .param("deletion_id", deletionId)
                .query((row, at) -> row(row))
                .optional();
    }

    List<Facts> list(ItemKey key, Kind kind, long before, int limit) {
        return of(
                        reader.sql("SELECT " + FACTS + " FROM body" + OF_ITEM
                                + " AND number < :before ORDER BY number DESC LIMIT :limit"),
                        key,
                        kind)
                .param("before", before)
                .param("limit", limit)
                .query((row, at) -> facts(row))
                .list();
    }

    int drop(ItemKey key, Kind kind, long number) {
        return of(writer.sql("DELETE FROM body" + OF_ITEM + " AND number = :number"), key, kind)
                .param("number", number)
                .update();
    }

    int dropAllBut(ItemKey key, Kind kind, int count) {
        return of(
                        writer.sql("DELETE FROM body" + OF_ITEM + " AND number NOT IN (SELECT number FROM body"
                                + OF_ITEM + " ORDER BY number DESC LIMIT :count)"),
                        key,
                        kind)
                .param("count", count)
                .update();
    }

    int dropAll(ItemKey key, Kind kind) {
        return of(writer.sql("DELETE FROM body" + OF_ITEM), key, kind).update();
    }

    int dropOfDeletion(ItemKey key, Kind kind, String deletionId) {
        return of(writer.sql("DELETE FROM body" + OF_ITEM + " AND deletion_id = :deletion_id"), key, kind)
                .param("deletion_id", deletionId)
                .update();
    }

    private static StatementSpec of(StatementSpec statement, ItemKey key, Kind kind) {
        return statement
                .param("resource", KeyText.ofId(key.resource()))
                .param("parents", KeyText.ofParents(key.parents()))
                .param("id", KeyText.ofId(key.id()))
                .param("kind", kind.name());
    }

    private static Row row(ResultSet row) throws SQLException {
        Facts facts = facts(row);
        return new Row(
                facts,
                new Sealed(
                        Optional.ofNullable(row.getString("key_id")),
                        row.getString("checksum"),
                        content(facts, row.getString("content"))));
    }

    private static byte[] content(Facts facts, String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException damaged) {
            throw new BrokenBodyException(facts, "it is not Base64", damaged);
        }
    }

    private static Facts facts(ResultSet row) throws SQLException {
        var origin = new Origin(
                TombstoneRow.key(row),
                Kind.valueOf(row.getString("kind")),
                Optional.ofNullable(row.getString("deletion_id")),
                Optional.ofNullable(row.getString("actor")),
                Optional.ofNullable(row.getString("content_type")),
                Optional.ofNullable(row.getString("entity_tag")),
                Optional.ofNullable(row.getString("caller")));
        return new Facts(
                origin, row.getLong("number"), Instant.ofEpochMilli(row.getLong("store_time")), row.getLong("size"));
    }
}
