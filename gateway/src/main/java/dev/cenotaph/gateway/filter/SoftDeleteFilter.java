package dev.cenotaph.gateway.filter;

import dev.cenotaph.gateway.batch.BatchRequest;
import dev.cenotaph.gateway.exchange.Answers;
import dev.cenotaph.gateway.exchange.ChainForwarding;
import dev.cenotaph.gateway.exchange.Forwarding;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.policy.match.EmbeddedMatch;
import dev.cenotaph.policy.match.EmbeddedReading;
import dev.cenotaph.policy.match.PathReading;
import dev.cenotaph.policy.match.ResourceMatch;
import dev.cenotaph.policy.operation.Operation;
import dev.cenotaph.policy.operation.TrashScope;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Gives soft-delete semantics to what a policy governs, and hands everything else on untouched. Holds the only dispatch.
 *
 * <p>Stands behind every filter that rewrites the URL, the load balancer's included, and before the one that sends: the
 * path that is matched is the path that is forwarded.
 */
public final class SoftDeleteFilter implements GatewayFilter, Ordered {
    /** Behind {@code ReactiveLoadBalancerClientFilter} (10150). */
    public static final int ORDER = 10_200;

    private final PoliciesInForce policies;
    private final Intake intake;
    private final BatchGate batches;
    private final Handlers handlers;

    /** @param bodyLimit in bytes, for batches, which have to be looked at before they may pass */
    public SoftDeleteFilter(PoliciesInForce policies, Intake intake, int bodyLimit, Handlers handlers) {
        this.batches = new BatchGate(bodyLimit);
        this.policies = policies;
        this.intake = intake;
        this.handlers = handlers;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        URI target = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
        return filter(exchange, target, new ChainForwarding(chain));
    }

    /**
     * The same for a request that goes another way than Spring Cloud Gateway's chain.
     *
     * @param target the upstream's URL, as it will be sent where nothing is changed
     */
    public Mono<Void> filter(ServerWebExchange exchange, URI target, Forwarding forwarding) {
        Policies current = policies.of(exchange);
        if (!current.on() && current.shadow().isEmpty()) {
            return forwarding.pass(exchange);
        }
        RequestPaths paths = RequestPaths.of(exchange.getRequest(), target);
        if (current.on() && BatchRequest.is(exchange.getRequest(), paths.forwarded())) {
            return Failures.answered(
                    exchange,
                    batches.admit(exchange, current, paths)
                            .flatMap(admitted -> read(admitted, forwarding, current, paths)));
        }
        return read(exchange, forwarding, current, paths);
    }

    private Mono<Void> read(ServerWebExchange exchange, Forwarding forwarding, Policies current, RequestPaths paths) {
        EmbeddedReading embedded = current.readEmbedded(paths);
        if (embedded.ambiguous().isPresent()) {
            return Answers.write(exchange, Intake.refused(embedded.ambiguous().get()));
        }
        Forwarding watched = handlers.shadow().watching(exchange, forwarding, current.readShadowEmbedded(paths));
        return switch (current.read(paths)) {
            case PathReading.Ungoverned ungoverned ->
                passUnlessBatch(exchange, watched, current, paths, embedded.items());
            case PathReading.Ambiguous ambiguous -> Answers.write(exchange, Intake.refused(ambiguous));
            case PathReading.Governed governed ->
                govern(exchange, watched, current, paths, governed.match(), embedded.items());
        };
    }

    /** Only its body tells of some batches that they are one. */
    private Mono<Void> passUnlessBatch(
            ServerWebExchange exchange,
            Forwarding forwarding,
            Policies current,
            RequestPaths paths,
            List<EmbeddedMatch> embedded) {
        if (current.on() && KeysInParentheses.delete(exchange.getRequest(), paths, current.matcher())) {
            return Answers.write(exchange, KeysInParentheses.refused());
        }
        return current.on() && current.batchEndpoints().mayBe(exchange.getRequest(), paths.forwarded())
                ? Failures.answered(
                        exchange,
                        batches.admitUnlessBatch(exchange, current, paths)
                                .flatMap(admitted -> pass(admitted, forwarding, current, paths, embedded)))
                : pass(exchange, forwarding, current, paths, embedded);
    }

    private Mono<Void> pass(
            ServerWebExchange exchange,
            Forwarding forwarding,
            Policies current,
            RequestPaths paths,
            List<EmbeddedMatch> embedded) {
        if (!embedded.isEmpty()) {
            return Failures.answered(
                    exchange, handlers.embedded().pass(exchange, forwarding, paths.target(), embedded));
        }
        return switch (current.readShadow(paths)) {
            case PathReading.Ungoverned ungoverned -> forwarding.pass(exchange);
            case PathReading.Ambiguous ambiguous -> handlers.shadow().pass(exchange, forwarding, ambiguous);
            case PathReading.Governed governed ->
                handlers.shadow()
                        .pass(exchange, forwarding, governed.match(), Intake.read(exchange, paths, governed.match()));
        };
    }

