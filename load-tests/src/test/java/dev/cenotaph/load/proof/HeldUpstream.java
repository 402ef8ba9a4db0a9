package dev.cenotaph.load.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The upstream: it keeps items, deletes for good when told to, and holds a request at a point of its way until the
 * gateway that sent it is gone. Items are under {@code /{collection}/{id}}, with key-value entries below at
 * {@code /metafields}.
 */
final class HeldUpstream implements AutoCloseable {
    static final String AUTHORIZATION = "Bearer of-the-proof";
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Where a request can be held. */
    enum Stage {
        WRITE_RECEIVED,
        WRITE_APPLIED,
        READ_AFTER_WRITE,
        ERASURE_RECEIVED,
        ERASURE_APPLIED,
        READ
    }

    private static final class Stored {
        private ObjectNode members;
        private final Map<String, ObjectNode> entries = new ConcurrentSkipListMap<>();
        private int version;

        private Stored(ObjectNode members) {
            this.members = members;
        }

        private String tag() {
            return "\"" + version + "\"";
        }
    }

    private record Hold(Stage stage, CompletableFuture<Void> reached) {}

    private record Answer(int status, String body, Optional<String> tag) {
        static Answer of(int status) {
            return new Answer(status, "", Optional.empty());
        }
    }

    private final Map<String, Stored> items = new ConcurrentSkipListMap<>();
    private final Map<String, Hold> holds = new ConcurrentHashMap<>();
    private final Set<String> written = ConcurrentHashMap.newKeySet();
    private final Set<String> refusing = ConcurrentHashMap.newKeySet();
    private final Set<String> erased = ConcurrentHashMap.newKeySet();
    private final AtomicInteger lastEntry = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer open;
    private final HttpServer guarded;
    private volatile CountDownLatch gatewayGone = new CountDownLatch(1);

    HeldUpstream() {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        open = serve(false);
        guarded = serve(true);
    }

    int port(boolean ofGuarded) {
        return (ofGuarded ? guarded : open).getAddress().getPort();
    }

    void create(Item item) {
        items.put(item.path(), new Stored(original(item)));
    }

    /** The item as it was created. */
    static ObjectNode original(Item item) {
        ObjectNode members = JSON.createObjectNode().put("id", item.id());
        item.shape().fill(members, item.serial());
        return members;
    }

    /** What is true of an item. */
    Condition condition(Item item) {
        Stored stored = items.get(item.path());
        if (stored == null) {
            return Condition.ABSENT;
        }
        synchronized (stored) {
            boolean marked = item.shape() == Shape.PARTS
                    ? stored.entries.values().stream()
                            .anyMatch(entry -> entry.path("key").asString("").equals("deleted_at"))
                    : item.shape().isTrashed(stored.members);
            return marked ? Condition.TRASHED : Condition.LIVE;
        }
    }

    /** The item's members; empty if it is absent. */
    Optional<ObjectNode> members(Item item) {
        return Optional.ofNullable(items.get(item.path())).map(stored -> {
            synchronized (stored) {
                return stored.members.deepCopy();
            }
        });
    }

    /** Completes when a request of the item reaches that stage, where it stays until {@link #gatewayIsGone}. */
    CompletableFuture<Void> hold(Item item, Stage stage) {
        var hold = new Hold(stage, new CompletableFuture<>());
        written.remove(item.path());
        holds.put(item.path(), hold);
        return hold.reached;
    }

    /** The item's writes are refused, until {@link #gatewayIsGone}. */
    void refuse(Item item) {
        refusing.add(item.path());
    }

    /** The paths of the items of which a DELETE arrived. */
    Set<String> erased() {
        return Set.copyOf(erased);
    }

    /** Lets go of all requests that are held; they come to nothing more. */
    void gatewayIsGone() {
        holds.clear();
        written.clear();
        refusing.clear();
        CountDownLatch gone = gatewayGone;
        gatewayGone = new CountDownLatch(1);
        gone.countDown();
    }

    @Override
    public void close() {
        gatewayIsGone();
        open.stop(0);
        guarded.stop(0);
        threads.shutdownNow();
    }

    private HttpServer serve(boolean asksWho) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/", exchange -> serve(exchange, asksWho));
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(HttpExchange exchange, boolean asksWho) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean known = !asksWho
                    || AUTHORIZATION.equals(exchange.getRequestHeaders().getFirst("Authorization"));
            send(exchange, known ? answer(exchange, new String(body, UTF_8)) : Answer.of(401));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private Answer answer(HttpExchange exchange, String body) throws IOException, InterruptedException {
        List<String> path =
                List.of(exchange.getRequestURI().getPath().substring(1).split("/"));
        if (path.size() == 1) {
            return list("/" + path.getFirst() + "/");
        }
        String item = "/" + path.get(0) + "/" + path.get(1);
        String method = exchange.getRequestMethod();
        if (method.equals("GET") || method.equals("HEAD")) {
            return read(item, path);
        }
        return path.size() == 2 && method.equals("DELETE") ? erase(item) : write(exchange, item, path, body);
    }

