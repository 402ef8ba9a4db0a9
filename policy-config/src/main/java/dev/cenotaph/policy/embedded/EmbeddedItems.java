package dev.cenotaph.policy.embedded;

import dev.cenotaph.policy.Embedded.Where;
import dev.cenotaph.policy.match.EmbeddedMatch;
import dev.cenotaph.policy.match.ItemKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Hides trashed items in a document that shows them beside other things. */
public final class EmbeddedItems {
    private EmbeddedItems() {}

    /**
     * The document without what is trashed, every other byte as it came.
     *
     * @param matches where it holds items of which resources
     * @param trashed what the index knows
     * @return empty where nothing is to be hidden
     * @throws dev.cenotaph.policy.json.MalformedJsonException if it is no JSON document
     * @throws UntellableItemException if nothing tells whether an item in it is trashed
     */
    public static Optional<byte[]> hidden(byte[] document, List<EmbeddedMatch> matches, Predicate<ItemKey> trashed) {
        Branch root = BranchBuilder.read(document);
        var api = new JsonApiItems(root);
        boolean isApi = false;
        for (EmbeddedMatch match : matches) {
            var judge = new EmbeddedJudge(match, trashed);
            switch (match.rule().where()) {
                case Where.At at -> new PlacedItems(at, match.rule().trashed(), judge).mark(root);
                case Where.JsonApi ofType -> {
                    api.mark(ofType.type(), match.rule().trashed(), judge);
                    isApi = true;
                }
            }
        }
        if (isApi) {
            api.dropOrphans();
        }
        return root.isTouched() ? Optional.of(root.document()) : Optional.empty();
    }
}
