package dev.cenotaph.load.proof.replicas;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A gateway in a process of its own. */
final class Replica implements AutoCloseable {
    /** What an answer's status is taken for where there was no answer. */
    static final int NONE = 0;

    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final Process process;
    private final int port;
    private final int management;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER)
            .build();

    private Replica(Process process, int port, int management) {
        this.process = process;
        this.port = port;
        this.management = management;
    }

    static Replica start(String name, String storeUrl, int legacyPort, Path policies, Path directory)
            throws IOException {
        int port = freePort();
        int management = freePort();
        ProcessBuilder program = new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.cenotaph.gateway.proxy.GatewayApplication",
                "--cenotaph.policies=" + policies,
                "--cenotaph.store.url=" + storeUrl,
                "--server.port=" + port,
                "--management.server.port=" + management);
        program.environment().put("LEGACY_URL", "http://localhost:" + legacyPort);
        program.redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile());
        return new Replica(program.start(), port, management);
    }

    void awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (status("GET", "http://localhost:" + management + "/actuator/health/readiness") != 200) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("A replica does not start; its log tells why");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** The status of the answer; {@link #NONE} where none came. */
    int send(String method, String path) {
        return status(method, "http://localhost:" + port + path);
    }

    CompletableFuture<Integer> sendLater(String method, String path) {
        return client.sendAsync(request(method, "http://localhost:" + port + path), BodyHandlers.discarding())
                .handle((answer, failure) -> failure == null ? answer.statusCode() : NONE);
    }

    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("kill -" + name + " failed");
        }
    }

    private int status(String method, String url) {
        try {
            return client.send(request(method, url), BodyHandlers.discarding()).statusCode();
        } catch (IOException noAnswer) {
            return NONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return NONE;
        }
    }

    private static HttpRequest request(String method, String url) {
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(ANSWER)
                .method(method, BodyPublishers.noBody())
                .build();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
