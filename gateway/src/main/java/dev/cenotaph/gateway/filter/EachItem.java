package dev.cenotaph.gateway.filter;

import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.exchange.Idempotency.Try;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.gateway.many.OneItem;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.match.PathReading;
import dev.cenotaph.policy.match.PolicyMatcher;
import dev.cenotaph.policy.match.ResourceMatch;
import dev.cenotaph.policy.match.ResourceMatch.Target;
import dev.cenotaph.policy.match.ResourceMatch.Target.Many.Change;
import dev.cenotaph.policy.operation.Operation;
import dev.cenotaph.policy.operation.OperationClassifier;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/**
 * Hands each item of a request for many to the handler that a request for it alone would meet. Its path is made and read
 * as one that came over the wire, so that nothing is an item here that is none there.
 */
final class EachItem implements OneItem {
    private static final Logger LOG = LoggerFactory.getLogger(EachItem.class);

    private final PolicyMatcher matcher;
    private final Handlers handlers;

    EachItem(PolicyMatcher matcher, Handlers handlers) {
        this.matcher = matcher;
        this.handlers = handlers;
    }

    @Override
    public Mono<Answer> change(GovernedExchange many, Operation.ChangeMany operation, ItemKey key, Try one) {
        String path =
                key.id().isEmpty() ? "" : key.path(many.policy(), many.policy().item());
        return match(path, key)
                .map(match -> change(many.forItem(match, path), operation, one))
                .orElseGet(() -> Mono.just(noSuchId()))
                .onErrorResume(failure -> Mono.just(answer(failure)));
    }

    private Mono<Answer> change(GovernedExchange item, Operation.ChangeMany many, Try one) {
        ItemKey key = ((Target.Item) item.match().target()).key();
        Operation operation = switch (many.change()) {
            case DELETE -> OperationClassifier.deleteOfOne(item.match(), key, many.permanent(), many.allowMissing());
            case RESTORE -> new Operation.Restore(key, item.target().getRawPath(), false);
            case PURGE -> new Operation.PermanentDelete(key, Operation.Grant.REQUESTED_IF_TRASHED, Optional.empty());
        };
        return handlers.moved()
                .ofOne(item, key)
                .map(moved -> isDone(many, one) ? restored(moved) : moved)
                .switchIfEmpty(Mono.defer(() -> handlers.disclosure().refusal(item, operation)))
                .switchIfEmpty(Mono.defer(() -> act(item, operation, one)));
    }

    /** A try whose answer got lost may have restored it. */
    private static boolean isDone(Operation.ChangeMany many, Try one) {
        return many.change() == Change.RESTORE && one.again();
    }

    private static Answer restored(Answer moved) {
        return Answer.empty(
                201,
                headers -> headers.addAll(HttpHeaders.LOCATION, moved.headers().getOrEmpty(HttpHeaders.LOCATION)));
    }

    private Mono<Answer> act(GovernedExchange item, Operation operation, Try one) {
        if (operation instanceof Operation.SoftDelete delete) {
            return handlers.revisions()
                    .around(item, delete.key(), handlers.softDeletion().answer(item, delete, one));
        }
        if (operation instanceof Operation.PermanentDelete delete) {
            return handlers.permanentDeletion().answer(item, delete, one);
        }
        if (operation instanceof Operation.Restore restore) {
            return handlers.restoration().answer(item, restore, one);
        }
        if (operation instanceof Operation.Refused refused) {
            return Mono.just(Intake.refused(refused.refusal()));
        }
        return Mono.error(new IllegalStateException("nothing is done so to one of many: " + operation));
    }

    private Optional<ResourceMatch> match(String path, ItemKey key) {
        return matcher.read(path) instanceof PathReading.Governed governed
                        && governed.match().target() instanceof Target.Item item
                        && item.key().equals(key)
                ? Optional.of(governed.match())
                : Optional.empty();
    }

    private static Answer noSuchId() {
        return Answer.problem(Problem.of(400, "invalid-id", "No item of this resource can have this id."));
    }

    private static Answer answer(Throwable failure) {
        return Failures.answer(failure).orElseGet(() -> {
            LOG.error("one of many items failed", failure);
            return Answer.problem(Problem.of(500, "internal-error", "Something went wrong with this item."));
        });
    }
}
