package dev.cenotaph.load.proof.replicas;

import dev.cenotaph.load.legacy.LegacyService;
import dev.cenotaph.load.legacy.Options;
import dev.cenotaph.load.proof.replicas.Staleness.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Three gateway processes on one PostgreSQL in front of one legacy service. An outside observer changes items through one
 * of them and counts what the two others answer that is not true any more, while one thing after another is broken.
 */
public final class ReplicaProof implements AutoCloseable {
    private static final int ITEMS = 200;
    private static final int PAUSED_ITEMS = 20;
    private static final int CUT_EVERY_MILLIS = 20;

    private final ReplicaOptions options;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Path directory;
    private final LegacyService legacy;
    private final SharedPostgres postgres;
    private final List<Replica> replicas = new ArrayList<>();

    /**
     * What was found.
     *
     * @param lost acknowledged changes that a replica does not show at the end of the outage, in words
     * @param recovery the longest time in milliseconds from PostgreSQL's start to an acknowledged change
     */
    record Findings(List<Figures> phases, long changes, long refused, List<String> lost, double recovery) {

        String markdown() {
            StringBuilder table = new StringBuilder("""
                    | phase | samples | answers | stale | no answer | p50 ms | p99 ms | p99.9 ms | max ms |
                    |---|---|---|---|---|---|---|---|---|
                    """);
            phases.forEach(phase -> table.append(phase.row()).append('\n'));
            return table + "\nPostgreSQL restarted under load: " + changes + " changes acknowledged, " + refused
                    + " refused, " + lost.size() + " lost; the first change after its start came within "
                    + Math.round(recovery) + " ms.\n";
        }
    }

    private ReplicaProof(ReplicaOptions options) throws IOException, InterruptedException {
        this.options = options;
        this.directory = Files.createDirectories(options.output());
        this.legacy = LegacyService.start(Options.temporary(ITEMS));
        this.postgres = SharedPostgres.start(Files.createTempDirectory("replica-proof"));
        for (int number = 1; number <= 3; number++) {
            replicas.add(
                    Replica.start("replica-" + number, postgres.url(), legacy.port(), options.policies(), directory));
        }
        for (Replica replica : replicas) {
            replica.awaitReady();
        }
    }

    public static void main(String[] arguments) throws Exception {
        Findings findings = run(ReplicaOptions.parse(arguments));
        System.out.println(findings.markdown());
        System.exit(findings.lost().isEmpty() ? 0 : 1);
    }

    static Findings run(ReplicaOptions options) throws Exception {
        try (ReplicaProof proof = new ReplicaProof(options)) {
            Findings findings = proof.prove();
            Files.writeString(proof.directory.resolve("replicas.md"), findings.markdown());
            Files.write(
                    proof.directory.resolve("replicas.json"),
                    JsonMapper.shared().writeValueAsBytes(asMap(findings)));
            return findings;
        }
    }

    @Override
    public void close() throws IOException {
        replicas.forEach(Replica::close);
        threads.shutdownNow();
        postgres.close();
        legacy.close();
    }

    private Findings prove() throws IOException, SQLException, InterruptedException {
        List<Figures> phases = new ArrayList<>();
        rounds(options.rounds() / 10, new Staleness());
        Staleness normal = new Staleness();
        rounds(options.rounds(), normal);
        phases.add(normal.figures("normal"));
        phases.add(withoutListeners());
        phases.add(paused());
        Staleness outage = new Staleness();
        Findings restarted = restarted(outage);
        phases.add(outage.figures("PostgreSQL restarted under load"));
        return new Findings(phases, restarted.changes(), restarted.refused(), restarted.lost(), restarted.recovery());
    }

    /** Orders hold the marker, so only a restore can be missed; parts do not, so either change can. */
    private void rounds(int rounds, Staleness staleness) {
        Observer observer = new Observer(replicas.get(0), replicas.subList(1, 3), threads);
        for (int round = 0; round < rounds; round++) {
            observer.round(order(1 + round % 50), staleness);
            observer.round(part(1 + round % 50), staleness);
        }
    }

