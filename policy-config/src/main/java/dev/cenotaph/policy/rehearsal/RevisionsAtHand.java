package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.json.JsonText;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.operation.Operation;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Revisions of one item, of which a rehearsal has none but the current one: what earlier writes would have left is the
 * store's to know.
 */
final class RevisionsAtHand {
    private static final int ONLY = 1;

    private final Scene scene;
    private final ResourcePolicy policy;
    private final ItemKey key;
    private final String path;

    private RevisionsAtHand(Scene scene, ItemKey key, String path) {
        this.scene = scene;
        this.policy = scene.policy();
        this.key = key;
        this.path = path;
    }

    /** Reads what a write is about to replace, and goes on. */
    static Reply before(Scene scene, ItemKey key, Supplier<Reply> next) {
        if (scene.policy().revisions().isEmpty() || scene.isTrashed(key)) {
            return next.get();
        }
        var revisions = new RevisionsAtHand(scene, key, scene.request().rawPath());
        return switch (revisions.read()) {
            case Reading.Found found -> next.get();
            case Reading.Missing missing -> next.get();
            case Reading.Unreadable unreadable -> unreadable(unreadable);
        };
    }

    static Reply play(Scene scene, Operation.ReadRevisions read) {
        var revisions = new RevisionsAtHand(scene, read.key(), read.path());
        return revisions.shown(found -> json("{\"revisions\":[{" + revisions.facts() + "}]}"));
    }

    static Reply play(Scene scene, Operation.ReadRevision read) {
        var revisions = new RevisionsAtHand(scene, read.key(), read.path());
        return revisions.shown(found -> revisions.one(read.number(), found));
    }

    static Reply play(Scene scene, Operation.MakeCurrent make) {
        var revisions = new RevisionsAtHand(scene, make.key(), make.path());
        return revisions.shown(found -> revisions.one(make.number(), found));
    }

    private Reply shown(Function<Reading.Found, Reply> found) {
        return switch (read()) {
            case Reading.Found there -> found.apply(there);
            case Reading.Missing missing -> missing.answer();
            case Reading.Unreadable unreadable -> unreadable(unreadable);
        };
    }

    private Reply one(long number, Reading.Found found) {
        return number == ONLY
                ? one(scene.shown(found.answer()))
                : Problems.of(404, "no-such-revision", "There is no such revision of the item.");
    }

    private Reply one(Reply item) {
        if (!item.isSuccess()) {
            return item;
        }
        return json("{" + facts() + (item.body().isEmpty() ? "}" : ",\"body\":" + item.body() + "}"));
    }

    private String facts() {
        return "\"number\":" + ONLY + ",\"is_current\":true,\"revision\":"
                + JsonText.quote(TrashFacts.path(policy, key) + "/revisions/" + ONLY);
    }

    private Reading read() {
        return Marking.of(scene, policy, key, path).read();
    }

    private static Reply unreadable(Reading.Unreadable unreadable) {
        return UpstreamAnswers.refused(
                unreadable.answer(), "item-unreadable", "The item cannot be read, so its revisions cannot be told.");
    }

    private static Reply json(String body) {
        return new Reply(
                200, Headers.of("Content-Type", "application/json").with("Cache-Control", "private, no-store"), body);
    }
}
