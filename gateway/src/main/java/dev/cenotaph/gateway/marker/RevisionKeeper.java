package dev.cenotaph.gateway.marker;

import static dev.cenotaph.gateway.tombstone.FormerBody.Kind.REVISION;

import dev.cenotaph.gateway.exchange.Failure;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.gateway.tombstone.Bodies;
import dev.cenotaph.gateway.tombstone.FormerBody;
import dev.cenotaph.gateway.tombstone.FormerBody.Origin;
import dev.cenotaph.gateway.upstream.UpstreamAnswer;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.Revisions;
import dev.cenotaph.policy.json.MalformedJsonException;
import dev.cenotaph.policy.json.Redaction;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/** Keeps the body that an item has before a write replaces it, as the item's policy says, which has to have revisions. */
public final class RevisionKeeper {
    private final Bodies bodies;

    public RevisionKeeper(Bodies bodies) {
        this.bodies = bodies;
    }

    /**
     * Keeps a body that is about to be replaced. One that is kept already is kept anew, by who replaces it now; one whose
     * write comes to nothing is no revision of its own. Fails with {@link Failure} where it may not be kept.
     */
    public Mono<FormerBody> keep(UpstreamItem item, UpstreamAnswer answer, Optional<String> actor) {
        return Mono.defer(() -> keep(item, answer, actor, content(item.policy(), answer)));
    }

    private Mono<FormerBody> keep(UpstreamItem item, UpstreamAnswer answer, Optional<String> actor, byte[] content) {
        long most = revisions(item.policy()).maxSize();
        if (content.length > most) {
            return Mono.error(new Failure(Problem.of(
                    409,
                    "item-too-large",
                    "The item is longer than the " + most
                            + " bytes that a revision may have, so that it cannot be kept."
                            + " Nothing was changed.")));
        }
        var origin = new Origin(
                item.key(),
                REVISION,
                Optional.empty(),
                actor,
                Optional.ofNullable(answer.headers().getFirst(HttpHeaders.CONTENT_TYPE)),
                answer.strongEntityTag());
        return bodies.latest(item.key(), REVISION)
                .filter(newest -> isOf(newest, content))
                .flatMap(newest ->
                        bodies.drop(item.key(), REVISION, newest.facts().number()))
                .then(Mono.defer(() -> bodies.keep(origin, content)));
    }

    /** The write that a body was kept for went through. */
    public Mono<Void> confirm(UpstreamItem item) {
        return bodies.dropAllBut(item.key(), REVISION, revisions(item.policy()).keep());
    }

    /** What is kept, or would be, of a body. */
    public static byte[] content(ResourcePolicy policy, UpstreamAnswer answer) {
        try {
            return new Redaction(revisions(policy).redact()).of(answer.body());
        } catch (MalformedJsonException notJson) {
            throw new Failure(Problem.of(
                    502,
                    "item-unreadable",
                    "The item is no JSON, so that nothing can be redacted of it, and it cannot be kept."));
        }
    }

    /** Whether a body that is kept is this one. */
    public static boolean isOf(FormerBody kept, byte[] content) {
        return Arrays.equals(kept.content(), content);
    }

    private static Revisions revisions(ResourcePolicy policy) {
        return policy.revisions().orElseThrow();
    }
}
