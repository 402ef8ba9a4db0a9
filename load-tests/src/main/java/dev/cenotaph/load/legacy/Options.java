package dev.cenotaph.load.legacy;

import dev.cenotaph.load.Arguments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * How a {@link LegacyService} is started.
 *
 * @param host the interface to listen on
 * @param port 0 takes a free one
 * @param data the SQLite file; empty is a temporary one that goes with the service
 * @param seed rows a resource in a new database
 */
public record Options(String host, int port, Optional<Path> data, int seed) {
    private static final int MOST_ROWS = 10_000_000;

    /** A free port and a temporary database. */
    public static Options temporary(int seed) {
        return new Options("localhost", 0, Optional.empty(), seed);
    }

    /** A free port and the database in {@code data}: a file, or the directory that holds {@code legacy.db}. */
    public static Options at(Path data, int seed) {
        return new Options("localhost", 0, Optional.of(file(data)), seed);
    }

    /**
     * Reads {@code --host}, {@code --port}, {@code --data} and {@code --seed}.
     *
     * @throws IllegalArgumentException if one of them is unknown or has a value that makes no sense
     */
    public static Options parse(String... arguments) {
        Arguments options = Arguments.parse(Set.of("--host", "--port", "--data", "--seed"), arguments);
        String data = options.text("--data", "data/legacy.db");
        return new Options(
                options.text("--host", "localhost"),
                options.port("--port", 9090),
                data.equals(":memory:") ? Optional.empty() : Optional.of(file(Path.of(data))),
                options.number("--seed", 20, MOST_ROWS));
    }

    private static Path file(Path data) {
        boolean named = data.toString().endsWith(".db") && !Files.isDirectory(data);
        return named || Files.isRegularFile(data) ? data : data.resolve("legacy.db");
    }
}
