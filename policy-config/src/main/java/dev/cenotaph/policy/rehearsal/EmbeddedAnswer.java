package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.Listing.OnUnfilterable;
import dev.cenotaph.policy.embedded.EmbeddedItems;
import dev.cenotaph.policy.embedded.UntellableItemException;
import dev.cenotaph.policy.json.MalformedJsonException;
import dev.cenotaph.policy.match.EmbeddedMatch;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.operation.Operation;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Answers that hold items of other resources. */
final class EmbeddedAnswer {
    private static final Set<String> SHOWING = Set.of("GET", "POST", "PUT", "PATCH");
    static final EmbeddedAnswer NONE = new EmbeddedAnswer(List.of(), key -> false);

    private final List<EmbeddedMatch> embedded;
    private final Predicate<ItemKey> trashed;

    EmbeddedAnswer(List<EmbeddedMatch> embedded, Predicate<ItemKey> trashed) {
        this.embedded = embedded;
        this.trashed = trashed;
    }

    /** Whoever asks to see trash sees all of it. */
    EmbeddedAnswer in(Operation operation) {
        boolean showsAll = (operation instanceof Operation.ReadItem item
                        && item.scope().showsTrashed())
                || (operation instanceof Operation.ReadList list && list.scope().showsTrashed())
                || (operation instanceof Operation.Pass pass && pass.scope().showsTrashed())
                || operation instanceof Operation.ReadTrashedItem;
        return showsAll ? NONE : this;
    }

    Call asked(Call call) {
        if (embedded.isEmpty() || !SHOWING.contains(call.method())) {
            return call;
        }
        Headers plain = call.headers().with("Accept-Encoding", "identity");
        Headers whole = call.method().equals("GET") ? plain.without(List.of("Range", "If-Range")) : plain;
        return new Call(call.method(), call.path(), whole, call.body());
    }

    /** What the client sees of an answer to its own call. */
    Reply seen(Call call, Reply reply) {
        boolean another = !call.method().equals("GET") && !reply.headers().isJson();
        if (embedded.isEmpty()
                || !SHOWING.contains(call.method())
                || !reply.isSuccess()
                || reply.body().isEmpty()
                || another) {
            return reply;
        }
        if (reply.status() == 206) {
            return unfilterable(reply, "it is a part of a list only");
        }
        if (!reply.headers().isJson()) {
            return unfilterable(
                    reply, "its media type is " + reply.headers().mediaType().orElse("unknown"));
        }
        return hidden(reply);
    }

    private Reply hidden(Reply reply) {
        try {
            return EmbeddedItems.hidden(Body.bytes(reply.body()), embedded, trashed)
                    .map(bytes -> ListReading.shorter(reply, bytes))
                    .orElse(reply);
        } catch (UntellableItemException e) {
            return unfilterable(reply, e.why());
        } catch (MalformedJsonException e) {
            return unfilterable(reply, "it is no JSON document");
        }
    }

    private Reply unfilterable(Reply reply, String why) {
        boolean passes =
                embedded.stream().allMatch(match -> match.policy().list().onUnfilterable() == OnUnfilterable.PASS);
        return passes
                ? reply
                : Problems.of(
                        502,
                        "list-unfilterable",
                        "The upstream's answer cannot be rid of trashed items, so it is kept back: " + why + ".");
    }
}
