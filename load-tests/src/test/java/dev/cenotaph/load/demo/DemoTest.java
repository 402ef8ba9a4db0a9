package dev.cenotaph.load.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoTest {
    @TempDir
    Path directory;

    @Test
    void aPortInUseIsNamedBeforeAnythingStarts() throws IOException {
        try (ServerSocket taken = new ServerSocket(0);
                Demo demo = new Demo(options(taken.getLocalPort()))) {
            assertThatThrownBy(demo::run)
                    .hasMessage("Port " + taken.getLocalPort()
                            + " is in use. Stop what listens there, or choose another" + " port with --legacy-port.");
        }
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void aMissingJarIsNamed() throws IOException {
        try (Demo demo = new Demo(options(freePort()))) {
            assertThatThrownBy(demo::run)
                    .hasMessage("There is no " + directory.resolve("gateway.jar")
                            + ". Build it first, or name another with --gateway-jar.");
        }
    }

    @Test
    void aGatewayThatDoesNotStartShowsItsLog() throws IOException {
        Files.writeString(directory.resolve("gateway.jar"), "no jar at all");

        try (Demo demo = new Demo(options(freePort()))) {
            assertThatThrownBy(demo::run)
                    .hasMessageContaining("Error: Invalid or corrupt jarfile")
                    .hasMessageEndingWith("The gateway ended with exit code 1. The whole log is in "
                            + directory.resolve("data/gateway.log"));
        }
    }

    private DemoOptions options(int legacyPort) throws IOException {
        return DemoOptions.parse(
                "--legacy-port=" + legacyPort,
                "--gateway-port=" + freePort(),
                "--management-port=" + freePort(),
                "--gateway-jar=" + directory.resolve("gateway.jar"),
                "--policies=" + directory,
                "--data=" + directory.resolve("data"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