    private Answer list(String prefix) {
        ArrayNode rows = JSON.createArrayNode();
        items.forEach((path, stored) -> {
            if (path.startsWith(prefix)) {
                synchronized (stored) {
                    rows.add(stored.members.deepCopy());
                }
            }
        });
        return new Answer(200, rows.toString(), Optional.empty());
    }

    private Answer read(String item, List<String> path) throws IOException, InterruptedException {
        park(item, Stage.READ);
        if (written.contains(item)) {
            park(item, Stage.READ_AFTER_WRITE);
        }
        Stored stored = items.get(item);
        if (stored == null) {
            return Answer.of(404);
        }
        synchronized (stored) {
            if (path.size() == 2) {
                return new Answer(200, stored.members.toString(), Optional.of(stored.tag()));
            }
            ArrayNode entries = JSON.createArrayNode().addAll(stored.entries.values());
            return new Answer(200, entries.toString(), Optional.empty());
        }
    }

    private Answer erase(String item) throws IOException, InterruptedException {
        erased.add(item);
        park(item, Stage.ERASURE_RECEIVED);
        if (refusing.contains(item)) {
            return Answer.of(409);
        }
        Answer answer = Answer.of(items.remove(item) == null ? 404 : 204);
        park(item, Stage.ERASURE_APPLIED);
        return answer;
    }

    private Answer write(HttpExchange exchange, String item, List<String> path, String body)
            throws IOException, InterruptedException {
        park(item, Stage.WRITE_RECEIVED);
        if (refusing.contains(item)) {
            return Answer.of(422);
        }
        Stored stored = items.get(item);
        Answer answer = stored == null ? Answer.of(404) : applied(exchange, stored, path, body);
        written.add(item);
        park(item, Stage.WRITE_APPLIED);
        return answer;
    }

    private Answer applied(HttpExchange exchange, Stored stored, List<String> path, String body) {
        synchronized (stored) {
            return path.size() == 2
                    ? changed(stored, exchange, body)
                    : entryChanged(stored, exchange.getRequestMethod(), path, body);
        }
    }

    private static Answer changed(Stored stored, HttpExchange exchange, String body) {
        String condition = exchange.getRequestHeaders().getFirst("If-Match");
        if (condition != null && !condition.equals("*") && !condition.equals(stored.tag())) {
            return Answer.of(412);
        }
        ObjectNode sent = (ObjectNode) JSON.readTree(body);
        if (exchange.getRequestMethod().equals("PUT")) {
            stored.members = sent;
        } else {
            sent.properties().forEach(member -> {
                if (member.getValue().isNull()) {
                    stored.members.remove(member.getKey());
                } else {
                    stored.members.set(member.getKey(), member.getValue());
                }
            });
        }
        stored.version++;
        return new Answer(200, stored.members.toString(), Optional.of(stored.tag()));
    }

    private Answer entryChanged(Stored stored, String method, List<String> path, String body) {
        if (method.equals("POST")) {
            String id = Integer.toString(lastEntry.incrementAndGet());
            ObjectNode entry = (ObjectNode) JSON.readTree(body);
            stored.entries.put(id, entry.put("id", id));
            return new Answer(201, entry.toString(), Optional.empty());
        }
        String id = path.getLast();
        if (method.equals("DELETE")) {
            return Answer.of(stored.entries.remove(id) == null ? 404 : 204);
        }
        ObjectNode entry = (ObjectNode) JSON.readTree(body);
        stored.entries.put(id, entry.put("id", id));
        return new Answer(200, entry.toString(), Optional.empty());
    }

    private void park(String item, Stage stage) throws IOException, InterruptedException {
        CountDownLatch gone = gatewayGone;
        Hold hold = holds.get(item);
        if (hold == null || hold.stage != stage || !holds.remove(item, hold)) {
            return;
        }
        hold.reached.complete(null);
        gone.await();
        throw new IOException("Held at " + stage + " until the gateway was gone");
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        answer.tag().ifPresent(tag -> exchange.getResponseHeaders().set("ETag", tag));
        byte[] body = answer.body().getBytes(UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (body.length > 0) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
        }
        exchange.sendResponseHeaders(answer.status(), body.length == 0 || head ? -1 : body.length);
        if (body.length > 0 && !head) {
            exchange.getResponseBody().write(body);
        }
    }
}
