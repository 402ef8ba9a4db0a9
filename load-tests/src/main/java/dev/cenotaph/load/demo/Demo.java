package dev.cenotaph.load.demo;

import dev.cenotaph.load.Parent;
import dev.cenotaph.load.legacy.LegacyService;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;

/** Starts the legacy service and the gateway in front of it, and stops both when it is stopped. */
public final class Demo implements AutoCloseable {
    private final DemoOptions options;
    private final Deque<Child> children = new ConcurrentLinkedDeque<>();
    private volatile boolean stopping;

    Demo(DemoOptions options) {
        this.options = options;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try {
            DemoOptions options = DemoOptions.parse(arguments);
            Demo demo = new Demo(options);
            Runtime.getRuntime().addShutdownHook(new Thread(demo::close, "stop"));
            if (options.endWithParent()) {
                Parent.endWithIt();
            }
            demo.run();
        } catch (IllegalArgumentException | DemoFailure e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /** Stops what was started, the gateway first. */
    @Override
    public void close() {
        stopping = true;
        for (Child child = children.poll(); child != null; child = children.poll()) {
            child.close();
        }
    }

    /**
     * Returns when the demo is stopped.
     *
     * @throws DemoFailure if something is in the way, or if one of the two programs ends by itself
     */
    void run() throws IOException, InterruptedException {
        requireFree("--legacy-port", options.legacyPort());
        requireFree("--gateway-port", options.gatewayPort());
        requireFree("--management-port", options.managementPort());
        require(options.gatewayJar(), "--gateway-jar");
        require(options.policies(), "--policies");
        Files.createDirectories(options.data());
        try {
            throw startedBoth().join();
        } catch (DemoFailure e) {
            if (!stopping) {
                throw e;
            }
        }
    }

    /** Completes when one of the two ends, with what there is to say about it. */
    private CompletableFuture<DemoFailure> startedBoth() throws InterruptedException {
        Child legacy = started("legacy service", legacy(), options.legacyLog());
        legacy.awaitAnswer(options.legacy() + "/health");
        Child gateway = started("gateway", gateway(), options.gatewayLog());
        gateway.awaitAnswer(options.management() + "/actuator/health");
        System.out.println(welcome());
        return legacy.ended().applyToEither(gateway.ended(), Function.identity());
    }

    private Child started(String name, ProcessBuilder program, Path log) {
        Child child = Child.start(name, program, log);
        children.push(child);
        return child;
    }

    private ProcessBuilder legacy() {
        return Child.java(
                "-cp",
                System.getProperty("java.class.path"),
                LegacyService.class.getName(),
                "--port",
                Integer.toString(options.legacyPort()),
                "--data",
                options.data().resolve("legacy.db").toString());
    }

    private ProcessBuilder gateway() {
        ProcessBuilder program = Child.java(
                "-jar",
                options.gatewayJar().toString(),
                "--cenotaph.policies=" + options.policies(),
                "--cenotaph.store.url=jdbc:sqlite:" + options.data().resolve("cenotaph.db"),
                "--server.port=" + options.gatewayPort(),
                "--management.server.port=" + options.managementPort());
        program.environment().put("LEGACY_URL", options.legacy());
        return program;
    }

    private static void requireFree(String option, int port) throws IOException {
        try (ServerSocket probe = new ServerSocket(port)) {
            probe.getLocalPort();
        } catch (BindException e) {
            throw new DemoFailure("Port " + port + " is in use. Stop what listens there, or choose another port with "
                    + option + ".");
        }
    }

    private static void require(Path file, String option) {
        if (!Files.exists(file)) {
            throw new DemoFailure("There is no " + file + ". Build it first, or name another with " + option + ".");
        }
    }

    private String welcome() {
        return """

                Cenotaph stands in front of a service that only knows how to delete for good.

                  gateway      %1$s
                  management   %2$s
                  legacy       %3$s
                  policies     %4$s
                  gateway log  %5$s

                Delete an order, miss it, see it, have it back:

                  curl -i -X DELETE %1$s/api/orders/7
                  curl -i %1$s/api/orders/7
                  curl -i '%1$s/api/orders/7?with_trashed=true'
                  curl -i -X POST %1$s/api/orders/7:undelete

                The row never leaves the legacy service: curl %3$s/rows/orders

                Ctrl-C stops both. What was done is remembered in %6$s
                """.formatted(
                        options.gateway(),
                        options.management(),
                        options.legacy(),
                        options.policies(),
                        options.gatewayLog(),
                        options.data());
    }
}
