package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.Listing.OnUnfilterable;
import dev.cenotaph.policy.embedded.EmbeddedItems;
import dev.cenotaph.policy.embedded.UntellableItemException;
import dev.cenotaph.policy.json.MalformedJsonException;
import dev.cenotaph.policy.match.EmbeddedMatch;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.operation.ItemUse;
import dev.cenotaph.policy.operation.Operation;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Answers that hold items of other resources. */
final class EmbeddedAnswer {
    private static final Set<String> SHOWING = Set.of("GET", "POST", "PUT", "PATCH");

    private final Function<String, List<EmbeddedMatch>> ofPath;
    private final String itemPath;
    private final ItemUse use;
    private final Predicate<ItemKey> trashed;

    /**
     * The answers to a request.
     *
     * @param ofPath the rules that a raw path meets
     * @param path the request's own, raw
     */
    EmbeddedAnswer(Function<String, List<EmbeddedMatch>> ofPath, String path, Predicate<ItemKey> trashed) {
        this(ofPath, path, ItemUse.CHANGE, trashed);
    }

    private EmbeddedAnswer(
            Function<String, List<EmbeddedMatch>> ofPath, String itemPath, ItemUse use, Predicate<ItemKey> trashed) {
        this.ofPath = ofPath;
        this.itemPath = itemPath;
        this.use = use;
        this.trashed = trashed;
    }

    /** Whoever asks to see trash sees all of it. */
    EmbeddedAnswer in(Operation operation) {
        return new EmbeddedAnswer(
                ItemUse.showsTrash(operation) ? path -> List.of() : ofPath,
                ItemUse.path(operation).orElse(itemPath),
                ItemUse.of(operation),
                trashed);
    }

    Call asked(Call call) {
        if (rules(call).isEmpty()) {
            return call;
        }
        Headers plain = call.headers().with("Accept-Encoding", "identity");
        Headers whole = call.method().equals("GET") ? plain.without(List.of("Range", "If-Range")) : plain;
        return new Call(call.method(), call.path(), whole, call.body());
    }

    private List<EmbeddedMatch> rules(Call call) {
        return SHOWING.contains(call.method()) ? ofPath.apply(call.rawPath()) : List.of();
    }

    /** What the client sees of an answer to its own call. */
    Reply seen(Call call, Reply reply) {
        List<EmbeddedMatch> rules = rules(call);
        boolean another = !call.method().equals("GET") && !reply.headers().isJson();
        return another ? reply : hidden(rules, reply, EmbeddedAnswer::keptBack);
    }

    /** What the client sees of an item that is answered with, though it has not come by its own call. */
    Reply shown(Reply item) {
        boolean another = use == ItemUse.RECEIPT && !item.headers().isJson();
        return another
                ? item
                : hidden(
                        ofPath.apply(itemPath),
                        item,
                        why -> use == ItemUse.READ
                                ? keptBack(why)
                                : Reply.empty(
                                        item.status(),
                                        ListReading.shorter(item, new byte[0])
                                                .headers()
                                                .without(List.of("ETag", "Content-Type"))));
    }

    private Reply hidden(List<EmbeddedMatch> rules, Reply reply, Function<String, Reply> untold) {
        if (rules.isEmpty() || !reply.isSuccess() || reply.body().isEmpty()) {
            return reply;
        }
        boolean passes =
                rules.stream().allMatch(match -> match.policy().list().onUnfilterable() == OnUnfilterable.PASS);
        Function<String, Reply> unfilterable = why -> passes ? reply : untold.apply(why);
        if (reply.status() == 206) {
            return unfilterable.apply("it is a part of a list only");
        }
        if (!reply.headers().isJson()) {
            return unfilterable.apply(
                    "its media type is " + reply.headers().mediaType().orElse("unknown"));
        }
        try {
            return EmbeddedItems.hidden(Body.bytes(reply.body()), rules, trashed)
                    .map(bytes -> ListReading.shorter(reply, bytes))
                    .orElse(reply);
        } catch (UntellableItemException e) {
            return unfilterable.apply(e.why());
        } catch (MalformedJsonException e) {
            return unfilterable.apply("it is no JSON document");
        }
    }

    private static Reply keptBack(String why) {
        return Problems.of(
                502,
                "list-unfilterable",
                "The upstream's answer cannot be rid of trashed items, so it is kept back: " + why + ".");
    }
}
