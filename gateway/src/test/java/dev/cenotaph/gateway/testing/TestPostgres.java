package dev.cenotaph.gateway.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** One PostgreSQL server for all tests of this JVM, started when the first asks for it, stopped at the end. */
public final class TestPostgres {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final Map<String, String> URLS = new ConcurrentHashMap<>();

    private TestPostgres() {}

    /** A database of its own for each name. */
    public static String url(String name) {
        return URLS.computeIfAbsent(name, first -> create("test_" + DATABASES.incrementAndGet()));
    }

    public static int port() {
        return Server.RUNNING.getPort();
    }

    /** The same database by another way. */
    public static String through(TcpProxy way, String url) {
        return url.replace(":" + port() + "/", ":" + way.port() + "/");
    }

    private static String create(String database) {
        try (Connection connection = Server.RUNNING.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + database);
            return Server.RUNNING.getJdbcUrl("postgres", database);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("shared_buffers", "32MB")
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void stop(EmbeddedPostgres server) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
