package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.gateway.testing.TestPostgres;
import java.nio.file.Path;

/** The databases that a store may be in. */
enum StoreUnderTest {
    SQLITE {
        @Override
        String url(Path directory) {
            return "jdbc:sqlite:" + directory.resolve("data/cenotaph.db");
        }
    },
    POSTGRES {
        @Override
        String url(Path directory) {
            return TestPostgres.url(directory.toAbsolutePath().toString());
        }
    };

    /** A database of its own for each directory. */
    abstract String url(Path directory);
}
