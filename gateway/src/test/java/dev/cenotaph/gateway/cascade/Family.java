package dev.cenotaph.gateway.cascade;

import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.TestGateway;
import java.util.Map;
import java.util.TreeMap;

/** Users with notes with lines at one upstream, and their invoices at another, in a policy file of its own. */
final class Family implements AutoCloseable {
    private static final String LIVE = "{\"deleted_at\":null,\"text\":\"as it was\"}";

    final ItemUpstream shop = new ItemUpstream();
    final ItemUpstream billing = new ItemUpstream();

    /** The policy files, by their names. */
    Map<String, String> policies() {
        return policies("", "");
    }

    /** @param ofUsers further keys of the users, and of the notes */
    Map<String, String> policies(String ofUsers, String ofNotes) {
        return Map.of(
                "shop.yaml",
                TestGateway.policy(shop.port(), """
                        users:
                          path: /users
                          marker: { timestamp: deleted_at }
                          children: [notes, invoices]
                          %s
                        notes:
                          path: "/users/{user}/notes"
                          marker: { timestamp: deleted_at }
                          children: [lines]
                          %s
                        lines:
                          path: "/users/{user}/notes/{note}/lines"
                          marker: { timestamp: deleted_at }
                        """.formatted(ofUsers, ofNotes)),
                "billing.yaml",
                TestGateway.policy(billing.port(), """
                        invoices:
                          path: "/users/{customer}/invoices"
                          marker: { flag: is_trashed }
                        """));
    }

    /** With these settings a gateway may go on by itself. */
    String[] credentials() {
        return new String[] {
            "cenotaph.credentials[0].upstream=http://localhost:" + shop.port(),
            "cenotaph.credentials[1].upstream=http://localhost:" + billing.port()
        };
    }

    String user() {
        return shop.create("/users", LIVE);
    }

    String note(String user) {
        return shop.create(user + "/notes", LIVE);
    }

    String line(String note) {
        return shop.create(note + "/lines", LIVE);
    }

    String invoice(String user) {
        return billing.create(user + "/invoices", "{\"is_trashed\":false,\"total\":1.50}");
    }

    /** Every item of both upstreams as it lies there. */
    Map<String, String> all() {
        var all = new TreeMap<>(shop.all());
        all.putAll(billing.all());
        return all;
    }

    /** Whether the item is marked at its upstream. */
    boolean isMarked(String path) {
        String item = shop.item(path).or(() -> billing.item(path)).orElseThrow();
        return item.contains("\"is_trashed\":true") || item.contains("\"deleted_at\":\"");
    }

    static String id(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public void close() {
        shop.close();
        billing.close();
    }
}
