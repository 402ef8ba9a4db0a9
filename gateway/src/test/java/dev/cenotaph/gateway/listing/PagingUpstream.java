package dev.cenotaph.gateway.listing;

import dev.cenotaph.gateway.testing.StubUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Received;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/** An upstream whose collections, {@code /shops/{shop}/STYLE}, are paged in the style that they are named by. */
final class PagingUpstream implements AutoCloseable {
    private static final int USUAL_SIZE = 5;

    private final Map<String, Map<Integer, Boolean>> trashed = new ConcurrentHashMap<>();
    private final StubUpstream server = StubUpstream.answering(this::answer);

    int port() {
        return server.port();
    }

    List<String> calls() {
        return server.calls();
    }

    void forgetCalls() {
        server.forgetCalls();
    }

    /** A collection of items 1, 2, … in this order, some of them trashed already. */
    void fill(String collection, List<Boolean> items) {
        var all = new ConcurrentSkipListMap<Integer, Boolean>();
        for (int id = 1; id <= items.size(); id++) {
            all.put(id, items.get(id - 1));
        }
        trashed.put(collection, all);
    }

    /** Trashes an item behind everybody's back. */
    void trash(String collection, int id) {
        trashed.getOrDefault(collection, Map.of()).put(id, true);
    }

    @Override
    public void close() {
        server.close();
    }

    private Reply answer(Received request) {
        URI url = URI.create(request.uri());
        Map<Integer, Boolean> items = trashed.get(url.getPath());
        return items == null ? item(request, url.getPath()) : list(request, url, items);
    }

    private Reply item(Received request, String path) {
        int slash = path.lastIndexOf('/');
        Map<Integer, Boolean> items = trashed.getOrDefault(path.substring(0, slash), Map.of());
        int id = Integer.parseInt(path.substring(slash + 1));
        if (!items.containsKey(id)) {
            return Reply.status(404);
        }
        if (request.method().equals("PATCH")) {
            items.put(id, request.body().contains("true"));
        }
        return Reply.json(row(id, items.get(id)));
    }

    private Reply list(Received request, URI url, Map<Integer, Boolean> items) {
        Map<String, String> query = query(url);
        String style = url.getPath().substring(url.getPath().lastIndexOf('/') + 1);
        List<Integer> ids = List.copyOf(items.keySet());
        int size = Integer.parseInt(query.getOrDefault(style.equals("page") ? "size" : "limit", "" + USUAL_SIZE));
        int from = switch (style) {
            case "offset", "links" -> Integer.parseInt(query.getOrDefault("offset", "0"));
            case "page" -> (Integer.parseInt(query.getOrDefault("page", "1")) - 1) * size;
            default ->
                (int) ids.stream()
                        .filter(id -> id <= Integer.parseInt(query.getOrDefault("cursor", "0")))
                        .count();
        };
        int to = Math.min(ids.size(), from + size);
        List<Integer> shown = from >= to ? List.of() : ids.subList(from, to);
        var page = new Page(url, query, style, shown, to < ids.size() ? Optional.of(to) : Optional.empty(), size);
        Reply reply = Reply.json(page.body(items)).with("X-Total-Count", "" + ids.size());
        return request.method().equals("HEAD")
                ? Reply.status(200).with("X-Total-Count", "" + ids.size())
                : page.link(ids.size()).map(link -> reply.with("Link", link)).orElse(reply);
    }

    /** @param next how many rows lie before the next page */
    private record Page(
            URI url, Map<String, String> query, String style, List<Integer> ids, Optional<Integer> next, int size) {

        String body(Map<Integer, Boolean> items) {
            String rows = ids.stream()
                    .map(id -> row(id, items.getOrDefault(id, false)))
                    .collect(Collectors.joining(",\n    "));
            String rest = switch (style) {
                case "cursor" ->
                    next.map(from -> ",\n  \"next_cursor\": \"" + ids.getLast() + "\"")
                            .orElse("");
                case "links" ->
                    ",\n  \"links\": {\"self\": \"" + url + "\""
                            + next.map(from -> ", \"next\": {\"href\": \"" + target(from) + "\"}")
                                    .orElse("") + "}";
                default -> "";
            };
            return "{\n  \"total\": " + items.size() + ",\n  \"data\": [" + rows + "]" + rest + "\n}\n";
        }

        Optional<String> link(int total) {
            if (style.equals("cursor") || style.equals("links")) {
                return Optional.empty();
            }
            var links = new ArrayList<String>();
            next.ifPresent(from -> links.add("<" + target(from) + ">; rel=\"next\""));
            links.add("<" + target((total - 1) / size * size) + ">; rel=\"last\"");
            return Optional.of(String.join(", ", links));
        }

        private String target(int from) {
            var changed = new LinkedHashMap<>(query);
            if (style.equals("page")) {
                changed.put("page", "" + (from / size + 1));
            } else {
                changed.put("offset", "" + from);
            }
            return url.getPath() + "?"
                    + changed.entrySet().stream()
                            .map(entry -> entry.getKey() + "=" + entry.getValue())
                            .collect(Collectors.joining("&"));
        }
    }

    private static String row(int id, boolean trashed) {
        return "{\"id\": " + id + ", \"name\": \"n" + id + "\", \"trashed\": " + trashed + "}";
    }

    private static Map<String, String> query(URI url) {
        var query = new LinkedHashMap<String, String>();
        if (url.getQuery() != null) {
            Arrays.stream(url.getQuery().split("&"))
                    .map(parameter -> parameter.split("=", 2))
                    .forEach(parameter -> query.put(parameter[0], parameter[1]));
        }
        return query;
    }
}
