package dev.cenotaph.load.speed.target;

import dev.cenotaph.load.demo.Child;
import dev.cenotaph.load.speed.bare.BareGateway;
import dev.cenotaph.load.speed.bare.StrippingGateway;
import dev.cenotaph.load.speed.upstream.Upstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All targets of a run, and the upstream behind them. */
public final class Targets implements AutoCloseable {
    private static final List<String> JVM = List.of("-Xms512m", "-Xmx512m", "-XX:+UseG1GC");

    private final TargetOptions options;
    private final Deque<Child> children = new ArrayDeque<>();
    private final Map<Target, RunningTarget> running = new EnumMap<>(Target.class);

    private @Nullable String bareClassPath;
    private int managementPort;

    private Targets(TargetOptions options) {
        this.options = options;
    }

    /** Starts them one after the other. The upstream always runs. */
    public static Targets start(Collection<Target> wanted, TargetOptions options)
            throws IOException, InterruptedException {
        var targets = new Targets(options);
        Runtime.getRuntime().addShutdownHook(new Thread(targets::close, "stop targets"));
        try {
            Files.createDirectories(options.directory());
            for (Target target : Target.values()) {
                if (target == Target.UPSTREAM || wanted.contains(target)) {
                    targets.start(target);
                }
            }
            return targets;
        } catch (IOException | InterruptedException | RuntimeException e) {
            targets.close();
            throw e;
        }
    }

    public Optional<RunningTarget> find(Target target) {
        return Optional.ofNullable(running.get(target));
    }

    /** @throws IllegalStateException if it was not started */
    public RunningTarget get(Target target) {
        return find(target).orElseThrow(() -> new IllegalStateException(target.words() + " was not started"));
    }

    /** Where Cenotaph tells about itself. */
    public int managementPort() {
        return managementPort;
    }

    @Override
    public synchronized void close() {
        for (Child child = children.poll(); child != null; child = children.poll()) {
            child.close();
        }
    }

    private void start(Target target) throws IOException, InterruptedException {
        int port = freePort();
        Child child = Child.start(
                target.words(),
                Child.java(command(target, port)),
                options.directory().resolve(target.option() + ".log"));
        children.push(child);
        child.awaitAnswer("http://127.0.0.1:" + port + "/status");
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        running.put(target, new RunningTarget(target, address, child.handle()));
    }

    private String[] command(Target target, int port) throws IOException {
        var command = new ArrayList<>(JVM);
        command.addAll(options.jvm());
        command.addAll(
                switch (target) {
                    case UPSTREAM -> upstream(port);
                    case BARE -> bare(BareGateway.class, port);
                    case STRIPPING -> bare(StrippingGateway.class, port);
                    case CENOTAPH -> cenotaph(port);
                });
        return command.toArray(String[]::new);
    }

    private List<String> upstream(int port) {
        return List.of("-cp", System.getProperty("java.class.path"), Upstream.class.getName(), "--port=" + port);
    }

    private List<String> bare(Class<?> program, int port) throws IOException {
        if (bareClassPath == null) {
            bareClassPath = BareClassPath.unpack(
                    options.gatewayJar(), options.directory().resolve("bare"));
        }
        return List.of(
                "-cp",
                bareClassPath,
                "-D" + BareGateway.UPSTREAM + "=" + upstreamUrl(),
                program.getName(),
                "--server.port=" + port,
                // Without it a body of more than 256 KiB cannot be changed.
                "--spring.http.codecs.max-in-memory-size=64MB");
    }

    private List<String> cenotaph(int port) throws IOException {
        Path policies = options.directory().resolve("policies.yaml");
        Files.writeString(policies, PolicyText.of(upstreamUrl(), options.resources()));
        Path store = Files.createTempDirectory(options.directory(), "store").resolve("cenotaph.db");
        managementPort = freePort();
        var command = new ArrayList<>(options.cenotaphJvm());
        command.addAll(List.of(
                "-jar",
                options.gatewayJar().toString(),
                "--server.port=" + port,
                "--management.server.port=" + managementPort,
                "--cenotaph.policies=" + policies,
                "--cenotaph.store.url=jdbc:sqlite:" + store));
        return command;
    }

    private String upstreamUrl() {
        RunningTarget upstream = running.get(Target.UPSTREAM);
        if (upstream == null) {
            throw new IllegalStateException("The upstream is not there yet");
        }
        return "http://127.0.0.1:" + upstream.address().getPort();
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
