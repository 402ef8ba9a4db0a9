package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.Listing;
import dev.cenotaph.policy.Listing.Next;
import dev.cenotaph.policy.json.JsonDocument;
import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.json.MalformedJsonException;
import dev.cenotaph.policy.json.MisplacedJsonException;
import dev.cenotaph.policy.operation.Operation;
import dev.cenotaph.policy.operation.TrashScope;
import java.util.List;

/** Lists of a resource whose trash lies with the gateway alone: who asks for it gets it at the end of the last page. */
final class KeptRows {
    private static final List<String> OF_THE_BYTES =
            List.of("Accept-Ranges", "Content-MD5", "Digest", "Repr-Digest", "Content-Digest", "Last-Modified");

    private KeptRows() {}

    static Reply play(Scene scene, Operation.ReadList operation) {
        if (operation.scope() == TrashScope.EXCLUDE) {
            return scene.forward();
        }
        Reply page = scene.forward(
                scene.request().rawPath(),
                Headers.of("Accept-Encoding", "identity"),
                List.of("Range", "If-Range", "If-None-Match", "If-Modified-Since"));
        Headers shown = Headers.of("Cache-Control", "private, no-store");
        if (!page.isSuccess() || page.body().isEmpty()) {
            return page.with(shown);
        }
        try {
            return new Reply(page.status(), page.headers().without(OF_THE_BYTES), withTrash(scene, operation, page))
                    .with(shown);
        } catch (MalformedJsonException | MisplacedJsonException noList) {
            return Problems.of(
                    502,
                    "list-unfilterable",
                    "The upstream's answer is no list to which the trash could be added. Read the trash collection.");
        }
    }

    private static String withTrash(Scene scene, Operation.ReadList operation, Reply page) {
        JsonDocument list = JsonDocument.of(page.body());
        if (operation.scope() == TrashScope.ONLY) {
            list = list.set(operation.items(), "[]");
        }
        if (hasNext(scene.policy().list(), page)) {
            return Body.text(list.bytes());
        }
        for (Known known : scene.trashBelow(operation.parents())) {
            String item = JsonSpan.of(known.former().orElse("null"))
                    .find(scene.policy().wrap())
                    .map(JsonSpan::json)
                    .orElse("null");
            list = list.append(
                    operation.items(), JsonDocument.nest(operation.row().tokens(), item));
        }
        return Body.text(list.bytes());
    }

    private static boolean hasNext(Listing listing, Reply page) {
        return page.headers()
                        .first("Link")
                        .filter(link -> link.contains("next"))
                        .isPresent()
                || listing.next().stream().anyMatch(next -> switch (next) {
                    case Next.Header header ->
                        !header.name().equalsIgnoreCase("Link")
                                && page.headers()
                                        .first(header.name())
                                        .filter(value -> !value.isBlank())
                                        .isPresent();
                    case Next.Body inside ->
                        JsonSpan.of(page.body())
                                .find(inside.place())
                                .filter(value -> value.kind() == JsonSpan.Kind.STRING)
                                .filter(value -> !value.text().isBlank())
                                .isPresent();
                });
    }
}
