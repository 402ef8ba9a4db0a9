package dev.cenotaph.gateway.reveal;

import dev.cenotaph.gateway.testing.StubUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Received;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An upstream that shows things to {@code owner} alone: it does not know who comes without credentials (401), forbids it to
 * {@code weak} (403), and to everybody else says that there is no such thing (404).
 */
final class GuardedUpstream implements AutoCloseable {
    static final String OWNER = "owner";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, ObjectNode> items = new ConcurrentSkipListMap<>();
    private final StubUpstream server = StubUpstream.answering(this::answer);
    private volatile boolean everybodyLists;
    private volatile String shutOut = "nobody";

    void put(String path) {
        String id = path.substring(path.lastIndexOf('/') + 1);
        items.put(path, JSON.createObjectNode().put("id", id));
    }

    /** Lets everybody list, who sees nothing there that is not his. */
    void letEverybodyList() {
        everybodyLists = true;
    }

    /** Whoever has these credentials is forbidden everything from now on. */
    void shutOut(String caller) {
        shutOut = caller.isEmpty() ? "nobody" : caller;
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
        if (caller.equals(shutOut)) {
            return refused(403, "not for you");
        }
        if (caller.equals(OWNER)) {
            return shown(request, path);
        }
        if (everybodyLists && !items.containsKey(path) && request.method().equals("GET")) {
            return Reply.json("[]");
        }
        return switch (caller) {
            case "" -> refused(401, "who are you?").with("WWW-Authenticate", "Basic realm=\"shop\"");
            case "weak" -> refused(403, "not for you");
            default -> refused(404, "no such thing").with("Cache-Control", "max-age=7");
        };
    }

    private synchronized Reply shown(Received request, String path) {
        ObjectNode item = items.get(path);
        if (item == null) {
            return switch (request.method()) {
                case "POST" -> Reply.json(request.body()).as(201);
                case "GET" ->
                    Reply.json(items.entrySet().stream()
                            .filter(entry -> entry.getKey().startsWith(path + "/"))
                            .map(entry -> entry.getValue().toString())
                            .collect(Collectors.joining(",", "[", "]")));
                default -> refused(404, "no such thing");
            };
        }
        return switch (request.method()) {
            case "GET", "HEAD" -> Reply.json(item.toString());
            case "DELETE" -> {
                items.remove(path);
                yield Reply.status(204);
            }
            default -> {
                ObjectNode changed = item.deepCopy().setAll((ObjectNode) JSON.readTree(request.body()));
                items.put(path, changed);
                yield Reply.json(changed.toString());
            }
        };
    }

    private static Reply refused(int status, String body) {
        return new Reply(status, Map.of("Content-Type", "text/plain"), body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.close();
    }
}
