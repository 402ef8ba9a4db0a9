package dev.cenotaph.load.proof;

import dev.cenotaph.load.proof.Point.Act;
import dev.cenotaph.load.proof.Tally.Cut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Kills the gateway with SIGKILL at every {@link Point}, again and again, while clients are at work, and looks after each
 * restart whether anything that it had promised is untrue. Ends with 1 if so.
 */
final class CrashProof implements AutoCloseable {
    private static final int EACH_OF_ALL = 2;
    private static final int EACH_OF_ONE = 5;
    private static final int RECOVERY_POINTS_EACH = 2;
    private static final int ARRIVAL_SECONDS = 60;
    private static final int FEWEST_ALONE = 3;
    private static final double IN_GOOD_TIME = 0.8;

    private final ProofOptions options;
    private final Random random;
    private final Findings findings = new Findings();
    private final Tally tally = new Tally();
    private final HeldUpstream upstream = new HeldUpstream();
    private final Remote remote = new Remote();
    private final Stock stock = new Stock(upstream);
    private final Cutting cutting = new Cutting(upstream, remote, findings);
    private final Store.Running store;
    private final AuditTrail audit;
    private final GatewayProgram program;
    private GatewayProcess gateway;
    private Client client;
    private int round;
    private int turn;

    CrashProof(ProofOptions options, ClassPath classPath) throws IOException, InterruptedException {
        this.options = options;
        this.random = new Random(options.seed());
        Path directory = emptied(options.directory());
        store = options.store().start(directory);
        audit = new AuditTrail(store.url());
        program =
                new GatewayProgram(classPath, directory, settings(directory, store.url()), remote, options.sabotage());
        program.prepare();
        gateway = program.start(Map.of());
        gateway.awaitReady();
        client = new Client(program.port());
    }

    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        ProofOptions options = ProofOptions.parse(arguments);
        int violations;
        try (var proof =
                new CrashProof(options, new ClassPath(options.directory().resolveSibling("proof-start")))) {
            proof.run();
            var report = new Report(options, proof.tally, proof.findings);
            report.write();
            System.out.println(report.markdown());
            violations = proof.findings.violations();
            if (proof.tally.fewest() < options.kills()) {
                System.out.println("Not every point had its " + options.kills() + " kills in the time allowed.");
                violations++;
            }
        }
        System.exit(violations == 0 ? 0 : 1);
    }

    Findings findings() {
        return findings;
    }

    Tally tally() {
        return tally;
    }

    /**
     * Rounds at all points at once until each had its number, if there is time with a second kill in recovery; then until
     * recovery had its number, too; then rounds at one point alone.
     */
    void run() throws IOException, InterruptedException, SQLException {
        long begun = System.nanoTime();
        long allowed = Duration.ofMinutes(options.minutes()).toNanos();
        for (long spent = 0; spent < allowed && !isEnough(); spent = System.nanoTime() - begun) {
            int fewest = tally.fewest();
            if (fewest < options.kills()) {
                roundEverywhere((double) spent / allowed < IN_GOOD_TIME * fewest / options.kills());
            } else if (tally.fewestInRecovery() < options.kills()) {
                roundEverywhere(true);
            } else {
                round(at(tally.leastAlone()), false);
            }
        }
    }

    /**
     * One round at all points.
     *
     * @param recoveryToo whether the gateway is killed a second time, while it recovers from the first
     */
    void roundEverywhere(boolean recoveryToo) throws IOException, InterruptedException, SQLException {
        round(everywhere(), recoveryToo);
    }

    @Override
    public void close() throws IOException {
        client.close();
        gateway.kill();
        store.server().close();
        remote.close();
        upstream.close();
    }

    private boolean isEnough() {
        return tally.fewest() >= options.kills()
                && tally.line(tally.leastAlone()).alone() >= FEWEST_ALONE;
    }

    private void round(List<Cut> planned, boolean recoveryToo) throws IOException, InterruptedException, SQLException {
        findings.at("seed " + options.seed() + ", round " + ++round);
        cutting.prepare(client, planned);
        List<Cut> cut = cutUnderTraffic(planned);
        List<Cut> cutAgain = recoveryToo ? cutRecovery(cut) : List.of();
        restart(Map.of());
        gateway.awaitReady();
        long ready = sinceStart();
        inspect(planned);
        long agreed = sinceStart();
        tally.restarted(ready, agreed);
        tally.killed(cut);
        if (recoveryToo) {
            tally.killed(cutAgain);
        }
        say(planned, cut, cutAgain, ready, agreed);
        if (options.sabotage() == Sabotage.NONE) {
            cutting.repeat(client, cut);
        }
        stock.giveBack(items(planned));
        stock.replaceErased();
    }

    private List<Cut> cutUnderTraffic(List<Cut> planned) throws IOException, InterruptedException {
        var traffic = Traffic.start(gateway, client, stock.own(), stock.shared(), random.nextLong(), findings);
        Thread.sleep(random.nextInt(200, 600));
        List<Cut> arrived = cutting.arrive(client, planned);
        Thread.sleep(random.nextInt(100));
        gateway.kill();
        traffic.end();
        client.close();
        upstream.gatewayIsGone();
        return arrived;
    }

    /** Starts the gateway, and kills it again while it settles some of what the first kill has left open. */
    private List<Cut> cutRecovery(List<Cut> left) throws IOException, InterruptedException {
        List<Item> open = left.stream()
                .filter(cut -> cut.point().leavesClaim())
                .map(Cut::item)
                .toList();
        List<Cut> planned = new ArrayList<>();
        for (Point point : Point.values()) {
            for (int i = 0; point.act() == Act.RECOVERY && i < RECOVERY_POINTS_EACH; i++) {
                planned.add(new Cut(point, open.get((round + planned.size() * 7) % open.size())));
            }
        }
        Map<String, String> moments = new LinkedHashMap<>();
        Map<Cut, CompletableFuture<?>> arrivals = new LinkedHashMap<>();
        for (Cut cut : planned) {
            cut.point().moment().ifPresent(moment -> moments.put(cut.item().path(), moment));
            cut.point().stage().ifPresent(stage -> arrivals.put(cut, upstream.hold(cut.item(), stage)));
        }
        restart(moments);
        planned.stream()
                .filter(cut -> cut.point().moment().isPresent())
                .forEach(cut -> arrivals.put(
                        cut, gateway.stopped().getOrDefault(cut.item().path(), never())));
        List<Cut> arrived = new ArrayList<>();
        for (Map.Entry<Cut, CompletableFuture<?>> arrival : arrivals.entrySet()) {
            if (hasArrived(arrival)) {
                arrived.add(arrival.getKey());
            }
        }
        gateway.kill();
        client.close();
        upstream.gatewayIsGone();
        return arrived;
    }

    private boolean hasArrived(Map.Entry<Cut, CompletableFuture<?>> arrival) throws InterruptedException {
        try {
            arrival.getValue().get(ARRIVAL_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            findings.add(Findings.Kind.LEFT_OPEN, arrival.getKey() + " was not settled at the start");
            return false;
        }
    }

    private static CompletableFuture<Void> never() {
        return new CompletableFuture<>();
    }

    private void restart(Map<String, String> armed) throws IOException {
        gateway = program.start(armed);
        client = new Client(program.port());
    }

    private void inspect(List<Cut> planned) throws IOException, InterruptedException, SQLException {
        List<Item> items =
                Stream.concat(stock.all().stream(), items(planned).stream()).toList();
        new Inspection(upstream, client, audit, findings).inspect(items, System.nanoTime());
        stock.requireNoHardDelete(findings);
    }

    private List<Cut> everywhere() {
        var cuts = new ArrayList<Cut>();
        for (Point point : Point.values()) {
            if (point.act() != Act.RECOVERY) {
                cuts.addAll(at(point, point.act() == Act.PURGE ? 1 : EACH_OF_ALL));
            }
        }
        return cuts;
    }

    private List<Cut> at(Point point) {
        return at(point, EACH_OF_ONE);
    }

    private List<Cut> at(Point point, int number) {
        List<Shape> shapes =
                Stream.of(Shape.values()).filter(point::isReachedBy).toList();
        return Stream.generate(() -> shapes.get(turn++ % shapes.size()))
                .limit(number)
                .map(shape -> new Cut(point, stock.take(shape)))
                .toList();
    }

    private static List<Item> items(List<Cut> cuts) {
        return cuts.stream().map(Cut::item).toList();
    }

    private long sinceStart() {
        return (System.nanoTime() - gateway.begun()) / 1_000_000;
    }

    private void say(List<Cut> planned, List<Cut> cut, List<Cut> cutAgain, long ready, long agreed) {
        System.out.printf(
                "round %d: %d of %d operations cut at %d points, %d more in recovery; ready after %d ms, all agreed after"
                        + " %d ms; %d violations; fewest kills of a point: %d%n",
                round,
                cut.size(),
                planned.size(),
                planned.stream().map(Cut::point).distinct().count(),
                cutAgain.size(),
                ready,
                agreed,
                findings.violations(),
                tally.fewest());
    }

    private List<String> settings(Path directory, String store) throws IOException {
        Path policies = Files.createDirectories(directory.resolve("policies"));
        Files.writeString(policies.resolve("open.yaml"), Shape.policies(false, upstream.port(false)));
        Files.writeString(policies.resolve("guarded.yaml"), Shape.policies(true, upstream.port(true)));
        return List.of(
                "cenotaph.policies=" + policies,
                "cenotaph.store.url=" + store,
                "cenotaph.purge.interval=500ms",
                "cenotaph.purge.stop-above-share=1.0",
                "cenotaph.credentials[0].upstream=http://127.0.0.1:" + upstream.port(false),
                "cenotaph.credentials[1].upstream=http://127.0.0.1:" + upstream.port(true),
                "cenotaph.credentials[1].headers.Authorization=" + HeldUpstream.AUTHORIZATION);
    }

    private static Path emptied(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return Files.createDirectories(directory);
    }
}
