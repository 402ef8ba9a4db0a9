package dev.cenotaph.load.legacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cenotaph.load.legacy.Json.Members;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists and creates. */
final class CollectionEndpoint {
    private static final int ROWS_A_PAGE = 20;
    private static final String ALLOW = "GET, HEAD, POST, OPTIONS";

    private final Database database;

    CollectionEndpoint(Database database) {
        this.database = database;
    }

    Answer answer(Target.Collection target, Request request) {
        return switch (request.method()) {
            case "GET", "HEAD" -> list(target, request);
            case "POST" -> create(target, request);
            case "OPTIONS" -> Answer.empty(204).with("Allow", ALLOW);
            default -> throw Refusal.methodNotAllowed(ALLOW);
        };
    }

    private Answer list(Target.Collection target, Request request) {
        Resource resource = target.resource();
        if (resource.paged()) {
            return page(target, request);
        }
        Page page = Page.ofQuery(request.query());
        byte[] rows = database.read(session -> {
            requireParent(session, resource, target.parent());
            return rows(session, target, request, page);
        });
        return ItemEndpoint.readable(resource, request, resource.list().around(rows));
    }

    private static byte[] rows(Session session, Target.Collection target, Request request, Page page)
            throws SQLException {
        Resource resource = target.resource();
        String separator = resource.list().separator();
        Optional<String> filter =
                resource.filters().stream().filter(request.query()::containsKey).findFirst();
        return filter.isPresent()
                ? session.list(
                        resource,
                        target.parent(),
                        filter.get(),
                        request.query().getOrDefault(filter.get(), ""),
                        page,
                        separator)
                : session.list(resource, target.parent(), page, separator);
    }

    private Answer page(Target.Collection target, Request request) {
        Resource resource = target.resource();
        long number = Math.max(1, Page.number(request.query(), "page", 1));
        long size = Math.clamp(Page.number(request.query(), "per_page", ROWS_A_PAGE), 1, 1000);
        Page page = new Page(size, (number - 1) * size);
        return database.read(session -> {
            byte[] rows = session.list(
                    resource, target.parent(), page, resource.list().separator());
            long total = session.count(resource, target.parent());
            String next = number * size < total ? '"' + next(resource, number + 1, size) + '"' : "null";
            ListShape shape = resource.list()
                    .withTail("],\"total\":" + total + ",\"page\":" + number + ",\"per_page\":" + size + ",\"next\":"
                            + next + "}");
            return Answer.json(200, shape.around(rows)).with("X-Total-Count", Long.toString(total));
        });
    }

    private static String next(Resource resource, long page, long size) {
        String path = resource.collection().fill(List.of()) + "?page=" + page;
        return size == ROWS_A_PAGE ? path : path + "&per_page=" + size;
    }

    private Answer create(Target.Collection target, Request request) {
        Resource resource = target.resource();
        requireJson(request);
        Members given = JsonReader.object(resource.unwrapped(JsonReader.read(request.body())));
        Optional<String> chosen = resource.chosenId(given);
        if (chosen.isEmpty() && resource.ids() == Resource.Ids.WORD) {
            throw Refusal.malformed("the id is chosen by the client: name it in the body");
        }
        return database.write(session -> {
            requireParent(session, resource, target.parent());
            Key key = new Key(
                    target.parent(), chosen.isPresent() ? chosen.get() : session.nextId(resource, target.parent()));
            if (session.find(resource, key).isPresent()) {
                throw Refusal.of(409, "this id is taken");
            }
            Members row = resource.completed(given, key);
            requireUnique(session, resource, key, row);
            session.put(resource, key, row);
            return ItemEndpoint.tagged(resource, 201, row.toString().getBytes(UTF_8))
                    .with("Location", resource.item().fill(key.values()));
        });
    }

    private static void requireJson(Request request) {
        String type = request.mediaType().orElse("application/json");
        if (!type.equals("application/json") && !type.endsWith("+json")) {
            throw Refusal.unsupportedMediaType("application/json");
        }
    }

    private static void requireParent(Session session, Resource resource, String parent) throws SQLException {
        Optional<Resource> above = resource.parent().flatMap(Catalogue::named);
        if (above.isPresent() && session.find(above.get(), Key.top(parent)).isEmpty()) {
            throw Refusal.notFound();
        }
    }

    /** @throws Refusal 409, if another row has the same values in the members that must differ */
    static void requireUnique(Session session, Resource resource, Key key, Members row) throws SQLException {
        Map<String, String> values = new LinkedHashMap<>();
        for (String member : resource.unique()) {
            if (!(row.get(member).orElse(Json.NULL) instanceof Json.Scalar scalar && scalar.isString())) {
                throw Refusal.malformed(member + " must be a string");
            }
            values.put(member, scalar.value());
        }
        if (!values.isEmpty() && session.isTaken(resource, key, values)) {
            throw Refusal.of(409, "there is one with the same " + String.join(" and ", resource.unique()));
        }
    }
}
