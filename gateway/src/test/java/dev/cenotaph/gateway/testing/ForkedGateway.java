package dev.cenotaph.gateway.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The runnable proxy in a process of its own, so that it can be killed. */
public final class ForkedGateway implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path directory;
    private final List<String> settings;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private volatile Process process;
    private volatile int port;

    /**
     * A gateway over a store in the directory.
     *
     * @param settings {@code name=value} each; may name another store
     */
    public ForkedGateway(Path directory, Map<String, String> policyFiles, String... settings) throws IOException {
        this.directory = directory;
        this.settings = List.of(settings);
        Path policies = Files.createDirectories(directory.resolve("policies"));
        for (Map.Entry<String, String> file : policyFiles.entrySet()) {
            Files.writeString(policies.resolve(file.getKey()), file.getValue());
        }
        this.port = freePort();
        this.process = fork();
        awaitPort();
    }

    /** SIGKILL: nothing is tidied up. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Starts again over the same store, once the process has ended. */
    public void startAgain() throws IOException, InterruptedException {
        process.waitFor();
        port = freePort();
        process = fork();
        awaitPort();
    }

    /** The answer; empty where the connection broke before there was one. */
    public Optional<HttpResponse<String>> send(String method, String path) {
        return send(method, path, "");
    }

    /**
     * The same with a body, and headers by name and value.
     *
     * @param body empty for none
     */
    public Optional<HttpResponse<String>> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(PATIENCE)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return Optional.of(client.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException broken) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private Process fork() throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx200m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.cenotaph.gateway.proxy.GatewayApplication",
                "--server.port=" + port,
                "--management.server.port=0",
                "--cenotaph.policies=" + directory.resolve("policies")));
        if (settings.stream().noneMatch(setting -> setting.startsWith("cenotaph.store.url="))) {
            command.add("--cenotaph.store.url=jdbc:sqlite:" + directory.resolve("cenotaph.db"));
        }
        settings.forEach(setting -> command.add("--" + setting));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("gateway.log").toFile()))
                .start();
    }

    private void awaitPort() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(this::answers);
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("The gateway ended: see " + directory.resolve("gateway.log"));
        }
        try (var probe = new Socket("localhost", port)) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
