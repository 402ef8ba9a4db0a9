package dev.cenotaph.gateway.tombstone;

import static dev.cenotaph.gateway.tombstone.TestTombstones.TRACE;
import static dev.cenotaph.gateway.tombstone.TestTombstones.granted;
import static dev.cenotaph.gateway.tombstone.TestTombstones.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.tombstone.Tombstone.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;

/** The command line's {@code diff --store} over a store that a gateway filled, and may be at work on. */
class DiffOfStoreTest {
    private static final String ORDERS = """
            version: 1
            upstream: http://localhost:9090
            resources:
              orders: { path: /orders, marker: { timestamp: deleted_at } }
            """;

    @EveryStore
    void trashThatNewPoliciesOrphanIsCountedWhileTheGatewayRuns(StoreUnderTest store, @TempDir Path directory)
            throws Exception {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            test.bring(order("1"), State.TRASHED);
            test.bring(order("2"), State.TRASHED);
            test.bring(order("3"), State.TRASHED);
            Tombstone restored = granted(test.tombstones().claim(order("3"), State.RESTORING, TRACE));
            test.tombstones().forget(restored, TRACE).block();

            Diff diff = Diff.of(directory, store, ORDERS.replace("timestamp: deleted_at", "flag: is_trashed"));

            assertThat(diff.output()).contains("error[orphaned]", "The store has 2 tombstones of `orders`.");
            assertThat(diff.exitCode()).isEqualTo(1);
            assertThat(Diff.of(directory, store, ORDERS).exitCode()).isZero();
            test.bring(order("4"), State.TRASHED);
        }
    }

    @EveryStore
    void storeThatNoGatewayEverOpenedIsLeftAsItIs(StoreUnderTest store, @TempDir Path directory) throws Exception {
        Diff diff = Diff.of(directory, store, ORDERS);

        assertThat(diff.exitCode()).as(diff.output()).isEqualTo(2);
        assertThat(Diff.of(directory, store, ORDERS).exitCode()).isEqualTo(2);
    }

    /** The command in a process of its own. */
    private record Diff(int exitCode, String output) {

        static Diff of(Path directory, StoreUnderTest store, String after) throws IOException, InterruptedException {
            Path before = Files.writeString(directory.resolve("old.yaml"), ORDERS);
            Path changed = Files.writeString(directory.resolve("new.yaml"), after);
            Path output = directory.resolve("output.txt");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xmx100m",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "dev.cenotaph.policy.cli.Cenotaph",
                            "diff",
                            "--store",
                            store.url(directory),
                            before.toString(),
                            changed.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
                return new Diff(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
            } finally {
                process.destroyForcibly();
            }
        }
    }
}
