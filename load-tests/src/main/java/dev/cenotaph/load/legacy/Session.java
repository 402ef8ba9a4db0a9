package dev.cenotaph.load.legacy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The statements on one connection, each prepared once. For one thread at a time. */
final class Session implements AutoCloseable {
    private static final byte[] NOTHING = {};

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Session(Connection connection) {
        this.connection = connection;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    Optional<byte[]> find(Resource resource, Key key) throws SQLException {
        return bytes("SELECT body FROM " + resource.name() + " WHERE parent = ? AND id = ?", key.parent(), key.id());
    }

    /** Rows in the order of their ids, joined in SQLite: one crossing into native code a list instead of one a row. */
    byte[] list(Resource resource, String parent, Page page, String separator) throws SQLException {
        // SQLite feeds group_concat in the order of the subquery.
        return bytes(
                        "SELECT group_concat(body, ?) FROM (SELECT body FROM " + resource.name()
                                + " WHERE parent = ? ORDER BY id LIMIT ? OFFSET ?)",
                        separator,
                        parent,
                        page.limit(),
                        page.offset())
                .orElse(NOTHING);
    }

    /** The same, of the rows that hold a text in a member. */
    byte[] list(Resource resource, String parent, String member, String text, Page page, String separator)
            throws SQLException {
        return bytes(
                        "SELECT group_concat(body, ?) FROM (SELECT body FROM " + resource.name()
                                + " WHERE parent = ? AND json_extract(body, '$." + member
                                + "') = ? ORDER BY id LIMIT ? OFFSET ?)",
                        separator,
                        parent,
                        text,
                        page.limit(),
                        page.offset())
                .orElse(NOTHING);
    }

    byte[] search(Resource resource, String text, String separator) throws SQLException {
        return bytes(
                        "SELECT group_concat(body, ?) FROM (SELECT body FROM " + resource.name()
                                + " WHERE instr(body, ?) > 0 ORDER BY parent, id)",
                        separator,
                        text)
                .orElse(NOTHING);
    }

    /** The rows of all parents, each with the parent's id. */
    byte[] everything(Resource resource) throws SQLException {
        String row = resource.parent().isEmpty()
                ? "body"
                : "'{\"" + resource.parentMember() + "\":' || json_quote(parent) || ',' || substr(body, 2)";
        return bytes("SELECT group_concat(row, ',') FROM (SELECT " + row + " AS row FROM " + resource.name()
                        + " ORDER BY parent, id)")
                .orElse(NOTHING);
    }

    long count(Resource resource, String parent) throws SQLException {
        return number("SELECT count(*) FROM " + resource.name() + " WHERE parent = ?", parent);
    }

    /** One more than the highest that there is: the number of a last row that was deleted is handed out anew. */
    String nextId(Resource resource, String parent) throws SQLException {
        return Long.toString(
                number("SELECT coalesce(max(id), 0) + 1 FROM " + resource.name() + " WHERE parent = ?", parent));
    }

    /** Whether another row of the same parent holds the same values in these members. */
    boolean isTaken(Resource resource, Key key, Map<String, String> values) throws SQLException {
        StringBuilder sql = new StringBuilder("SELECT count(*) FROM ")
                .append(resource.name())
                .append(" WHERE parent = ? AND id <> ?");
        Object[] parameters = new Object[2 + values.size()];
        parameters[0] = key.parent();
        parameters[1] = key.id();
        int next = 2;
        for (Map.Entry<String, String> value : values.entrySet()) {
            sql.append(" AND json_extract(body, '$.").append(value.getKey()).append("') = ?");
            parameters[next++] = value.getValue();
        }
        return number(sql.toString(), parameters) > 0;
    }

    void put(Resource resource, Key key, Json row) throws SQLException {
        update(
                "INSERT INTO " + resource.name() + " (parent, id, body) VALUES (?, ?, ?)"
                        + " ON CONFLICT (parent, id) DO UPDATE SET body = excluded.body",
                key.parent(),
                key.id(),
                row.toString());
    }

    /** Deletes the row and the rows that belong to it. */
    void delete(Resource resource, Key key) throws SQLException {
        update("DELETE FROM " + resource.name() + " WHERE parent = ? AND id = ?", key.parent(), key.id());
        for (Resource child : Catalogue.ALL) {
            if (child.parent().filter(resource.name()::equals).isPresent()) {
                update("DELETE FROM " + child.name() + " WHERE parent = ?", key.id());
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private Optional<byte[]> bytes(String sql, Object... parameters) throws SQLException {
        try (ResultSet result = bound(sql, parameters).executeQuery()) {
            return result.next() ? Optional.ofNullable(result.getBytes(1)) : Optional.empty();
        }
    }

    long number(String sql, Object... parameters) throws SQLException {
        try (ResultSet result = bound(sql, parameters).executeQuery()) {
            return result.next() ? result.getLong(1) : 0;
        }
    }

    private void update(String sql, Object... parameters) throws SQLException {
        bound(sql, parameters).executeUpdate();
    }

    private PreparedStatement bound(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = prepared(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    private PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        return statement;
    }
}
