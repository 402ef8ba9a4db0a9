package dev.cenotaph.load.proof;

import dev.cenotaph.load.proof.Point.Act;
import dev.cenotaph.load.proof.Tally.Cut;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Brings operations to the points at which they are to be cut off, and repeats them after the restart. */
final class Cutting {
    private static final int PATIENCE_SECONDS = 60;

    private final HeldUpstream upstream;
    private final Remote remote;
    private final Findings findings;

    Cutting(HeldUpstream upstream, Remote remote, Findings findings) {
        this.upstream = upstream;
        this.remote = remote;
        this.findings = findings;
    }

    /** Makes each item what its operation needs it to be; every such request must succeed. */
    void prepare(Client client, List<Cut> cuts) throws IOException, InterruptedException {
        Together.each(cuts, cut -> {
            boolean live = startsLive(cut.point());
            if (!cut.item().surely(live ? Condition.LIVE : Condition.TRASHED)) {
                requireExpected(live ? Request.RESTORE : Request.DELETE, client, cut.item());
            }
        });
    }

    /** Starts each operation, and returns those that have arrived at their point. */
    List<Cut> arrive(Client client, List<Cut> cuts) throws IOException, InterruptedException {
        Map<Cut, CompletableFuture<?>> arrivals = new ConcurrentHashMap<>();
        Together.each(cuts, cut -> arrivals.put(cut, start(client, cut)));
        var arrived = new ArrayList<Cut>();
        for (Cut cut : cuts) {
            if (hasArrived(cut, arrivals.getOrDefault(cut, new CompletableFuture<>()))) {
                arrived.add(cut);
            }
        }
        return arrived;
    }

    /** What was cut off can be done once more, and is answered as its item then is; a purge goes on by itself. */
    void repeat(Client client, List<Cut> cuts) throws IOException, InterruptedException {
        Together.each(cuts, cut -> {
            if (cut.point().act() == Act.PURGE) {
                awaitPurge(client, cut.item());
            } else {
                requireExpected(request(cut.point()), client, cut.item());
            }
        });
    }

    /** A purge is armed only when its item is trashed: it is read on the way there as well. */
    private CompletableFuture<?> start(Client client, Cut cut) throws IOException, InterruptedException {
        if (cut.point().act() == Act.PURGE) {
            requireExpected(Request.DELETE, client, cut.item());
            return stop(cut);
        }
        CompletableFuture<Void> arrival = stop(cut);
        CompletableFuture<Integer> answer = request(cut.point()).sendLater(client, cut.item());
        return CompletableFuture.anyOf(arrival, answer.thenApply(status -> missed(cut, status)));
    }

    private void awaitPurge(Client client, Item item) throws IOException, InterruptedException {
        long end = System.nanoTime() + Inspection.WITHIN.toNanos();
        while (upstream.condition(item) != Condition.ABSENT || client.get(item) != 404) {
            if (System.nanoTime() - end > 0) {
                findings.add(Findings.Kind.NOT_REPEATABLE, item + " is not purged");
                return;
            }
            Thread.sleep(50);
        }
        item.condition().settle(Condition.ABSENT);
    }

    private CompletableFuture<Void> stop(Cut cut) {
        if (cut.point().refused()) {
            upstream.refuse(cut.item());
        }
        return Stream.concat(
                        cut.point().moment().map(moment -> remote.arm(cut.item(), moment)).stream(),
                        cut.point().stage().map(stage -> upstream.hold(cut.item(), stage)).stream())
                .findFirst()
                .orElseThrow();
    }

    private boolean hasArrived(Cut cut, CompletableFuture<?> arrival) throws InterruptedException {
        try {
            arrival.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            findings.add(Findings.Kind.UNEXPECTED_ANSWER, cut + " did not arrive: " + e);
            return false;
        }
    }

    private static boolean missed(Cut cut, int status) {
        throw new IllegalStateException(cut.point() + " was passed by, with the answer " + status);
    }

    private void requireExpected(Request request, Client client, Item item) throws IOException, InterruptedException {
        List<Condition> before = List.copyOf(item.possible());
        HttpResponse<String> answer = request.send(client, item);
        if (before.stream().allMatch(one -> request.expected(one) != answer.statusCode())) {
            findings.add(
                    Findings.Kind.NOT_REPEATABLE,
                    request + " " + item + ", which was " + before + ", answered " + answer.statusCode() + " "
                            + answer.body());
        }
    }

    private static boolean startsLive(Point point) {
        return point.act() == Act.PURGE || request(point) == Request.DELETE;
    }

    private static Request request(Point point) {
        return switch (point.act()) {
            case DELETE -> Request.DELETE;
            case RESTORE -> Request.RESTORE;
            case PERMANENT -> Request.PERMANENT;
            case PURGE, RECOVERY -> throw new IllegalArgumentException("No client asks for " + point);
        };
    }
}
