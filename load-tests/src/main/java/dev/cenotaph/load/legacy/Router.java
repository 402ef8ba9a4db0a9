package dev.cenotaph.load.legacy;

import java.util.List;
import java.util.Optional;

/** Finds out what a request is about and has it answered. Blocks on the database. */
final class Router {
    private static final String READ_ONLY = "GET, HEAD";
    private static final Resource ORDERS = Catalogue.named("orders").orElseThrow();
    private static final ListShape HITS = ListShape.envelope("results").withRows("{\"score\":1.0,\"hit\":", "}");

    private final Database database;
    private final CollectionEndpoint collections;
    private final ItemEndpoint items;

    Router(Database database) {
        this.database = database;
        this.collections = new CollectionEndpoint(database);
        this.items = new ItemEndpoint(database);
    }

    Answer answer(Request request) {
        List<String> path = request.path();
        if (path.equals(List.of("search"))) {
            return search(request);
        }
        if (path.size() == 2 && path.getFirst().equals("rows")) {
            return rows(path.getLast(), request);
        }
        return switch (Catalogue.find(path).orElseThrow(Refusal::notFound)) {
            case Target.Collection collection -> collections.answer(collection, request);
            case Target.Item item -> items.answer(item, request);
        };
    }

    private Answer search(Request request) {
        requireRead(request);
        String text = request.query().getOrDefault("q", "");
        return Answer.json(200, HITS.around(database.read(session -> session.search(ORDERS, text, HITS.separator()))));
    }

    /** What lies in the table, by no way that a gateway governs. */
    private Answer rows(String name, Request request) {
        requireRead(request);
        Optional<Resource> resource = Catalogue.named(name);
        byte[] rows = database.read(session -> session.everything(resource.orElseThrow(Refusal::notFound)));
        return Answer.json(200, ListShape.array().around(rows));
    }

    private static void requireRead(Request request) {
        if (!request.isRead()) {
            throw Refusal.methodNotAllowed(READ_ONLY);
        }
    }
}
