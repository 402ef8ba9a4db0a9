package dev.cenotaph.gateway.tombstone;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/** A SQLite file with a write-ahead log: one connection that writes, so that none finds it busy, and some that read. */
final class SqliteEngine implements Engine {
    static final String PREFIX = "jdbc:sqlite:";

    private static final int CONNECTION_TIMEOUT_MILLIS = 5_000;
    private static final int READERS = 4;

    private static final Logger LOG = LoggerFactory.getLogger(SqliteEngine.class);

    private final Path file;
    private final SoleUse use;
    private final Optional<Object> fileKey;
    private final HikariDataSource writer;
    private final HikariDataSource reader;

    private SqliteEngine(
            Path file, SoleUse use, Optional<Object> fileKey, HikariDataSource writer, HikariDataSource reader) {
        this.file = file;
        this.use = use;
        this.fileKey = fileKey;
        this.writer = writer;
        this.reader = reader;
    }

    /** @param patience how long to wait for a database that another process has locked */
    static SqliteEngine open(String jdbcUrl, Duration patience) {
        Path file = file(jdbcUrl);
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            SoleUse use = SoleUse.of(file);
            try {
                return open(jdbcUrl, patience, file, use);
            } catch (IOException | RuntimeException failed) {
                use.close();
                throw failed;
            }
        } catch (IOException | PoolInitializationException | DataAccessException unavailable) {
            throw new StoreUnavailableException("Cannot open the tombstone store " + file, unavailable);
        }
    }

    private static SqliteEngine open(String jdbcUrl, Duration patience, Path file, SoleUse use) throws IOException {
        HikariDataSource writer = new HikariDataSource(writers(jdbcUrl, patience));
        try {
            requireLog(file, writer);
            HikariDataSource reader = new HikariDataSource(readers(jdbcUrl, patience));
            return new SqliteEngine(file, use, fileKey(file), writer, reader);
        } catch (IOException | RuntimeException failed) {
            writer.close();
            throw failed;
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
        return writer;
    }

    @Override
    public List<String> migrations() {
        return List.of("migration");
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public void announce(JdbcClient client) {}

    @Override
    public Listening listen(Runnable heard) {
        return () -> {};
    }

    /** An open file that was deleted or moved away still takes writes, and takes them with it. */
    @Override
    public void requireWritable() throws IOException {
        if (!fileKey(file).equals(fileKey)) {
            throw new IOException("It is not the file any more that was opened: " + file);
        }
    }

    @Override
    public void close() {
        reader.close();
        writer.close();
        try {
            use.close();
        } catch (IOException notGivenBack) {
            LOG.warn("{} may stay locked until this process ends", file, notGivenBack);
        }
    }

    private static Path file(String jdbcUrl) {
        String name = jdbcUrl.substring(PREFIX.length());
        int parameters = name.indexOf('?');
        String path = parameters < 0 ? name : name.substring(0, parameters);
        if (path.isEmpty() || path.startsWith(":") || path.startsWith("file:")) {
            throw new IllegalArgumentException("The store's URL must name a file, as in " + PREFIX
                    + "data/cenotaph.db, or a restart would forget everything, but is: " + jdbcUrl);
        }
        return Path.of(path).toAbsolutePath();
    }

    /**
     * After a failure the driver and the database may disagree on whether a transaction is open, and what follows would
     * be written piece by piece: such a connection is closed, which rolls back.
     */
    private static HikariConfig writers(String jdbcUrl, Duration patience) {
        HikariConfig pool = pool(jdbcUrl, patience, "cenotaph-store-writer", 1);
        pool.setExceptionOverride(new SQLExceptionOverride() {
            @java.lang.Override
            public SQLExceptionOverride.Override adjudicate(SQLException failure) {
                return SQLExceptionOverride.Override.MUST_EVICT;
            }
        });
        return pool;
    }

    private static HikariConfig readers(String jdbcUrl, Duration patience) {
        return pool(jdbcUrl, patience, "cenotaph-store-reader", READERS);
    }

    private static HikariConfig pool(String jdbcUrl, Duration patience, String name, int connections) {
        SQLiteConfig sqlite = new SQLiteConfig();
        sqlite.setJournalMode(JournalMode.WAL);
        sqlite.setSynchronous(SynchronousMode.FULL);
        sqlite.setBusyTimeout(Math.toIntExact(patience.toMillis()));
        sqlite.enforceForeignKeys(true);
        SQLiteDataSource file = new SQLiteDataSource(sqlite);
        file.setUrl(jdbcUrl);
        HikariConfig pool = new HikariConfig();
        pool.setPoolName(name);
        pool.setDataSource(file);
        pool.setMaximumPoolSize(connections);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        return pool;
    }

    /** SQLite falls back without a word to what the file system can do. */
    private static void requireLog(Path file, DataSource writer) throws IOException {
        String journal = JdbcClient.create(writer)
                .sql("PRAGMA journal_mode")
                .query(String.class)
                .single();
        if (!journal.equals("wal")) {
            throw new IOException("No write-ahead log is possible beside " + file);
        }
    }

    private static Optional<Object> fileKey(Path file) throws IOException {
        return Optional.ofNullable(
                Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    }
}
