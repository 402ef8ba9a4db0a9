package dev.cenotaph.load.speed.scenario;

import dev.cenotaph.load.speed.target.Target;
import dev.cenotaph.load.speed.upstream.Orders;
import dev.cenotaph.load.speed.wire.Expected;
import dev.cenotaph.load.speed.wire.Request;
import dev.cenotaph.load.speed.wire.Script;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The requests of each scenario, and what each target has to answer. Every DELETE and every restore is a real change: an
 * order is deleted once, and restored once.
 */
public final class Scripts {
    private static final int DIFFERENT_ITEMS = 1_000;
    private static final Expected ITEM = new Expected(200, Orders.order(Orders.LIVE, null).length);
    private static final Expected NO_CONTENT = new Expected(204, 0);
    private static final Expected GONE = new Expected(410, Expected.ANY);
    private static final String RESTORED = "{\"deleted_at\":null}";

    private final AtomicInteger walked = new AtomicInteger(Orders.WALKED);
    private final Map<Target, Deque<Integer>> trashed = new EnumMap<>(Target.class);

    public Scripts() {
        for (Target target : Target.values()) {
            trashed.put(target, new ConcurrentLinkedDeque<>());
        }
    }

    /** What a target answers to these requests is known; a request that is not answered so is an error. */
    public Script of(Scenario scenario, Target target) {
        return switch (scenario) {
            case UNGOVERNED -> Script.cycle(Request.get("/status", new Expected(200, Orders.status().length)));
            case LIVE -> cycle(DIFFERENT_ITEMS, i -> get(Orders.LIVE + i, ITEM));
            case GONE ->
                target.trashes()
                        ? cycle(DIFFERENT_ITEMS, i -> get(Orders.TRASHED + i, GONE))
                        : of(Scenario.LIVE, target);
            case LIST_20 -> list(20, target);
            case LIST_100 -> list(100, target);
            case LIST_1000 -> list(1_000, target);
            case DELETE -> () -> delete(walked.getAndIncrement(), target);
            case RESTORE -> restores(target);
            case MIX -> mix(target);
        };
    }

    /** Trashes, once, what is trashed before the run. */
    public static Script trashing() {
        var next = new AtomicInteger();
        return () -> next.get() == DIFFERENT_ITEMS ? null : deletion(Orders.TRASHED + next.getAndIncrement());
    }

    /** Whether there is anything that a restore could bring back. */
    public boolean canRestore(Target target) {
        return !target.trashes() || !of(target).isEmpty();
    }

    private Script restores(Target target) {
        return () -> target.trashes() ? restored(target) : written(walked.getAndIncrement());
    }

    private @Nullable Request restored(Target target) {
        Integer id = of(target).poll();
        return id == null ? null : Request.of("POST", item(id) + ":undelete", ITEM);
    }

    /** What a client has to do itself where nobody restores. */
    private static Request written(int id) {
        return Request.withBody("PATCH", item(id), "application/merge-patch+json", RESTORED, ITEM);
    }

    private Request delete(int id, Target target) {
        Request deletion = deletion(id);
        return target.trashes() ? deletion.then(() -> of(target).add(id)) : deletion;
    }

    private static Request deletion(int id) {
        return Request.of("DELETE", item(id), NO_CONTENT);
    }

    /** Of 100: 40 ungoverned, 36 live, 10 trashed, 9 lists of 20, 3 lists of 100, a DELETE, a restore. */
    private Script mix(Target target) {
        Script ungoverned = of(Scenario.UNGOVERNED, target);
        Script live = of(Scenario.LIVE, target);
        Script gone = of(Scenario.GONE, target);
        Script shortList = of(Scenario.LIST_20, target);
        Script list = of(Scenario.LIST_100, target);
        var at = new AtomicInteger();
        return () -> {
            int turn = Math.floorMod(at.getAndIncrement() * 37, 100);
            if (turn == 0) {
                return delete(walked.getAndIncrement(), target);
            }
            Request restore = turn == 1 ? restores(target).next() : null;
            if (restore != null) {
                return restore;
            }
            Script script = turn < 41 ? ungoverned : turn < 78 ? live : turn < 88 ? gone : turn < 97 ? shortList : list;
            return script.next();
        };
    }

    private static Script list(int rows, Target target) {
        byte[] body = target.filters() ? Orders.filteredList(rows) : Orders.list(rows);
        var expected = new Expected(200, body.length);
        return Script.cycle(Request.get(Orders.PATH + "?limit=" + rows, expected));
    }

    private static Script cycle(int many, IntFunction<Request> request) {
        return Script.cycle(IntStream.range(0, many).mapToObj(request).toArray(Request[]::new));
    }

    private static Request get(int id, Expected expected) {
        return Request.get(item(id), expected);
    }

    private static String item(int id) {
        return Orders.PATH + "/" + id;
    }

    private Deque<Integer> of(Target target) {
        return trashed.getOrDefault(target, new ConcurrentLinkedDeque<>());
    }
}