    private Figures withoutListeners() throws InterruptedException {
        Staleness staleness = new Staleness();
        try (Repeated cuts = Repeated.every(CUT_EVERY_MILLIS, postgres::cutListeners)) {
            TimeUnit.SECONDS.sleep(1);
            rounds(options.roundsWithoutListeners(), staleness);
            cuts.requireEffect();
        }
        TimeUnit.SECONDS.sleep(2);
        return staleness.figures("notifications cut");
    }

    /** Half of the items are restored and half are trashed while the third replica stands still. */
    private Figures paused() throws IOException, InterruptedException {
        Staleness staleness = new Staleness();
        for (int pause = 0; pause < options.pauses(); pause++) {
            Map<String, Integer> expected = new LinkedHashMap<>();
            for (int item = 51; item < 51 + PAUSED_ITEMS; item++) {
                replicas.get(0).send("DELETE", order(item));
                expected.put(order(item), 200);
                expected.put(part(item), 410);
            }
            TimeUnit.SECONDS.sleep(2);
            Replica third = replicas.get(2);
            third.pause();
            expected.forEach((item, status) ->
                    replicas.get(0).send(status == 200 ? "POST" : "DELETE", status == 200 ? item + ":undelete" : item));
            List<CompletableFuture<Integer>> early = new ArrayList<>();
            expected.forEach((item, status) -> early.add(third.sendLater("GET", item)));
            TimeUnit.MILLISECONDS.sleep(options.pause().toMillis());
            third.resume();
            afterwards(third, expected, early, staleness);
            expected.keySet().stream()
                    .filter(item -> item.contains("/parts/"))
                    .forEach(item -> replicas.get(0).send("POST", item + ":undelete"));
        }
        return staleness.figures("one replica paused " + options.pause().toSeconds() + " s, then resumed");
    }

    /** @param early what was asked while the replica stood still */
    private static void afterwards(
            Replica third, Map<String, Integer> expected, List<CompletableFuture<Integer>> early, Staleness staleness) {
        long resumed = System.nanoTime();
        int asked = 0;
        for (Map.Entry<String, Integer> item : expected.entrySet()) {
            int first = early.get(asked++).join();
            long stale = first == 610 - item.getValue() ? 1 : 0;
            long last = stale == 0 ? resumed : System.nanoTime();
            long unanswered = first == item.getValue() || stale == 1 ? 0 : 1;
            for (int time = 0; time < 5; time++) {
                int again = third.send("GET", item.getKey());
                if (again == 610 - item.getValue()) {
                    stale++;
                    last = System.nanoTime();
                } else if (again != item.getValue()) {
                    unanswered++;
                }
            }
            staleness.add(last - resumed, stale, 6, unanswered);
        }
    }

    private Findings restarted(Staleness staleness) throws IOException, InterruptedException {
        List<String> items = IntStream.range(0, options.load())
                .mapToObj(number -> number % 2 == 0 ? order(101 + number) : part(101 + number))
                .toList();
        double recovery = 0;
        Load load = Load.start(replicas, items, threads);
        try (load;
                Repeated observed = Repeated.every(10, () -> rounds(1, staleness))) {
            for (int outage = 0; outage < options.outages(); outage++) {
                TimeUnit.SECONDS.sleep(3);
                postgres.stop();
                TimeUnit.MILLISECONDS.sleep(options.outage().toMillis());
                postgres.startAgain();
                recovery = Math.max(recovery, awaitChange(load, System.nanoTime()));
                TimeUnit.SECONDS.sleep(3);
            }
            observed.requireEffect();
        }
        TimeUnit.SECONDS.sleep(5);
        return new Findings(List.of(), load.changes(), load.refused(), load.lost(), recovery);
    }

    private static double awaitChange(Load load, long since) throws InterruptedException {
        long deadline = since + TimeUnit.SECONDS.toNanos(60);
        while (load.lastAcknowledged() - since < 0) {
            if (System.nanoTime() - deadline > 0) {
                return Double.POSITIVE_INFINITY;
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return (load.lastAcknowledged() - since) / 1e6;
    }

    private static String order(int number) {
        return "/api/orders/" + number;
    }

    private static String part(int number) {
        return "/api/parts/" + number;
    }

    private static Map<String, Object> asMap(Findings findings) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("phases", findings.phases());
        map.put("changes", findings.changes());
        map.put("refused", findings.refused());
        map.put("lost", findings.lost());
        map.put("recovery_ms", findings.recovery());
        return map;
    }
}
