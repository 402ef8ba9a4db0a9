package dev.cenotaph.gateway.cascade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.TestGateway;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random trees of items under random deletions and restores: the upstreams' state equals that of a model of a few lines. */
class CascadePropertyTest {
    private static final int STEPS = 60;

    /** What is trashed, by the item that each went with. */
    private final Map<String, String> leaders = new TreeMap<>();

    private final Set<String> items = new TreeSet<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void upstreamsEqualTheModel(long seed) {
        var random = new Random(seed);
        try (var family = new Family()) {
            plant(family, random);
            try (var gateway = TestGateway.with(family.policies(), family.credentials())) {
                for (int step = 0; step < STEPS; step++) {
                    String item = List.copyOf(items).get(random.nextInt(items.size()));
                    boolean delete = random.nextInt(5) < 3;
                    int status = delete
                            ? gateway.delete(item).statusCode()
                            : gateway.post(item + ":undelete").statusCode();
                    assertThat(status)
                            .as("seed %d, step %d, %s %s", seed, step, delete ? "DELETE" : "restore", item)
                            .isEqualTo(delete ? delete(item) : restore(item));
                    assertThat(marked(family))
                            .as("seed %d after step %d", seed, step)
                            .isEqualTo(leaders.keySet());
                }
            }
        }
    }

    private int delete(String item) {
        if (leaders.containsKey(item) || above(item).stream().anyMatch(leaders::containsKey)) {
            return 410;
        }
        var kept = new HashSet<String>();
        for (String each : items) {
            boolean belowKept = above(each).stream().anyMatch(kept::contains);
            if (belowKept || (leaders.containsKey(each) && above(each).contains(item))) {
                kept.add(each);
            } else if (each.equals(item) || above(each).contains(item)) {
                leaders.put(each, item);
            }
        }
        return 204;
    }

    private int restore(String item) {
        if (above(item).stream().anyMatch(leaders::containsKey) || !leaders.containsKey(item)) {
            return 409;
        }
        leaders.values().removeIf(leaders.get(item)::equals);
        return 200;
    }

    private static List<String> above(String item) {
        var above = new ArrayList<String>();
        String[] segments = item.substring(1).split("/");
        var path = new StringBuilder();
        for (int i = 0; i + 2 < segments.length; i += 2) {
            path.append('/').append(segments[i]).append('/').append(segments[i + 1]);
            above.add(path.toString());
        }
        return above;
    }

    private void plant(Family family, Random random) {
        for (int users = 1 + random.nextInt(3); users > 0; users--) {
            String user = planted(family.user());
            for (int invoices = random.nextInt(3); invoices > 0; invoices--) {
                planted(family.invoice(user));
            }
            for (int notes = random.nextInt(4); notes > 0; notes--) {
                String note = planted(family.note(user));
                for (int lines = random.nextInt(4); lines > 0; lines--) {
                    planted(family.line(note));
                }
            }
        }
    }

    private String planted(String path) {
        items.add(path);
        return path;
    }

    private Set<String> marked(Family family) {
        var marked = new TreeSet<>(items);
        marked.removeIf(path -> !family.isMarked(path));
        return marked;
    }
}
