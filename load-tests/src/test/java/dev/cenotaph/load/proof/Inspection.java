package dev.cenotaph.load.proof;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks at every item after a restart. What was acknowledged must hold at the first look. What was cut off may have
 * happened or not, but within the time allowed everything must say the same of it.
 */
final class Inspection {
    /** From the moment at which the gateway says that it is ready. */
    static final Duration WITHIN = Duration.ofSeconds(10);

    private static final long BETWEEN_LOOKS_MILLIS = 100;

    private final HeldUpstream upstream;
    private final Client client;
    private final AuditTrail audit;
    private final Findings findings;

    Inspection(HeldUpstream upstream, Client client, AuditTrail audit, Findings findings) {
        this.upstream = upstream;
        this.client = client;
        this.audit = audit;
        this.findings = findings;
    }

    /**
     * Returns when all is as it must be, or time is over, and settles what is known of the items.
     *
     * @param ready since when the gateway says that it is ready, in the time of {@link System#nanoTime}
     */
    void inspect(Collection<Item> items, long ready) throws IOException, InterruptedException, SQLException {
        Map<Item, Sight> wrong = wrong(items);
        wrong.forEach((item, sight) -> {
            if (isCertain(item)) {
                hold(item, sight);
            }
        });
        wrong.keySet().removeIf(Inspection::isCertain);
        settle(wrong, ready);
        items.forEach(this::compareMembers);
        audit.check(findings);
        items.forEach(item -> item.condition().settle(upstream.condition(item)));
    }

    private static boolean isCertain(Item item) {
        return item.possible().size() == 1 && !item.shape().isPurged();
    }

    private void settle(Map<Item, Sight> atFirst, long ready) throws IOException, InterruptedException, SQLException {
        Map<Item, Sight> wrong = atFirst;
        int open = audit.open();
        while ((!wrong.isEmpty() || open > 0) && System.nanoTime() - ready < WITHIN.toNanos()) {
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
            wrong = wrong(List.copyOf(wrong.keySet()));
            open = audit.open();
        }
        wrong.forEach(this::hold);
        if (open > 0) {
            findings.add(Findings.Kind.LEFT_OPEN, open + " changes are open " + WITHIN + " after it was ready");
        }
    }

    private Map<Item, Sight> wrong(Collection<Item> items) throws IOException, InterruptedException {
        Map<Item, Sight> sights = look(items);
        sights.entrySet()
                .removeIf(entry ->
                        entry.getValue().problems(entry.getKey().possible()).isEmpty());
        return sights;
    }

    private void hold(Item item, Sight sight) {
        for (Findings.Kind kind : sight.problems(item.possible())) {
            findings.add(kind, item + " is seen as " + sight);
        }
    }

    private Map<Item, Sight> look(Collection<Item> items) throws IOException, InterruptedException {
        Map<Shape, Set<String>> trash = new EnumMap<>(Shape.class);
        Map<Shape, Set<String>> lists = new EnumMap<>(Shape.class);
        for (Item item : items) {
            if (!lists.containsKey(item.shape())) {
                trash.put(item.shape(), client.trash(item.shape()));
                lists.put(item.shape(), client.list(item.shape()));
            }
        }
        Map<Item, Integer> answers = new ConcurrentHashMap<>();
        Together.each(items, item -> answers.put(item, client.get(item)));
        Map<Item, Sight> sights = new LinkedHashMap<>();
        items.forEach(item -> sights.put(
                item,
                new Sight(
                        upstream.condition(item),
                        answers.getOrDefault(item, 0),
                        lists.getOrDefault(item.shape(), Set.of()).contains(item.id()),
                        trash.getOrDefault(item.shape(), Set.of()).contains(item.id()))));
        findings.count("items checked", items.size());
        return sights;
    }

    /** And every update that was acknowledged is still there. */
    private void compareMembers(Item item) {
        upstream.members(item).ifPresent(members -> {
            int note = members.path("note").asInt(-1);
            var possible = new ArrayList<>(item.note().possible());
            if (!item.shape().isIntact(members, HeldUpstream.original(item)) || !possible.contains(note)) {
                findings.add(
                        Findings.Kind.ITEM_ALTERED,
                        item + " is " + members + ", its note should be one of " + possible);
            }
            item.note().settle(note);
        });
    }
}
