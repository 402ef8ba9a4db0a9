package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.gateway.tombstone.Tombstone.State;
import dev.cenotaph.policy.match.ItemKey;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Real tombstones in a database of their own, on a clock that stands still. */
final class TestTombstones implements AutoCloseable {
    static final Duration LEASE = Duration.ofSeconds(30);
    static final ItemKey KEY = new ItemKey("orders", List.of(), "7");
    static final Trace TRACE = new Trace(Optional.of("alice"), "request-1", "policy-1");

    final FakeClock clock = new FakeClock();
    private final String url;
    private final Supplier<Engine> engine;
    private BodyKeys bodyKeys = BodyKeys.none();
    private StoredTombstones open;

    TestTombstones(StoreUnderTest store, Path directory) {
        this(store.url(directory));
    }

    TestTombstones(String url) {
        this(url, () -> Engine.open(StoreAddress.of(url)));
    }

    TestTombstones(String url, Supplier<Engine> engine) {
        this.url = url;
        this.engine = engine;
        this.open = open();
    }

    StoredTombstones tombstones() {
        return open;
    }

    void restart() {
        open.close();
        open = open();
    }

    void restart(BodyKeys keys) {
        bodyKeys = keys;
        restart();
    }

    private StoredTombstones open() {
        return StoredTombstones.open(engine.get(), clock, LEASE, 1_000, Duration.ofSeconds(5), bodyKeys);
    }

    Deletion deletion(ItemKey key) {
        return deletion(key, "deletion of " + key.id());
    }

    Deletion deletion(ItemKey key, String deletionId) {
        return new Deletion(
                key,
                clock.instant(),
                Optional.of(clock.instant().plus(Duration.ofDays(30))),
                deletionId,
                Optional.of("\"open\""),
                TRACE);
    }

    /** Brings a key into a state from nothing; empty for a tombstone that came and went. */
    Optional<Tombstone> bring(ItemKey key, Optional<State> state) {
        Tombstone pending = granted(open.begin(deletion(key)));
        if (state.isEmpty()) {
            open.release(pending, "upstream said no", TRACE).block();
            return Optional.empty();
        }
        return Optional.of(
                switch (state.get()) {
                    case PENDING -> pending;
                    case TRASHED -> get(open.commit(pending, TRACE));
                    case RESTORING, PURGING -> {
                        open.commit(pending, TRACE).block();
                        yield granted(open.claim(key, state.get(), TRACE));
                    }
                });
    }

    Tombstone bring(ItemKey key, State state) {
        return bring(key, Optional.of(state)).orElseThrow();
    }

    Optional<Tombstone> find(ItemKey key) {
        return open.find(key).blockOptional();
    }

    /** The audit, a line each: {@code action from→to id deletion version actor request policy reason}. */
    List<String> audit() throws SQLException {
        return rows("SELECT action, from_state, to_state, id, deletion_id, version, actor, request_id, policy_version,"
                + " reason, time FROM audit ORDER BY revision");
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    List<String> rows(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                StringJoiner row = new StringJoiner(" | ");
                for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                    row.add(String.valueOf(found.getObject(column)));
                }
                rows.add(row.toString());
            }
            return rows;
        }
    }

    static Tombstone granted(Mono<Claim> claim) {
        return ((Claim.Granted) get(claim)).tombstone();
    }

    static <T> T get(Mono<T> mono) {
        return mono.blockOptional(Duration.ofSeconds(30)).orElseThrow();
    }

    static ItemKey order(String id) {
        return new ItemKey("orders", List.of(), id);
    }

    @Override
    public void close() {
        open.close();
    }
}
