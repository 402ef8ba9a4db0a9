package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.policy.match.ItemKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;

/** What a tombstone takes of the heap, and how long a start over many of them takes. Needs a heap of 3 GB, and 5 GB of disk. */
public final class TombstoneIndexFootprint {
    private static final int[] SIZES = {1_000, 100_000, 10_000_000};
    private static final int STORED = 10_000_000;
    private static final int STARTS = 3;

    private TombstoneIndexFootprint() {}

    public static void main(String[] arguments) throws Exception {
        // What is loaded and filled but once stays out of the count.
        bytesEach(SIZES[0]);
        for (int size : SIZES) {
            System.out.printf("%,12d tombstones: %5.1f bytes each%n", size, bytesEach(size));
        }
        Path directory = Files.createTempDirectory(Path.of("target"), "tombstones");
        try {
            String url = "jdbc:sqlite:" + directory.resolve("cenotaph.db");
            fill(url);
            for (int start = 0; start < STARTS; start++) {
                System.out.printf(
                        "%,12d tombstones: %5.1f seconds to open a store with them%n", STORED, secondsToOpen(url));
            }
        } finally {
            delete(directory);
        }
    }

    /** Small indexes are many, so that what else happens on the heap does not count. */
    private static double bytesEach(int size) {
        var indexes = new TombstoneIndex[Math.max(1, 1_000_000 / size)];
        long before = heap();
        for (int copy = 0; copy < indexes.length; copy++) {
            indexes[copy] = new TombstoneIndex();
            for (long number = 0; number < size; number++) {
                indexes[copy].add(TombstoneIndexBenchmark.key(number));
            }
        }
        long after = heap();
        if (Arrays.stream(indexes).anyMatch(index -> index.size() != size)) {
            throw new IllegalStateException("An index lost some");
        }
        return (double) (after - before) / size / indexes.length;
    }

    private static long heap() {
        for (int collection = 0; collection < 3; collection++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static double secondsToOpen(String url) {
        long start = System.nanoTime();
        try (StoredTombstones tombstones = StoredTombstones.open(
                StoreAddress.of(url), Clock.systemUTC(), Duration.ofMinutes(1), 100_000, Duration.ofSeconds(5))) {
            double seconds = (System.nanoTime() - start) / 1e9;
            if (tombstones.size() != STORED || !tombstones.isTrashed(TombstoneIndexBenchmark.key(STORED - 1))) {
                throw new IllegalStateException("The index is not complete");
            }
            return seconds;
        }
    }

    private static void fill(String url) throws SQLException {
        TombstoneStore.open(Engine.open(StoreAddress.of(url)), Clock.systemUTC())
                .close();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous = OFF");
            statement.execute("PRAGMA cache_size = -1000000");
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("""
                    INSERT INTO tombstone (resource, parents, id, state, version, revision, delete_time, purge_time,
                        deletion_id, actor, change_time, request_id, policy_version)
                    VALUES (?, ?, ?, 'TRASHED', 2, ?, ?, ?, ?, 'alice', ?, ?, '5f2a61c09d3e')""")) {
                long revision = 0;
                for (int kind = 2; kind >= 0; kind--) {
                    for (long number = kind; number < STORED; number += 3) {
                        insert(insert, TombstoneIndexBenchmark.key(number), ++revision);
                    }
                }
                insert.executeBatch();
            }
            statement.execute("UPDATE revision SET latest = " + STORED);
            connection.commit();
        }
    }

    private static void insert(PreparedStatement insert, ItemKey key, long revision) throws SQLException {
        long time = 1_780_000_000_000L + revision;
        insert.setString(1, KeyText.ofId(key.resource()));
        insert.setString(2, KeyText.ofParents(key.parents()));
        insert.setString(3, KeyText.ofId(key.id()));
        insert.setLong(4, revision);
        insert.setLong(5, time);
        insert.setLong(6, time + Duration.ofDays(30).toMillis());
        insert.setString(7, "c0ffee00-0000-4000-8000-" + revision);
        insert.setLong(8, time);
        insert.setString(9, "request-" + revision);
        insert.addBatch();
        if (revision % 10_000 == 0) {
            insert.executeBatch();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
