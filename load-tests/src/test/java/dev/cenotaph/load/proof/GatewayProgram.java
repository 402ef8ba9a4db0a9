package dev.cenotaph.load.proof;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Starts the gateway, again and again in the same way. */
final class GatewayProgram {
    private static final int QUIET_ABOUT_UNSAFE_SINCE = 24;
    private static final int TRAINING_ENDS_WITHIN_SECONDS = 120;

    private final Path directory;
    private final ClassPath classPath;
    private final List<String> settings;
    private final Remote remote;
    private final Sabotage sabotage;
    private final int port;

    /** @param settings {@code name=value} each */
    GatewayProgram(ClassPath classPath, Path directory, List<String> settings, Remote remote, Sabotage sabotage)
            throws IOException {
        this.classPath = classPath;
        this.directory = directory;
        this.settings = List.copyOf(settings);
        this.remote = remote;
        this.sabotage = sabotage;
        this.port = freePort();
    }

    int port() {
        return port;
    }

    /** A start whose only use is to make the next ones faster. */
    void prepare() throws IOException, InterruptedException {
        if (classPath.lacksCache()) {
            GatewayProcess training = start(classPath.making(), Map.of());
            training.awaitReady();
            training.end(TRAINING_ENDS_WITHIN_SECONDS, TimeUnit.SECONDS);
        }
    }

    GatewayProcess start(Map<String, String> armed) throws IOException {
        return start(classPath.using(), armed);
    }

    private GatewayProcess start(String option, Map<String, String> armed) throws IOException {
        Path log = directory.resolve("gateway.log");
        deleteLeftLibraries();
        long begun = System.nanoTime();
        Process process = new ProcessBuilder(command(option))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try {
            Map<String, CompletableFuture<Void>> stopped = remote.meet(armed);
            return new GatewayProcess(process, port, begun, log, stopped);
        } catch (IOException e) {
            process.destroyForcibly();
            throw new IOException("The gateway did not start; its log is " + log, e);
        }
    }

    private List<String> command(String option) {
        var command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx384m",
                option,
                "-Dorg.sqlite.tmpdir=" + directory,
                "-D" + ProofGateway.CONTROL + "=" + remote.port(),
                "-D" + ProofGateway.SABOTAGE + "=" + sabotage.name(),
                "-cp",
                classPath.jars(),
                ProofGateway.class.getName(),
                "--server.port=" + port,
                "--management.server.port=" + port));
        if (Runtime.version().feature() >= QUIET_ABOUT_UNSAFE_SINCE) {
            command.add(1, "--sun-misc-unsafe-memory-access=allow");
        }
        settings.forEach(setting -> command.add("--" + setting));
        return command;
    }

    /** A process that is killed leaves the database's native library behind. */
    private void deleteLeftLibraries() throws IOException {
        try (DirectoryStream<Path> libraries = Files.newDirectoryStream(directory, "sqlite-*")) {
            for (Path library : libraries) {
                Files.delete(library);
            }
        }
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
