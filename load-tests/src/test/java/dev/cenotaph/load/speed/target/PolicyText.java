package dev.cenotaph.load.speed.target;

import dev.cenotaph.load.speed.upstream.Orders;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Cenotaph's policy file. */
final class PolicyText {
    private PolicyText() {}

    /** @param resources how many; the orders are one of them */
    static String of(String upstream, int resources) {
        String others = IntStream.range(1, resources)
                .mapToObj(i -> resource("other" + i, "/api/other" + i))
                .collect(Collectors.joining());
        return "version: 1\nupstream: " + upstream + "\nresources:\n" + others + resource("orders", Orders.PATH);
    }

    private static String resource(String name, String path) {
        return """
                  %s:
                    path: %s
                    marker: { timestamp: deleted_at }
                """.formatted(name, path).indent(2);
    }
}
