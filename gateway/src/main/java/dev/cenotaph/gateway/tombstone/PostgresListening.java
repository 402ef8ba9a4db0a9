package dev.cenotaph.gateway.tombstone;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on a connection of its own, and on another one when that is gone. */
final class PostgresListening implements Engine.Listening {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresListening.class);
    /** How long a connection may be silent before it has to prove that it lives. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final DataSource source;
    private final String channel;
    private final String self;
    private final Runnable heard;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Connection connection;

    private PostgresListening(DataSource source, String channel, String self, Runnable heard) {
        this.source = source;
        this.channel = channel;
        this.self = self;
        this.heard = heard;
    }

    /** @param self what our own announcements carry; they are not heard */
    static PostgresListening start(DataSource source, String channel, String self, Runnable heard) {
        PostgresListening listening = new PostgresListening(source, channel, self, heard);
        // Not a virtual thread: those of Java 21 hold on to their carrier inside the driver.
        Thread.ofPlatform().daemon().name("cenotaph-store-listener").start(listening::run);
        return listening;
    }

    @Override
    public void close() {
        closed.countDown();
        abort(connection);
    }

    private void run() {
        while (isOpen()) {
            try (Connection current = source.getConnection();
                    Statement statement = current.createStatement()) {
                connection = current;
                statement.execute("LISTEN " + channel);
                heard.run();
                listen(current.unwrap(PGConnection.class), statement);
            } catch (SQLException lost) {
                LOG.debug("announcements of other replicas are not heard; they are read all the same", lost);
                pause();
            }
        }
    }

    private void listen(PGConnection listener, Statement statement) throws SQLException {
        while (isOpen()) {
            PGNotification[] announcements = listener.getNotifications(Math.toIntExact(SILENCE.toMillis()));
            if (announcements == null || announcements.length == 0) {
                statement.execute("SELECT 1");
            } else if (Arrays.stream(announcements)
                    .anyMatch(announcement -> !announcement.getParameter().equals(self))) {
                heard.run();
            }
        }
    }

    private boolean isOpen() {
        return closed.getCount() > 0;
    }

    private void pause() {
        try {
            closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            closed.countDown();
        }
    }

    /** The listening thread is inside a read, which only this ends. */
    private static void abort(@Nullable Connection connection) {
        if (connection == null) {
            return;
        }
        try {
            connection.abort(Runnable::run);
        } catch (SQLException gone) {
            LOG.debug("the listening connection was gone already", gone);
        }
    }
}