    private Mono<Void> govern(
            ServerWebExchange exchange,
            Forwarding forwarding,
            Policies current,
            RequestPaths paths,
            ResourceMatch match,
            List<EmbeddedMatch> embedded) {
        Mono<Void> handled = intake.take(exchange, forwarding, current.set(), paths, match)
                .flatMap(request -> judged(request.exchange(), request.operation(), current, embedded));
        return Failures.answered(exchange, handled);
    }

    /** Where an item went is told first, then whether the caller may know of it at all. */
    private Mono<Void> judged(
            GovernedExchange exchange, Operation operation, Policies current, List<EmbeddedMatch> embedded) {
        Supplier<Mono<Void>> allowed =
                () -> handle(handlers.embedded().within(exchange, operation, embedded, current.embedded()), operation);
        return handlers.moved().open(exchange, () -> handlers.disclosure().guard(exchange, operation, allowed));
    }

    private Mono<Void> handle(GovernedExchange exchange, Operation operation) {
        return switch (operation) {
            case Operation.Preflight preflight -> exchange.forward();
            case Operation.Refused refused -> Answers.write(exchange.exchange(), Intake.refused(refused.refusal()));
            case Operation.Restore restore -> handlers.restoration().handle(exchange, restore);
            case Operation.Pass pass -> below(exchange, pass.scope(), exchange::forward);
            case Operation.ReadItem read ->
                below(exchange, read.scope(), () -> handlers.items().read(exchange, read));
            case Operation.ReadTrashedItem read ->
                below(exchange, () -> handlers.items().read(exchange, read));
            case Operation.WriteItem write -> below(exchange, () -> write(exchange, write));
            case Operation.Create create ->
                below(exchange, () -> handlers.creates().handle(exchange, create));
            case Operation.ReadList list ->
                below(exchange, list.scope(), () -> handlers.lists().handle(exchange, list));
            case Operation.ReadTrash trash ->
                below(exchange, () -> handlers.trash().handle(exchange, trash));
            case Operation.SoftDelete delete -> below(exchange, () -> softDelete(exchange, delete));
            case Operation.PermanentDelete delete ->
                below(exchange, () -> handlers.permanentDeletion().handle(exchange, delete));
            case Operation.ChangeMany many ->
                below(exchange, () -> handlers.many().handle(exchange, many, eachItem(exchange)));
            case Operation.Job job -> handlers.many().handle(exchange, job, eachItem(exchange));
            case Operation.ReadSnapshots read ->
                below(exchange, () -> handlers.snapshots().list(exchange, read));
            case Operation.ReadRevisions read ->
                below(exchange, read.scope(), () -> handlers.revisionPages().list(exchange, read));
            case Operation.ReadRevision read ->
                below(exchange, read.scope(), () -> handlers.revisionPages().one(exchange, read));
            case Operation.MakeCurrent make ->
                below(exchange, () -> handlers.makingCurrent().handle(exchange, make));
        };
    }

    /** Gone where something above is. */
    private Mono<Void> below(GovernedExchange exchange, Supplier<Mono<Void>> next) {
        return handlers.ancestors().open(exchange, next);
    }

    private Mono<Void> below(GovernedExchange exchange, TrashScope scope, Supplier<Mono<Void>> next) {
        return handlers.ancestors().open(exchange, scope, next);
    }

    /** Over a trashed item it may create or restore first; what goes through leaves a revision. */
    private Mono<Void> write(GovernedExchange exchange, Operation.WriteItem write) {
        Supplier<Mono<Void>> written = () -> handlers.items().write(exchange, write);
        Supplier<Mono<Void>> kept = () -> handlers.revisions().before(exchange, write.key(), written);
        Supplier<Mono<Void>> restored = () -> handlers.restoration().before(exchange, write, kept);
        return handlers.creates().before(exchange, write, restored);
    }

    private Mono<Void> softDelete(GovernedExchange exchange, Operation.SoftDelete delete) {
        return handlers.revisions()
                .before(exchange, delete.key(), () -> handlers.softDeletion().handle(exchange, delete));
    }

    private EachItem eachItem(GovernedExchange exchange) {
        return new EachItem(policies.of(exchange.exchange()).matcher(), handlers);
    }

    @Override
    public int getOrder() {
        return ORDER;
    }
}
