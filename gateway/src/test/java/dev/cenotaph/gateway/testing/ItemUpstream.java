package dev.cenotaph.gateway.testing;

import dev.cenotaph.gateway.testing.StubUpstream.Received;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An upstream that keeps JSON items under their paths, and behaves unless a test tells it otherwise for one item: PATCH
 * sets members, PUT replaces, POST on a collection creates, DELETE deletes; entity tags are strong, and If-Match counts.
 */
public final class ItemUpstream implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** What the upstream does with a request. */
    @FunctionalInterface
    public interface Behaviour {
        /** @param well what the upstream would do of itself: takes effect when asked for */
        Mono<Reply> answer(Received request, Supplier<Reply> well);
    }

    private final Map<String, ObjectNode> items = new ConcurrentSkipListMap<>();
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final AtomicInteger lastId = new AtomicInteger();
    private volatile boolean createsByPut;
    private final StubUpstream server = StubUpstream.answeringLater(this::answer);

    public int port() {
        return server.port();
    }

    /** A new item of a collection with these members, and an id that no other has. */
    public String create(String collection, String members) {
        int id = lastId.incrementAndGet();
        String path = collection + "/" + id;
        ObjectNode item = JSON.createObjectNode().put("id", id);
        item.setAll((ObjectNode) JSON.readTree(members));
        items.put(path, item);
        return path;
    }

    /** From now on a PUT of an item that is not there creates it. */
    public void createByPut() {
        createsByPut = true;
    }

    /** The item as it lies here; empty where there is none. */
    public Optional<String> item(String path) {
        return Optional.ofNullable(items.get(path)).map(ObjectNode::toString);
    }

    /** All items as they lie here, by their paths. */
    public Map<String, String> all() {
        var all = new TreeMap<String, String>();
        items.forEach((path, item) -> all.put(path, item.toString()));
        return all;
    }

    /** Sets a member behind everybody's back. */
    public void set(String path, String member, String json) {
        items.computeIfPresent(path, (same, item) -> item.deepCopy().set(member, JSON.readTree(json)));
    }

    /** An item that somebody puts there behind everybody's back. */
    public void put(String path, String json) {
        items.put(path, (ObjectNode) JSON.readTree(json));
    }

    public void remove(String path) {
        items.remove(path);
    }

    /** From now on this answers such requests. */
    public void on(String method, String path, Behaviour behaviour) {
        behaviours.put(method + " " + path, behaviour);
    }

    /** Such requests are answered well again. */
    public void behave(String method, String path) {
        behaviours.remove(method + " " + path);
    }

    /** The methods of what arrived for a path, in order. */
    public List<String> methods(String path) {
        return received(path).stream().map(Received::method).toList();
    }

    /** What arrived for a path, whatever its query. */
    public List<Received> received(String path) {
        return server.received().stream().filter(one -> path(one).equals(path)).toList();
    }

    /** The paths of what was deleted, in order. */
    public List<String> deleted() {
        return server.received().stream()
                .filter(one -> one.method().equals("DELETE"))
                .map(ItemUpstream::path)
                .toList();
    }

    @Override
    public void close() {
        server.close();
    }

    private Mono<Reply> answer(Received request) {
        Behaviour behaviour = behaviours.get(request.method() + " " + path(request));
        return behaviour == null ? Mono.just(well(request)) : behaviour.answer(request, () -> well(request));
    }

    private synchronized Reply well(Received request) {
        String path = path(request);
        ObjectNode item = items.get(path);
        if (item == null) {
            return collection(request, path);
        }
        Optional<String> condition = request.header("If-Match");
        if (condition.isPresent()
                && !condition.get().equals("*")
                && !condition.get().equals(tag(item))) {
            return Reply.status(412);
        }
        if (request.header("If-None-Match").filter("*"::equals).isPresent()
                && !request.method().equals("GET")) {
            return Reply.status(412);
        }
        return switch (request.method()) {
            case "GET", "HEAD" -> shown(item);
            case "DELETE" -> {
                items.remove(path);
                yield Reply.status(204);
            }
            case "PUT" -> put(path, (ObjectNode) JSON.readTree(request.body()));
            default -> put(path, item.deepCopy().setAll((ObjectNode) JSON.readTree(request.body())));
        };
    }

    private Reply collection(Received request, String path) {
        boolean known = items.keySet().stream().anyMatch(key -> key.startsWith(path + "/"));
        if (request.method().equals("POST")) {
            return shown(items.getOrDefault(create(path, request.body()), JSON.createObjectNode()))
                    .as(201);
        }
        if (createsByPut && request.method().equals("PUT")) {
            return put(path, (ObjectNode) JSON.readTree(request.body())).as(201);
        }
        if (!known || !request.method().equals("GET")) {
            return Reply.status(request.header("If-Match").isPresent() ? 412 : 404);
        }
        return Reply.json(items.entrySet().stream()
                .filter(entry ->
                        entry.getKey().startsWith(path + "/") && entry.getKey().indexOf('/', path.length() + 1) < 0)
                .map(entry -> entry.getValue().toString())
                .collect(Collectors.joining(",", "[", "]")));
    }

    private Reply put(String path, ObjectNode item) {
        items.put(path, item);
        return shown(item);
    }

    private static Reply shown(ObjectNode item) {
        return Reply.json(item.toString()).with("ETag", tag(item));
    }

    private static String tag(ObjectNode item) {
        return "\"" + Integer.toHexString(item.toString().hashCode()) + "\"";
    }

    private static String path(Received request) {
        int query = request.uri().indexOf('?');
        return query < 0 ? request.uri() : request.uri().substring(0, query);
    }
}
