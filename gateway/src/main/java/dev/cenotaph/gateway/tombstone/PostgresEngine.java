package dev.cenotaph.gateway.tombstone;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.ds.common.BaseDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A PostgreSQL database, which replicas share. */
final class PostgresEngine implements Engine {
    static final String PREFIX = "jdbc:postgresql:";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresEngine.class);
    private static final String CHANNEL = "cenotaph";
    private static final int WRITERS = 2;
    private static final int READERS = 4;
    /** How long a start waits for a database that starts at the same time. */
    private static final int START_TIMEOUT_MILLIS = 10_000;
    /** How long a request waits for a connection: none comes while the database is gone. */
    private static final int POOL_TIMEOUT_MILLIS = 2_000;

    private static final int VALIDATION_TIMEOUT_MILLIS = 1_000;
    private static final int CONNECT_TIMEOUT_SECONDS = 2;
    /** Longer than a statement that waits for a lock as long as it may. */
    private static final int SOCKET_TIMEOUT_SECONDS = 10;

    private static final int KEEPALIVE_MILLIS = 30_000;
    /** Short, so that connections find their way after a failover. */
    private static final int LIFETIME_MILLIS = 600_000;

    private static final int ROWS_AT_ONCE = 5_000;

    /**
     * A commit is on disk when it is acknowledged; whoever set more than that keeps it. A process that is paused in the
     * midst of a change holds all others up, but no longer than they wait.
     */
    private static final String SESSION =
            """
            SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
            SET lock_timeout = '%d ms';
            SET idle_in_transaction_session_timeout = '%d ms'""".formatted(PATIENCE.toMillis(), PATIENCE.dividedBy(2).toMillis());

    private final StoreAddress address;
    private final String self = UUID.randomUUID().toString();
    private final HikariDataSource writer;
    private final HikariDataSource reader;

    private PostgresEngine(StoreAddress address, HikariDataSource writer, HikariDataSource reader) {
        this.address = address;
        this.writer = writer;
        this.reader = reader;
    }

    static PostgresEngine open(StoreAddress address) {
        try {
            HikariDataSource writer = new HikariDataSource(pool(address, "cenotaph-store-writer", WRITERS));
            try {
                HikariDataSource reader = new HikariDataSource(pool(address, "cenotaph-store-reader", READERS));
                PostgresEngine engine = new PostgresEngine(address, writer, reader);
                engine.warnOfLosses();
                return engine;
            } catch (RuntimeException failed) {
                writer.close();
                throw failed;
            }
        } catch (PoolInitializationException | DataAccessException unavailable) {
            throw new StoreUnavailableException("Cannot open the tombstone store " + address, unavailable);
        }
    }

    @Override
    public DataSource writer() {
        return writer;
    }

    @Override
    public DataSource reader() {
        return reader;
    }

    @Override
    public DataSource migrator() {
        return source(address, "cenotaph-store-migration", 0);
    }

    @Override
    public List<String> migrations() {
        return List.of("migration", "migration-postgresql");
    }

    @Override
    public boolean isShared() {
        return true;
    }

    /** The database itself says no. */
    @Override
    public void requireWritable() {}

    @Override
    public void announce(JdbcClient client) {
        client.sql("SELECT pg_notify(:channel, :self)")
                .param("channel", CHANNEL)
                .param("self", self)
                .query(row -> {});
    }

    @Override
    public Listening listen(Runnable heard) {
        return PostgresListening.start(
                source(address, "cenotaph-store-listener", SOCKET_TIMEOUT_SECONDS), CHANNEL, self, heard);
    }

    @Override
    public void close() {
        reader.close();
        writer.close();
    }

    private static HikariConfig pool(StoreAddress address, String name, int connections) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName(name);
        pool.setDataSource(source(address, name, SOCKET_TIMEOUT_SECONDS));
        pool.setMaximumPoolSize(connections);
        pool.setMinimumIdle(1);
        pool.setInitializationFailTimeout(START_TIMEOUT_MILLIS);
        pool.setConnectionTimeout(POOL_TIMEOUT_MILLIS);
        pool.setValidationTimeout(VALIDATION_TIMEOUT_MILLIS);
        pool.setKeepaliveTime(KEEPALIVE_MILLIS);
        pool.setMaxLifetime(LIFETIME_MILLIS);
        pool.setConnectionInitSql(SESSION);
        pool.setExceptionOverride(new DemotedServer());
        return pool;
    }

    /** @param socketTimeout in seconds, after which a silent database counts as gone; 0 for never */
    private static PGSimpleDataSource source(StoreAddress address, String name, int socketTimeout) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setConnectTimeout(CONNECT_TIMEOUT_SECONDS);
        source.setLoginTimeout(CONNECT_TIMEOUT_SECONDS * 2);
        source.setSocketTimeout(socketTimeout);
        source.setTcpKeepAlive(true);
        source.setTargetServerType("primary");
        source.setDefaultRowFetchSize(ROWS_AT_ONCE);
        source.setApplicationName(name);
        setUrl(source, address);
        address.username().filter(user -> source.getUser() == null).ifPresent(source::setUser);
        address.password().filter(password -> source.getPassword() == null).ifPresent(source::setPassword);
        return source;
    }

    /** What the URL says goes before what we set. */
    private static void setUrl(BaseDataSource source, StoreAddress address) {
        try {
            source.setUrl(address.url());
        } catch (IllegalArgumentException unreadable) {
            // The driver's own message quotes the URL, and a password with it.
            throw new IllegalArgumentException("The store's URL is none of PostgreSQL: " + address);
        }
    }

    private void warnOfLosses() {
        boolean flushes = JdbcClient.create(reader)
                .sql("SELECT current_setting('fsync')")
                .query(String.class)
                .single()
                .equals("on");
        if (!flushes) {
            LOG.warn("{} runs with fsync off: when its machine fails, acknowledged deletes are lost", address);
        }
    }

    /** A server that was demoted answers, and refuses every change: its connections lead nowhere any more. */
    private static final class DemotedServer implements SQLExceptionOverride {
        private static final String READ_ONLY_TRANSACTION = "25006";

        @java.lang.Override
        public SQLExceptionOverride.Override adjudicate(SQLException failure) {
            return READ_ONLY_TRANSACTION.equals(failure.getSQLState())
                    ? SQLExceptionOverride.Override.MUST_EVICT
                    : SQLExceptionOverride.Override.CONTINUE_EVICT;
        }
    }
}
