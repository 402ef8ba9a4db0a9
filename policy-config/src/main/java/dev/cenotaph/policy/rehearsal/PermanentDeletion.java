package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.operation.Operation;
import dev.cenotaph.policy.operation.Operation.Grant;
import java.util.Optional;

/** Deletes an item for good. */
final class PermanentDeletion {
    private final Scene scene;
    private final Operation.PermanentDelete operation;
    private final String path;
    private final Marking marking;
    private final boolean claimed;

    private PermanentDeletion(Scene scene, Operation.PermanentDelete operation) {
        this.scene = scene;
        this.operation = operation;
        this.path = operation.inTrash().orElse(scene.request().rawPath());
        this.marking = Marking.of(scene, scene.policy(), operation.key(), path);
        this.claimed = scene.isTrashed(operation.key());
    }

    static Reply play(Scene scene, Operation.PermanentDelete operation) {
        return new PermanentDeletion(scene, operation).delete();
    }

    private Reply delete() {
        if (claimed && marking.keepsItem()) {
            return marking.read() instanceof Reading.Unreadable unreadable
                    ? UpstreamAnswers.refused(unreadable.answer(), "item-unreadable", "The item cannot be read.")
                    : Reply.empty(204, Headers.NONE);
        }
        if (!claimed && operation.grant() == Grant.REQUESTED_IF_TRASHED) {
            return deleteIfTrashed();
        }
        return below().orElseGet(() -> answered(send()));
    }

    /** What went with it goes first. */
    private Optional<Reply> below() {
        return scene.policy().children().isEmpty()
                ? Optional.empty()
                : scene.known(operation.key()).flatMap(known -> new Cascade(scene, known).delete());
    }

    private Reply deleteIfTrashed() {
        return switch (marking.read()) {
            case Reading.Found found -> found.isTrashed() ? answered(send()) : notTrashed();
            case Reading.Missing missing -> answered(missing.answer());
            case Reading.Unreadable unreadable ->
                UpstreamAnswers.refused(unreadable.answer(), "item-unreadable", "The item cannot be read.");
        };
    }

    private Reply notTrashed() {
        return operation.inTrash().isPresent()
                ? Problems.notInTrash()
                : Problems.notTrashed("The item is live. Only trashed items can be deleted for good: trash it first.");
    }

    private Reply send() {
        Headers headers = scene.request().headers();
        Headers condition = headers.first("If-Match")
                .map(tag -> Headers.of("If-Match", tag))
                .orElse(Headers.NONE);
        String body = scene.request().body();
        return body.isEmpty()
                ? scene.send("DELETE", path, condition, body)
                : scene.write(
                        "DELETE",
                        path,
                        headers.first("Content-Type").orElse("application/octet-stream"),
                        body,
                        condition);
    }

    private Reply answered(Reply answer) {
        if (answer.isSuccess()) {
            return scene.shown(answer);
        }
        if (answer.isMissing() && claimed) {
            return Reply.empty(204, Headers.NONE);
        }
        if (answer.isAnothersDoubt()) {
            return marking.read() instanceof Reading.Missing ? Reply.empty(204, Headers.NONE) : answer;
        }
        if (claimed) {
            marking.read();
        }
        return answer;
    }
}
