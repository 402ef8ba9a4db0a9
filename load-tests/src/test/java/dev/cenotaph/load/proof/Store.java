package dev.cenotaph.load.proof;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** The databases in which the gateway may keep its tombstones. */
enum Store {
    SQLITE {
        @Override
        Running start(Path directory) {
            return new Running("jdbc:sqlite:" + directory.resolve("store/cenotaph.db"), () -> {});
        }
    },
    POSTGRESQL {
        @Override
        Running start(Path directory) throws IOException {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setDataDirectory(directory.resolve("postgresql"))
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
            return new Running("jdbc:postgresql://localhost:" + server.getPort() + "/postgres?user=postgres", server);
        }
    };

    /** A database that outlives the gateway. */
    record Running(String url, Closeable server) {}

    /** @param directory for what it keeps */
    abstract Running start(Path directory) throws IOException;
}
