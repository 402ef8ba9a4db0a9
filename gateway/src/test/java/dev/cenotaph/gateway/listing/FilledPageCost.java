package dev.cenotaph.gateway.listing;

import dev.cenotaph.gateway.testing.TestGateway;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a page costs that is left short, one that is filled but lost nothing, and one that is filled from the next. */
public final class FilledPageCost {
    private static final int ITEMS = 100;
    private static final int WARM_UP = 1_000;
    private static final int REQUESTS = 2_000;

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
            tell(gateway, "allow, nothing trashed", "/shops/whole/page?size=20");
            tell(gateway, "allow, 2 of 20 trashed", "/shops/holed/page?size=20");
            tell(gateway, "refill, nothing trashed", "/shops/whole/offset?limit=20");
            tell(gateway, "refill, 2 of 20 trashed", "/shops/holed/offset?limit=20");
        }
    }

    private static void tell(TestGateway gateway, String what, String list) {
        for (int i = 0; i < WARM_UP; i++) {
            gateway.get(list);
        }
        var times = new long[REQUESTS];
        for (int i = 0; i < REQUESTS; i++) {
            long start = System.nanoTime();
            gateway.get(list);
            times[i] = System.nanoTime() - start;
        }
        Arrays.sort(times);
        System.out.printf(
                "%-24s median %5d µs, p90 %5d µs%n",
                what, times[REQUESTS / 2] / 1_000, times[REQUESTS * 9 / 10] / 1_000);
    }
}
