package dev.cenotaph.gateway.listing;

import dev.cenotaph.gateway.testing.TestGateway;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a page costs that is left short, one that is filled but lost nothing, and one that is filled from the next. */
public final class FilledPageCost {
    private static final int ITEMS = 100;
    private static final int WARM_UP = 300;
    private static final int REQUESTS = 500;

    private FilledPageCost() {}

    public static void main(String[] args) {
        try (var upstream = new PagingUpstream();
                TestGateway gateway = TestGateway.with(TestGateway.policy(upstream.port(), """
                        page:
                          path: /shops/{shop}/page
                          marker: { flag: trashed }
                          list: { items: /data }
                        offset:
                          path: /shops/{shop}/offset
                          marker: { flag: trashed }
                          list: { items: /data, next: Link, paging: { offset: offset, limit: limit }, short-pages: refill }
                        """))) {
            for (String shop : List.of("whole", "holed")) {
                var trashed = new ArrayList<Boolean>();
                for (int id = 1; id <= ITEMS; id++) {
                    trashed.add(shop.equals("holed") && id % 10 == 0);
                }
                upstream.fill("/shops/" + shop + "/page", trashed);
                upstream.fill("/shops/" + shop + "/offset", trashed);
            }
            measure(
                    gateway,
                    Map.of(
                            "allow, nothing trashed", "/shops/whole/page?size=20",
                            "allow, 2 of 20 trashed", "/shops/holed/page?size=20",
                            "refill, nothing trashed", "/shops/whole/offset?limit=20",
                            "refill, 2 of 20 trashed", "/shops/holed/offset?limit=20"));
        }
    }

    /** In turns, so that whatever else the machine does meets all of them. */
    private static void measure(TestGateway gateway, Map<String, String> lists) {
        var times = new TreeMap<String, List<Long>>();
        for (int round = 0; round < WARM_UP + REQUESTS; round++) {
            for (Map.Entry<String, String> list : lists.entrySet()) {
                long start = System.nanoTime();
                gateway.get(list.getValue());
                long time = System.nanoTime() - start;
                if (round >= WARM_UP) {
                    times.computeIfAbsent(list.getKey(), name -> new ArrayList<>())
                            .add(time);
                }
            }
        }
        times.forEach((name, all) -> {
            List<Long> sorted = all.stream().sorted().toList();
            System.out.printf(
                    "%-24s median %5d µs, fastest tenth below %5d µs%n",
                    name, sorted.get(REQUESTS / 2) / 1_000, sorted.get(REQUESTS / 10) / 1_000);
        });
    }
}
