package dev.cenotaph.load.speed;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Looks again and again at how much of its heap a gateway uses. */
final class HeapWatch implements AutoCloseable {
    private static final Duration BETWEEN = Duration.ofMillis(100);
    private static final double BYTES_IN_MEGABYTE = 1e6;

    private final List<Double> megabytes = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpRequest request;
    private final Thread thread;

    private HeapWatch(int managementPort) {
        request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + managementPort + "/actuator/metrics/jvm.memory.used?tag=area:heap"))
                .timeout(Duration.ofSeconds(10))
                .build();
        thread = Thread.ofPlatform().daemon().name("heap watch").unstarted(this::watch);
    }

    static HeapWatch start(int managementPort) throws IOException, InterruptedException {
        var watch = new HeapWatch(managementPort);
        watch.look();
        watch.look();
        watch.thread.start();
        return watch;
    }

    /** What was seen so far, oldest first; twice at least. */
    synchronized List<Double> megabytes() {
        return List.copyOf(megabytes);
    }

    @Override
    public void close() {
        thread.interrupt();
        client.close();
    }

    private void watch() {
        try {
            while (true) {
                look();
                Thread.sleep(BETWEEN);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.err.println("The heap cannot be seen any more: " + e);
        }
    }

    private void look() throws IOException, InterruptedException {
        String answer = client.send(request, BodyHandlers.ofString()).body();
        double bytes =
                JsonMapper.shared().readTree(answer).at("/measurements/0/value").asDouble();
        synchronized (this) {
            megabytes.add(bytes / BYTES_IN_MEGABYTE);
        }
    }
}
