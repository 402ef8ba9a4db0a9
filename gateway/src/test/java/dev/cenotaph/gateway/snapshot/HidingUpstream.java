package dev.cenotaph.gateway.snapshot;

import dev.cenotaph.gateway.testing.StubUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Received;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An upstream in which each sees his own: whatever belongs to somebody else is a 404, as if there were no such thing. A PUT
 * creates, a POST under the id that it names; a list shows what is the caller's; {@code /shut} is listed for nobody. Who comes as {@code operator} sees all.
 */
final class HidingUpstream implements AutoCloseable {
    static final String OPERATOR = "operator";
    /** What everybody is told of what is not his. */
    static final String NOTHING = "{\"error\":\"no such thing\"}";

    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"(\\w+)\"");

    private record Item(String owner, String body) {}

    private final Map<String, Item> items = new ConcurrentSkipListMap<>();
    private final AtomicInteger lastId = new AtomicInteger(100);
    private volatile boolean forgets;
    private final StubUpstream server = StubUpstream.answering(this::answer);

    /** An item that belongs to a caller. */
    void put(String path, String owner) {
        items.put(path, new Item(owner, "{\"id\":\"" + path.substring(path.lastIndexOf('/') + 1) + "\"}"));
    }

    /** From now on a PUT says that it creates, and does not. */
    void forgetWrites() {
        forgets = true;
    }

    Optional<String> item(String path) {
        return Optional.ofNullable(items.get(path)).map(Item::body);
    }

    int port() {
        return server.port();
    }

    List<String> calls() {
        return server.calls();
    }

    void forgetCalls() {
        server.forgetCalls();
    }

    private Reply answer(Received request) {
        String caller = request.header("Authorization").orElse("");
        String path = request.uri().split("\\?", 2)[0];
        boolean collection = path.lastIndexOf('/') == 0;
        if (collection && request.method().equals("POST")) {
            Matcher named = ID.matcher(request.body());
            String made = path + "/" + (named.find() ? named.group(1) : lastId.incrementAndGet());
            items.put(made, new Item(caller, request.body()));
            return Reply.json(request.body()).as(201).with("Location", made);
        }
        if (collection) {
            return path.equals("/shut") ? Reply.status(403) : list(path, caller);
        }
        Item item = items.get(path);
        boolean his = item != null && (item.owner().equals(caller) || caller.equals(OPERATOR));
        if (request.method().equals("PUT") && (item == null || his)) {
            if (!forgets) {
                items.put(path, new Item(caller, request.body()));
            }
            return Reply.json(request.body()).as(item == null ? 201 : 200);
        }
        if (item == null || !his) {
            return Reply.json(NOTHING).as(404);
        }
        if (request.method().equals("DELETE")) {
            items.remove(path);
            return Reply.status(204);
        }
        return Reply.json(item.body());
    }

    private Reply list(String path, String caller) {
        return Reply.json(items.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(path + "/"))
                .filter(entry -> entry.getValue().owner().equals(caller) || caller.equals(OPERATOR))
                .map(entry -> entry.getValue().body())
                .collect(Collectors.joining(",", "[", "]")));
    }

    @Override
    public void close() {
        server.close();
    }
}
