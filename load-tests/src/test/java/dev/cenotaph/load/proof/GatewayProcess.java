package dev.cenotaph.load.proof;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One life of the gateway. */
final class GatewayProcess {
    private static final Duration START_WITHIN = Duration.ofSeconds(90);
    private static final long BETWEEN_TRIES_MILLIS = 20;

    private final Process process;
    private final int port;
    private final long begun;
    private final Path log;
    private final Map<String, CompletableFuture<Void>> stopped;

    /** @param begun when it was started, in the time of {@link System#nanoTime} */
    GatewayProcess(Process process, int port, long begun, Path log, Map<String, CompletableFuture<Void>> stopped) {
        this.process = process;
        this.port = port;
        this.begun = begun;
        this.log = log;
        this.stopped = stopped;
    }

    /** When it was started, in the time of {@link System#nanoTime}. */
    long begun() {
        return begun;
    }

    /** What completes when an operation is stopped that was armed before the start, by item. */
    Map<String, CompletableFuture<Void>> stopped() {
        return stopped;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until it says that it is ready. */
    void awaitReady() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!isReady(client, request)) {
                if (process.waitFor(BETWEEN_TRIES_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new IOException("The gateway ended with " + process.exitValue() + "; its log is " + log);
                }
                if (System.nanoTime() - begun > START_WITHIN.toNanos()) {
                    throw new IOException("The gateway is not ready after " + START_WITHIN + "; its log is " + log);
                }
            }
        }
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** SIGTERM; whether it ended in time, and well. */
    boolean end(long time, TimeUnit unit) throws InterruptedException {
        process.destroy();
        if (process.waitFor(time, unit)) {
            return true;
        }
        kill();
        return false;
    }

    private static boolean isReady(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }
}
