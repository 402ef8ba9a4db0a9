package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.Listing.OnUnfilterable;
import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.Pages;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.json.JsonDocument;
import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.json.MalformedJsonException;
import dev.cenotaph.policy.marker.IdReader;
import dev.cenotaph.policy.marker.MarkerCodec;
import dev.cenotaph.policy.marker.MarkerCodecs;
import dev.cenotaph.policy.marker.MarkerReading;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.operation.Operation;
import dev.cenotaph.policy.operation.TrashScope;
import dev.cenotaph.policy.paging.PageFilling;
import dev.cenotaph.policy.paging.PageFilling.Extent;
import dev.cenotaph.policy.paging.PageSeal;
import dev.cenotaph.policy.paging.PageTotals;
import dev.cenotaph.policy.paging.RawQuery;
import dev.cenotaph.policy.paging.SeenPage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads of many items: the upstream's answer, without the rows that the caller did not ask to see. */
final class ListReading {
    private static final Headers SHOWS_TRASH = Headers.of("Cache-Control", "private, no-store");
    private static final List<String> OF_THE_BYTES = List.of(
            "Accept-Ranges",
            "Content-MD5",
            "Digest",
            "Repr-Digest",
            "Content-Digest",
            "Last-Modified",
            "Content-Encoding",
            "Content-Length");

    /** As the gateway has it where nobody sets it otherwise. */
    private static final int FURTHER_PAGES = 8;

    private final Scene scene;
    private final ResourcePolicy policy;
    private final Operation.ReadList operation;
    private final Optional<MarkerCodec> codec;
    private final boolean parentsAreKnown;

    private ListReading(Scene scene, Operation.ReadList operation) {
        this.scene = scene;
        this.policy = scene.policy();
        this.operation = operation;
        this.codec = MarkerCodecs.inside(policy);
        this.parentsAreKnown =
                operation.parents().size() == policy.path().variables().size();
    }

