package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.Listing.OnUnfilterable;
import dev.cenotaph.policy.Marker;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        return new ListReading(scene, operation).play();
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
        Reply filtered = filtered(answer);
        return operation.scope().showsTrashed() ? filtered.with(SHOWS_TRASH) : filtered;
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
        List<JsonSpan> rows = array.get().elements();
        JsonDocument kept = document;
        boolean dropped = false;
        for (int i = rows.size() - 1; i >= 0; i--) {
            if (isTrashed(rows.get(i), i + 1) != (operation.scope() == TrashScope.ONLY)) {
                kept = kept.removeElement(operation.items(), i);
                dropped = true;
            }
        }
        return dropped ? shorter(answer, kept) : answer;
    }

    private static Reply shorter(Reply answer, JsonDocument kept) {
        Headers headers = answer.headers().without(OF_THE_BYTES);
        Headers tagged = headers.first("ETag").isPresent() ? headers.with("ETag", "W/\"cenotaph-rehearsed\"") : headers;
        return new Reply(answer.status(), tagged, Body.text(kept.bytes()));
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
