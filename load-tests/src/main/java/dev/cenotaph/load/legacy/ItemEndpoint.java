package dev.cenotaph.load.legacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cenotaph.load.legacy.Json.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads, changes and deletes one item. */
final class ItemEndpoint {
    private final Database database;

    ItemEndpoint(Database database) {
        this.database = database;
    }

    Answer answer(Target.Item target, Request request) {
        Resource resource = target.resource();
        @Nullable Write write = resource.writes().get(request.method());
        if (write != null) {
            return change(target, write, request);
        }
        return switch (request.method()) {
            case "GET", "HEAD" -> read(target, request);
            case "DELETE" -> delete(target, request);
            case "OPTIONS" -> Answer.empty(204).with("Allow", allow(resource));
            default -> throw Refusal.methodNotAllowed(allow(resource));
        };
    }

    private Answer read(Target.Item target, Request request) {
        requireId(target);
        byte[] row = database.read(session -> session.find(target.resource(), target.key()))
                .orElseThrow(Refusal::notFound);
        return readable(target.resource(), request, target.resource().shown(row));
    }

    /** For good. */
    private Answer delete(Target.Item target, Request request) {
        requireId(target);
        Resource resource = target.resource();
        return database.write(session -> {
            Optional<byte[]> row = session.find(resource, target.key());
            checkPreconditions(resource, request, row);
            if (row.isEmpty()) {
                throw Refusal.notFound();
            }
            session.delete(resource, target.key());
            return Answer.empty(204);
        });
    }

    private Answer change(Target.Item target, Write write, Request request) {
        requireId(target);
        Resource resource = target.resource();
        Key key = target.key();
        requireMediaType(write.change(), request);
        Json body = JsonReader.read(request.body());
        return database.write(session -> {
            Optional<byte[]> row = session.find(resource, key);
            checkPreconditions(resource, request, row);
            if (row.isEmpty() && !write.creates()) {
                throw Refusal.notFound();
            }
            Members before = row.map(JsonReader::readObject).orElse(Members.NONE);
            Members after = resource.completed(write.change().apply(resource, before, body), key);
            CollectionEndpoint.requireUnique(session, resource, key, after);
            session.put(resource, key, after);
            if (row.isEmpty()) {
                return tagged(resource, 201, after.toString().getBytes(UTF_8))
                        .with("Location", resource.item().fill(key.values()));
            }
            return resource.silent()
                    ? Answer.empty(204)
                    : tagged(resource, 200, after.toString().getBytes(UTF_8));
        });
    }

    /** The answer to a write that shows the row. */
    static Answer tagged(Resource resource, int status, byte[] row) {
        byte[] shown = resource.shown(row);
        Answer answer = Answer.json(status, shown).with("Content-Type", resource.mediaType());
        return resource.etags() ? answer.with("ETag", Preconditions.etag(shown)) : answer;
    }

    /** The answer to a read. */
    static Answer readable(Resource resource, Request request, byte[] shown) {
        Answer answer = Answer.json(200, shown).with("Content-Type", resource.mediaType());
        if (!resource.etags()) {
            return answer;
        }
        String etag = Preconditions.etag(shown);
        Preconditions.check(request, Optional.of(etag));
        return (Preconditions.isUnmodified(request, Optional.of(etag)) ? Answer.empty(304) : answer).with("ETag", etag);
    }

    private static void checkPreconditions(Resource resource, Request request, Optional<byte[]> row) {
        if (resource.etags()) {
            Preconditions.check(request, row.map(resource::shown).map(Preconditions::etag));
        }
    }

    private static void requireId(Target.Item target) {
        if (!target.resource().couldBeId(target.key().id())) {
            throw Refusal.notFound();
        }
    }

    private static void requireMediaType(Change change, Request request) {
        if (!change.accepts(request.mediaType().orElse("application/json"))) {
            throw Refusal.unsupportedMediaType(change.mediaTypes());
        }
    }

    private static String allow(Resource resource) {
        List<String> methods = new ArrayList<>(List.of("GET", "HEAD"));
        methods.addAll(resource.writes().keySet());
        methods.addAll(List.of("DELETE", "OPTIONS"));
        return String.join(", ", methods);
    }
}
