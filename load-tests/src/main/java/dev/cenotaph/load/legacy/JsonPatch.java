package dev.cenotaph.load.legacy;

import dev.cenotaph.load.legacy.Json.Elements;
import dev.cenotaph.load.legacy.Json.Members;
import dev.cenotaph.load.legacy.Json.Scalar;
import java.util.List;
import java.util.stream.Stream;

/** A JSON Patch, RFC 6902, of the operations {@code add}, {@code remove}, {@code replace} and {@code test}. */
final class JsonPatch {
    private JsonPatch() {}

    /** @throws Refusal 400 for a document that is no patch, 409 for a test that fails, 422 for a missing target */
    static Json apply(Json target, Json patch) {
        if (!(patch instanceof Elements operations)) {
            throw Refusal.malformed("a JSON Patch is an array of operations");
        }
        Json result = target;
        for (Json operation : operations.values()) {
            result = apply(result, JsonReader.object(operation));
        }
        return result;
    }

    private static Json apply(Json target, Members operation) {
        String name = text(operation, "op");
        List<String> path = pointer(text(operation, "path"));
        return switch (name) {
            case "add" -> added(target, path, value(operation));
            case "remove" -> removed(target, path);
            case "replace" -> replaced(target, path, value(operation));
            case "test" -> tested(target, path, value(operation));
            default -> throw Refusal.malformed("the operation " + name + " is not known here");
        };
    }

    private static Json added(Json target, List<String> path, Json value) {
        if (path.isEmpty()) {
            return value;
        }
        String name = path.getFirst();
        if (path.size() > 1) {
            return put(target, name, added(child(target, name), rest(path), value));
        }
        return switch (target) {
            case Members members -> members.with(name, value);
            case Elements elements -> elements.inserted(index(name, elements, true), value);
            case Scalar scalar -> throw missing(name);
        };
    }

    private static Json removed(Json target, List<String> path) {
        if (path.isEmpty()) {
            throw Refusal.of(422, "the whole item cannot be removed by a patch");
        }
        String name = path.getFirst();
        Json child = child(target, name);
        if (path.size() > 1) {
            return put(target, name, removed(child, rest(path)));
        }
        return switch (target) {
            case Members members -> members.without(name);
            case Elements elements -> elements.removed(index(name, elements, false));
            case Scalar scalar -> throw missing(name);
        };
    }

    private static Json replaced(Json target, List<String> path, Json value) {
        if (path.isEmpty()) {
            return value;
        }
        String name = path.getFirst();
        return put(target, name, replaced(child(target, name), rest(path), value));
    }

    private static Json tested(Json target, List<String> path, Json value) {
        Json found = target;
        for (String name : path) {
            found = child(found, name);
        }
        if (!found.sameAs(value)) {
            throw Refusal.of(409, "a test of the patch does not hold");
        }
        return target;
    }

    private static Json child(Json target, String name) {
        return switch (target) {
            case Members members -> members.get(name).orElseThrow(() -> missing(name));
            case Elements elements -> elements.values().get(index(name, elements, false));
            case Scalar scalar -> throw missing(name);
        };
    }

    private static Json put(Json target, String name, Json value) {
        return switch (target) {
            case Members members -> members.with(name, value);
            case Elements elements -> elements.replaced(index(name, elements, false), value);
            case Scalar scalar -> throw missing(name);
        };
    }

    private static int index(String name, Elements elements, boolean mayBeNext) {
        int bound = elements.values().size() + (mayBeNext ? 1 : 0);
        if (mayBeNext && name.equals("-")) {
            return bound - 1;
        }
        if (!name.matches("0|[1-9][0-9]{0,8}") || Integer.parseInt(name) >= bound) {
            throw missing(name);
        }
        return Integer.parseInt(name);
    }

    private static List<String> pointer(String text) {
        if (!text.isEmpty() && !text.startsWith("/")) {
            throw Refusal.malformed("a path is a JSON Pointer: " + text);
        }
        return Stream.of(text.split("/", -1))
                .skip(1)
                .map(name -> name.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    private static List<String> rest(List<String> path) {
        return path.subList(1, path.size());
    }

    private static String text(Members operation, String member) {
        if (operation.get(member).orElse(Json.NULL) instanceof Scalar scalar && scalar.isString()) {
            return scalar.value();
        }
        throw Refusal.malformed("an operation needs the string " + member);
    }

    private static Json value(Members operation) {
        return operation.get("value").orElseThrow(() -> Refusal.malformed("the operation needs a value"));
    }

    private static Refusal missing(String name) {
        return Refusal.of(422, "the patch names something that is not there: " + name);
    }
}
