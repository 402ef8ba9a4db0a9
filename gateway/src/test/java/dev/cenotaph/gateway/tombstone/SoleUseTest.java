package dev.cenotaph.gateway.tombstone;

import static dev.cenotaph.gateway.tombstone.TestTombstones.KEY;
import static dev.cenotaph.gateway.tombstone.Tombstone.State.TRASHED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A SQLite file belongs to one process. */
class SoleUseTest {
    @TempDir
    Path directory;

    @Test
    @Timeout(60)
    void anotherProcessHasItUntilItIsKilled() throws Exception {
        Process holder = hold();
        try {
            assertRefused();
        } finally {
            holder.destroyForcibly();
        }
        assertThat(holder.waitFor(10, TimeUnit.SECONDS)).isTrue();
        Engine.open(StoreAddress.of(url())).close();
    }

    @Test
    void secondUseInOneProcessIsRefusedAndTakesNothingFromTheFirst() throws Exception {
        try (TestTombstones test = new TestTombstones(url())) {
            assertRefused();
            assertRefused();
            test.bring(KEY, TRASHED);
            Process other = start();
            assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(other.exitValue()).isNotZero();
        }
        Engine.open(StoreAddress.of(url())).close();
    }

    @Test
    void anotherNameOfTheDirectoryIsTheSameFile() throws Exception {
        try (TestTombstones test = new TestTombstones(url())) {
            Path alias = Files.createSymbolicLink(directory.resolve("alias"), directory.resolve("data"));
            assertThatThrownBy(() -> Engine.open(StoreAddress.of("jdbc:sqlite:" + alias.resolve("cenotaph.db"))))
                    .isInstanceOf(StoreUnavailableException.class);
            test.bring(KEY, TRASHED);
        }
    }

    @Test
    void failedStartGivesItBack() throws Exception {
        Files.createDirectories(directory.resolve("data/cenotaph.db"));
        for (int start = 0; start < 2; start++) {
            assertThatThrownBy(() -> Engine.open(StoreAddress.of(url())))
                    .rootCause()
                    .hasMessageNotContaining("Another gateway process");
        }
    }

    private void assertRefused() {
        assertThatThrownBy(() -> Engine.open(StoreAddress.of(url())))
                .isInstanceOf(StoreUnavailableException.class)
                .rootCause()
                .hasMessageContaining("Another gateway process uses")
                .hasMessageContaining("PostgreSQL");
    }

    private Process hold() throws IOException {
        Process process = start();
        try (BufferedReader said = process.inputReader()) {
            assertThat(said.lines().anyMatch(StoreHolder.OPEN::equals)).isTrue();
        }
        return process;
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreHolder.class.getName(),
                        url())
                .redirectError(directory.resolve("holder.log").toFile())
                .start();
    }

    private String url() {
        return StoreUnderTest.SQLITE.url(directory);
    }
}
