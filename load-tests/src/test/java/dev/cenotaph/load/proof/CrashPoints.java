package dev.cenotaph.load.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cenotaph.gateway.tombstone.Claim;
import dev.cenotaph.gateway.tombstone.Deletion;
import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.policy.match.ItemKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;

/**
 * Inside the gateway's process: lets an operation go no further at the moments before and after a step of its tombstone
 * that the proof has armed, of which it is told. {@link Instrumentation} makes every step pass here.
 */
public final class CrashPoints {
    private static volatile @Nullable CrashPoints current;

    private final Map<String, Arming> armed = new ConcurrentHashMap<>();
    private final PrintWriter answers;
    private final Sabotage sabotage;

    private CrashPoints(PrintWriter answers, Sabotage sabotage) {
        this.answers = answers;
        this.sabotage = sabotage;
    }

    /** {@code before begin}, {@code after commit|release}: when an operation on one item is stopped. */
    private record Arming(String when, List<String> steps) {
        static Arming parse(String moment) {
            String[] words = moment.split(" ", 2);
            return new Arming(words[0], List.of(words[1].split("\\|")));
        }

        boolean fits(String moment, String step) {
            return when.equals(moment) && steps.contains(step);
        }
    }

    /**
     * Connects to the proof, and returns when everything is armed that must be before the start. From here on it is this
     * one that steps pass.
     *
     * @param port where {@link Remote} listens
     */
    static void connect(int port, Sabotage sabotage) throws IOException {
        // Open for as long as the process lives.
        @SuppressWarnings("resource")
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        var orders = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        var points = new CrashPoints(new PrintWriter(socket.getOutputStream(), true, UTF_8), sabotage);
        while (points.obey(orders.readLine())) {
            // What is armed before the start.
        }
        current = points;
        Thread.ofPlatform().daemon().name("proof").start(() -> points.obeyAll(orders));
    }

    /**
     * Passes a step of {@link Tombstones}.
     *
     * @param done what the step itself is
     */
    public static Mono<?> pass(Tombstones tombstones, String step, Object[] arguments, Mono<?> done) {
        CrashPoints points = current;
        return points == null ? done : points.stopping(tombstones, step, arguments, done);
    }

    private void obeyAll(BufferedReader orders) {
        try {
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                obey(order);
            }
        } catch (IOException over) {
            // The proof itself has ended.
        }
    }

    /** {@code arm <item> <moment>}, or {@code go}; false for the latter, and where the proof is gone. */
    private boolean obey(@Nullable String order) {
        if (order == null || order.equals("go")) {
            return false;
        }
        String[] words = order.split(" ", 3);
        armed.put(words[1], Arming.parse(words[2]));
        answers.println("armed " + words[1]);
        return true;
    }

    private Mono<?> stopping(Tombstones tombstones, String step, Object[] arguments, Mono<?> done) {
        Mono<?> sabotaged = sabotage.of(tombstones, step, arguments, done);
        return item(arguments)
                .<Mono<?>>map(item -> stopping(sabotaged, step, item))
                .orElse(sabotaged);
    }

    private <T> Mono<T> stopping(Mono<T> step, String name, String item) {
        Mono<T> notBefore = Mono.defer(() -> stops("before", name, item) ? Mono.never() : step);
        return notBefore
                .materialize()
                .flatMap(signal -> hadEffect(signal) && stops("after", name, item) ? Mono.never() : Mono.just(signal))
                .dematerialize();
    }

    private boolean stops(String moment, String step, String item) {
        Arming arming = armed.get(item);
        if (arming == null || !arming.fits(moment, step) || !armed.remove(item, arming)) {
            return false;
        }
        answers.println("stopped " + item);
        return true;
    }

    private static boolean hadEffect(Signal<?> signal) {
        return !signal.isOnError() && !(signal.get() instanceof Claim claim && !(claim instanceof Claim.Granted));
    }

    private static Optional<String> item(Object[] arguments) {
        return Stream.of(arguments)
                .flatMap(argument -> key(argument).stream())
                .findFirst()
                .map(key -> "/" + key.resource() + "/" + key.id());
    }

    private static Optional<ItemKey> key(Object argument) {
        return switch (argument) {
            case ItemKey key -> Optional.of(key);
            case Deletion deletion -> Optional.of(deletion.key());
            case Tombstone tombstone -> Optional.of(tombstone.key());
            default -> Optional.empty();
        };
    }
}
