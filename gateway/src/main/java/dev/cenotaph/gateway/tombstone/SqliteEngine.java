package dev.cenotaph.gateway.tombstone;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/** A SQLite file with a write-ahead log: one connection that writes, so that none finds it busy, and some that read. */
final class SqliteEngine implements Engine {
    static final String PREFIX = "jdbc:sqlite:";

    private static final int BUSY_TIMEOUT_MILLIS = 5_000;
    private static final int READERS = 4;

    private final Path file;
    private final Optional<Object> fileKey;
    private final HikariDataSource writer;
    private final HikariDataSource reader;

    private SqliteEngine(Path file, Optional<Object> fileKey, HikariDataSource writer, HikariDataSource reader) {
        this.file = file;
        this.fileKey = fileKey;
        this.writer = writer;
        this.reader = reader;
    }

    static SqliteEngine open(String jdbcUrl) {
        Path file = file(jdbcUrl);
        try {
            Optional.ofNullable(file.getParent()).ifPresent(SqliteEngine::createDirectories);
            HikariDataSource writer = pool(jdbcUrl, "cenotaph-store-writer", 1, TransactionMode.IMMEDIATE);
            try {
                requireDurable(jdbcUrl, writer);
                HikariDataSource reader = pool(jdbcUrl, "cenotaph-store-reader", READERS, TransactionMode.DEFERRED);
                return new SqliteEngine(file, fileKey(file), writer, reader);
            } catch (IOException | RuntimeException failed) {
                writer.close();
                throw failed;
            }
        } catch (IOException | PoolInitializationException | DataAccessException unavailable) {
            throw new StoreUnavailableException("Cannot open the tombstone store " + file, unavailable);
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

    private static void createDirectories(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException impossible) {
            throw new StoreUnavailableException(
                    "Cannot create the tombstone store's directory " + directory, impossible);
        }
    }

    private static HikariDataSource pool(String jdbcUrl, String name, int connections, TransactionMode mode) {
        SQLiteConfig sqlite = new SQLiteConfig();
        sqlite.setJournalMode(JournalMode.WAL);
        sqlite.setSynchronous(SynchronousMode.FULL);
        sqlite.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        sqlite.enforceForeignKeys(true);
        sqlite.setTransactionMode(mode);
        SQLiteDataSource file = new SQLiteDataSource(sqlite);
        file.setUrl(jdbcUrl);
        HikariConfig pool = new HikariConfig();
        pool.setPoolName(name);
        pool.setDataSource(file);
        pool.setMaximumPoolSize(connections);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(BUSY_TIMEOUT_MILLIS);
        return new HikariDataSource(pool);
    }

    /** Parameters of the URL win over ours. */
    private static void requireDurable(String jdbcUrl, DataSource writer) {
        JdbcClient client = JdbcClient.create(writer);
        String journal = client.sql("PRAGMA journal_mode").query(String.class).single();
        int synchronous = client.sql("PRAGMA synchronous").query(Integer.class).single();
        if (!journal.equals("wal") || synchronous < 2) {
            throw new IllegalArgumentException("The store must keep journal_mode=WAL and synchronous=FULL,"
                    + " or an acknowledged delete could be lost; take them out of its URL: " + jdbcUrl);
        }
    }

    private static Optional<Object> fileKey(Path file) throws IOException {
        return Optional.ofNullable(
                Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    }
}
