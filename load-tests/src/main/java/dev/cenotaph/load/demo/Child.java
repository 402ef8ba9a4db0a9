package dev.cenotaph.load.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A Java program in a process of its own. */
public final class Child implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final int TAIL_LINES = 40;

    private final String name;
    private final Process process;
    private final Path log;

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** @param log where its output goes */
    public static Child start(String name, ProcessBuilder program, Path log) {
        try {
            program.redirectErrorStream(true).redirectOutput(log.toFile());
            return new Child(name, program.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command line of a program under the JVM that runs this one. */
    public static ProcessBuilder java(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    /**
     * Waits until a GET answers 200.
     *
     * @throws DemoFailure if the process ends before, or takes too long
     */
    public void awaitAnswer(String url) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(5))
                .build();
        HttpClient client = HttpClient.newHttpClient();
        while (!answers(client, request)) {
            if (process.waitFor(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failure("ended with exit code " + process.exitValue());
            }
            if (System.nanoTime() - deadline > 0) {
                throw failure("does not answer 200 at " + url + " after " + PATIENCE.toSeconds() + " s");
            }
        }
    }

    /** Completes with what there is to say when the process ends. */
    public CompletableFuture<DemoFailure> ended() {
        return process.onExit().thenApply(ended -> failure("ended with exit code " + ended.exitValue()));
    }

    /**
     * Waits until it ends by itself.
     *
     * @throws DemoFailure if that is not with exit code 0
     */
    public void awaitSuccess() throws InterruptedException {
        int code = process.waitFor();
        if (code != 0) {
            throw failure("ended with exit code " + code);
        }
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Asks the process to end, and makes it end after a while. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private DemoFailure failure(String reason) {
        return new DemoFailure(tail() + "\n\nThe " + name + " " + reason + ". The whole log is in " + log);
    }

    private String tail() {
        try {
            List<String> lines = Files.readAllLines(log, UTF_8);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(its log cannot be read: " + e + ")";
        }
    }

    private static boolean answers(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }
}