    /** A row of which nothing tells whether it is trashed. */
    private static final class UntellableRowException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UntellableRowException(String why) {
            super(why);
        }
    }

    static Reply play(Scene scene, Operation.ReadList operation) {
        return scene.policy().marker() instanceof Marker.Snapshot
                ? KeptRows.play(scene, operation)
                : new ListReading(scene, operation).play();
    }

    private Reply play() {
        if (operation.scope() == TrashScope.INCLUDE) {
            return scene.forward().with(SHOWS_TRASH);
        }
        var removed = new ArrayList<>(List.of("Range", "If-Range"));
        if (scene.anyTrashed() || policy.marker() instanceof Marker.ExtensionResource) {
            removed.addAll(List.of("If-None-Match", "If-Modified-Since"));
        }
        Reply answer = scene.forward(scene.request().rawPath(), Headers.of("Accept-Encoding", "identity"), removed);
        Reply filtered = scene.isHead() ? counted(answer) : filtered(answer);
        return operation.scope().showsTrashed() ? filtered.with(SHOWS_TRASH) : filtered;
    }

    private Reply counted(Reply answer) {
        var totals = PageTotals.withoutRows(policy.list().pages().total(), Optional.empty());
        Headers headers = changed(answer.headers(), totals.headers(values(answer.headers())));
        return new Reply(answer.status(), headers, answer.body());
    }

    private Reply filtered(Reply answer) {
        boolean noRows = !answer.isSuccess()
                || answer.status() == 204
                || answer.status() == 205
                || answer.body().isEmpty();
        if (noRows) {
            return answer;
        }
        Optional<String> obstacle = obstacle(answer);
        if (obstacle.isPresent()) {
            return unfilterable(answer, obstacle.get());
        }
        try {
            return withoutRows(answer, JsonDocument.of(answer.body()));
        } catch (MalformedJsonException e) {
            return unfilterable(answer, "it is not JSON");
        } catch (UntellableRowException e) {
            return unfilterable(answer, String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> obstacle(Reply answer) {
        if (answer.status() == 206) {
            return Optional.of("it is a part of a list only");
        }
        Optional<String> type = answer.headers().mediaType();
        boolean known =
                type.isPresent() && policy.list().mediaTypes().stream().anyMatch(range -> includes(range, type.get()));
        return known ? Optional.empty() : Optional.of("its media type is " + type.orElse("unknown"));
    }

    private Reply withoutRows(Reply answer, JsonDocument document) {
        Optional<JsonSpan> array = document.find(operation.items()).filter(span -> span.kind() == JsonSpan.Kind.ARRAY);
        if (array.isEmpty()) {
            return unfilterable(answer, "there is no array at \"" + operation.items() + "\"");
        }
        List<SeenPage.Row> rows = rows(array.get(), skipped(array.get()));
        JsonDocument kept = document;
        for (int i = rows.size() - 1; i >= 0; i--) {
            kept = rows.get(i).shown() ? kept : kept.removeElement(operation.items(), i);
        }
        Optional<PageFilling> filling = filling(answer, rows, skipped(array.get()));
        JsonDocument filled = filling.isPresent() ? filling.get().body(kept) : kept;
        PageTotals totals = totals(array.get());
        JsonDocument made = totals.in(filled);
        Headers headers = answer.headers();
        headers = filling.isPresent() ? changed(headers, filling.get().headers()) : headers;
        headers = changed(headers, totals.headers(values(headers)));
        Reply headed = new Reply(answer.status(), headers, answer.body());
        return made == document ? headed : shorter(headed, made.bytes());
    }

    private int skipped(JsonSpan array) {
        return operation
                .turn()
                .resumption()
                .map(at -> at.in(array.elements().stream().map(this::id).toList()))
                .orElse(0);
    }

    private List<SeenPage.Row> rows(JsonSpan array, int skip) {
        var rows = new ArrayList<SeenPage.Row>();
        for (JsonSpan row : array.elements()) {
            boolean visible = isTrashed(row, rows.size() + 1) == (operation.scope() == TrashScope.ONLY);
            rows.add(new SeenPage.Row(
                    Arrays.copyOfRange(row.bytes(), row.start(), row.end()), visible && rows.size() >= skip));
        }
        return rows;
    }

    private Optional<PageFilling> filling(Reply answer, List<SeenPage.Row> rows, int skip) {
        if (operation.turn().extent() == Extent.NONE) {
            return Optional.empty();
        }
        RawQuery query =
                new RawQuery(scene.query().isEmpty() ? "" : scene.query().substring(1));
        var first = new SeenPage(query, rows, Body.bytes(answer.body()), values(answer.headers()));
        var filling = new PageFilling(
                policy.list(),
                operation.turn().extent(),
                new PageSeal(policy.name(), operation.parents()),
                List.of(scene.request().rawPath()),
                row -> id(JsonSpan.of(row)),
                first,
                skip,
                scene.anyTrashed());
        fill(filling);
        return Optional.of(filling);
    }

    private void fill(PageFilling filling) {
        for (int calls = 0; calls < FURTHER_PAGES; calls++) {
            Optional<RawQuery> wanted = filling.wanted();
            Optional<SeenPage> page = wanted.flatMap(query -> page(query, scene.getPage(query.suffix())));
            if (page.isEmpty()) {
                return;
            }
            filling.add(page.get());
        }
    }

    private Optional<SeenPage> page(RawQuery query, Reply answer) {
        if (answer.status() != 200 || obstacle(answer).isPresent()) {
            return Optional.empty();
        }
        try {
            return JsonDocument.of(answer.body())
                    .find(operation.items())
                    .filter(span -> span.kind() == JsonSpan.Kind.ARRAY)
                    .map(array ->
                            new SeenPage(query, rows(array, 0), Body.bytes(answer.body()), values(answer.headers())));
        } catch (MalformedJsonException | UntellableRowException endsHere) {
            return Optional.empty();
        }
    }

    /** Played as where no rebuild has read the list: what is trashed altogether is not known for certain. */
    private PageTotals totals(JsonSpan array) {
        var spots = policy.list().pages().total();
        List<SeenPage.Row> rows = rows(array, 0);
        long visible = rows.stream().filter(SeenPage.Row::shown).count();
        boolean known = operation.turn().countsNoTrash() && visible == rows.size();
        return policy.list().pages().totals() == Pages.Totals.DROP
                ? PageTotals.withoutRows(spots, Optional.empty())
                : new PageTotals(spots, known ? Optional.of(0L) : Optional.empty(), rows.size(), visible);
    }

    private Optional<String> id(JsonSpan row) {
        return parentsAreKnown ? row.find(operation.row()).flatMap(IdReader.of(policy)::read) : Optional.empty();
    }

    private static Function<String, List<String>> values(Headers headers) {
        return name -> headers.first(name).stream().toList();
    }

    private static Headers changed(Headers headers, Map<String, List<String>> changes) {
        Headers all = headers;
        for (Map.Entry<String, List<String>> change : changes.entrySet()) {
            all = change.getValue().isEmpty()
                    ? all.without(List.of(change.getKey()))
                    : all.with(change.getKey(), String.join(", ", change.getValue()));
        }
        return all;
    }

    static Reply shorter(Reply answer, byte[] kept) {
        Headers headers = answer.headers().without(OF_THE_BYTES);
        Headers tagged = headers.first("ETag").isPresent() ? headers.with("ETag", "W/\"cenotaph-rehearsed\"") : headers;
        return new Reply(answer.status(), tagged, Body.text(kept));
    }

    private boolean isTrashed(JsonSpan row, int number) {
        Optional<JsonSpan> item = row.find(operation.row()).filter(span -> span.kind() == JsonSpan.Kind.OBJECT);
        if (item.isEmpty()) {
            return unreadable("row " + number + " holds no item at \"" + operation.row() + "\"");
        }
        Optional<MarkerReading> marker =
                codec.flatMap(it -> item.get().find(it.place()).map(it::readValue));
        return switch (marker.orElse(new MarkerReading.Hidden())) {
            case MarkerReading.Trashed trashed -> true;
            case MarkerReading.Live live -> false;
            case MarkerReading.Hidden hidden -> isKnownTrashed(item.get(), number);
        };
    }

    private boolean isKnownTrashed(JsonSpan item, int number) {
        Optional<String> id = parentsAreKnown ? IdReader.of(policy).read(item) : Optional.empty();
        return id.isPresent()
                ? scene.isTrashed(new ItemKey(policy.name(), operation.parents(), id.get()))
                : unreadable("row " + number + " shows neither marker nor id");
    }

    private boolean unreadable(String why) {
        if (policy.list().onUnfilterable() == OnUnfilterable.FAIL) {
            throw new UntellableRowException(why);
        }
        return false;
    }

    private Reply unfilterable(Reply answer, String why) {
        return policy.list().onUnfilterable() == OnUnfilterable.PASS
                ? answer
                : Problems.of(
                        502,
                        "list-unfilterable",
                        "The upstream's answer cannot be rid of trashed items, so it is kept back: " + why + ".");
    }

    private static boolean includes(String range, String type) {
        int star = range.indexOf('*');
        return star < 0
                ? range.equals(type)
                : type.length() >= range.length() - 1
                        && type.startsWith(range.substring(0, star))
                        && type.endsWith(range.substring(star + 1));
    }
}
