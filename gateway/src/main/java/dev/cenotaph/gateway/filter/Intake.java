package dev.cenotaph.gateway.filter;

import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.Forwarding;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.exchange.MethodInBody;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.gateway.tombstone.Trace;
import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.match.PathReading;
import dev.cenotaph.policy.match.ResourceMatch;
import dev.cenotaph.policy.operation.Classified;
import dev.cenotaph.policy.operation.Operation;
import dev.cenotaph.policy.operation.OperationClassifier;
import dev.cenotaph.policy.operation.Refusal;
import dev.cenotaph.policy.operation.RequestLine;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Takes a matched request in: reads what has to be read of it, and has it classified. */
public final class Intake {
    private static final String REQUEST_ID = "X-Request-Id";

    private final MethodInBody methodInBody;

    /**
     * An intake.
     *
     * @param bodyLimit in bytes, for bodies that have to be looked at before they may pass
     */
    public Intake(int bodyLimit) {
        this.methodInBody = new MethodInBody(bodyLimit);
    }

    /** A request that is understood. */
    record Request(GovernedExchange exchange, Operation operation) {}

    Mono<Request> take(
            ServerWebExchange exchange,
            Forwarding forwarding,
            PolicySet policies,
            RequestPaths paths,
            ResourceMatch match) {
        return exchange.getPrincipal()
                .map(Principal::getName)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(actor -> methodInBody.look(exchange).map(looked -> {
                    Classified classified =
                            OperationClassifier.classify(match, line(exchange.getRequest(), paths), looked.methods());
                    var governed = new GovernedExchange(
                            looked.exchange(),
                            forwarding,
                            match,
                            withQuery(paths.target(), classified.query()),
                            paths.received(),
                            classified.method(),
                            new Trace(actor, requestId(exchange.getRequest()), policies.version()));
                    return new Request(governed, classified.operation());
                }));
    }

    /** What the request would be, as far as its body need not be read. */
    static Operation read(ServerWebExchange exchange, RequestPaths paths, ResourceMatch match) {
        return OperationClassifier.classify(match, line(exchange.getRequest(), paths), List.of())
                .operation();
    }

    static Answer refused(PathReading.Ambiguous ambiguous) {
        return Answer.problem(Problem.of(
                400,
                "ambiguous-path",
                "This path might mean an item of " + ambiguous.resource() + ", and does not say so plainly: "
                        + ambiguous.why()));
    }

    static Answer refused(Refusal refusal) {
        return Answer.problem(Problem.of(refusal.status(), refusal.code(), refusal.detail()), headers -> {
            if (!refusal.allow().isEmpty()) {
                headers.set(HttpHeaders.ALLOW, String.join(", ", refusal.allow()));
            }
        });
    }

    private static RequestLine line(ServerHttpRequest request, RequestPaths paths) {
        HttpHeaders headers = request.getHeaders();
        return new RequestLine(
                request.getMethod().name(),
                Optional.ofNullable(paths.target().getRawQuery()),
                headers.headerNames(),
                headers::getOrEmpty);
    }

    private static URI withQuery(URI url, Optional<String> query) {
        String suffix = query.map(text -> "?" + text).orElse("");
        return URI.create(url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath() + suffix);
    }

    private static String requestId(ServerHttpRequest request) {
        String given = request.getHeaders().getFirst(REQUEST_ID);
        return given == null ? request.getId() : given;
    }
}
