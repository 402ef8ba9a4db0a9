package dev.cenotaph.gateway.listing;

import dev.cenotaph.gateway.exchange.AnswerTap;
import dev.cenotaph.gateway.exchange.AnswerTransform;
import dev.cenotaph.gateway.exchange.Forwarding;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.match.EmbeddedMatch;
import dev.cenotaph.policy.operation.CallerHeaders;
import dev.cenotaph.policy.operation.Operation;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Answers that hold items of other resources: those that are trashed are taken out before anything else sees the body. */
public final class EmbeddedAnswers {
    private static final String HTTP2_OFFER = "h2c";

    private final Tombstones tombstones;
    private final ListLimits limits;

    public EmbeddedAnswers(Tombstones tombstones, ListLimits limits) {
        this.tombstones = tombstones;
        this.limits = limits;
    }

    /** A request that no policy governs itself. */
    public Mono<Void> pass(
            ServerWebExchange exchange, Forwarding forwarding, URI target, List<EmbeddedMatch> embedded) {
        HttpMethod method = exchange.getRequest().getMethod();
        if (showsNothing(method.name()) || leavesHttp(exchange)) {
            return forwarding.pass(exchange);
        }
        HttpHeaders overrides = overrides(exchange.getRequest().getHeaders());
        var onward = new Forwarding.Onward(target, method.name(), headers -> overrides.forEach(headers::put));
        return new Way(forwarding, embedded).forward(exchange, onward);
    }

    /** A governed request, whose answer goes through its own handler afterwards. */
    public GovernedExchange within(GovernedExchange exchange, Operation operation, List<EmbeddedMatch> embedded) {
        return embedded.isEmpty() || showsNothing(exchange.method()) || showsAll(operation)
                ? exchange
                : exchange.withForwarding(new Way(exchange.forwarding(), embedded));
    }

    private static boolean showsNothing(String method) {
        return switch (method) {
            case "GET", "POST", "PUT", "PATCH" -> false;
            default -> true;
        };
    }

    /** Whoever asks to see trash sees all of it. */
    private static boolean showsAll(Operation operation) {
        return (operation instanceof Operation.ReadItem item && item.scope().showsTrashed())
                || (operation instanceof Operation.ReadList list && list.scope().showsTrashed())
                || (operation instanceof Operation.Pass pass && pass.scope().showsTrashed())
                || operation instanceof Operation.ReadTrashedItem;
    }

    /** What nobody here judges stays as it came. */
    private static HttpHeaders overrides(HttpHeaders headers) {
        var overrides = new LinkedHashMap<String, List<String>>();
        headers.headerNames().stream()
                .filter(CallerHeaders::isOverride)
                .forEach(name -> overrides.put(name, headers.getOrEmpty(name)));
        var kept = new HttpHeaders();
        overrides.forEach(kept::put);
        return kept;
    }

    private static boolean leavesHttp(ServerWebExchange exchange) {
        return exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.UPGRADE).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .anyMatch(protocol -> !protocol.strip().equalsIgnoreCase(HTTP2_OFFER));
    }

    /** The way to the upstream and back, along which trashed items are taken out. */
    private final class Way implements Forwarding {
        private final Forwarding forwarding;
        private final List<EmbeddedMatch> embedded;

        Way(Forwarding forwarding, List<EmbeddedMatch> embedded) {
            this.forwarding = forwarding;
            this.embedded = embedded;
        }

        @Override
        public Mono<Void> pass(ServerWebExchange exchange) {
            return forwarding.pass(exchange);
        }

        @Override
        public Mono<Void> pass(ServerWebExchange exchange, AnswerTap tap) {
            return forwarding.pass(exchange, tap);
        }

        @Override
        public Mono<Void> forward(ServerWebExchange exchange, Onward onward) {
            List<String> known = isRead(onward)
                    ? exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.IF_NONE_MATCH)
                    : List.of();
            var answer = new EmbeddedAnswer(exchange, onward.method(), embedded, known, tombstones, limits);
            return forwarding.forward(exchange, asFilterable(onward), answer::write);
        }

        /** The entity tag is for whoever comes last to compare. */
        @Override
        public Mono<Void> forward(ServerWebExchange exchange, Onward onward, AnswerTransform transform) {
            var answer = new EmbeddedAnswer(exchange, onward.method(), embedded, List.of(), tombstones, limits);
            return forwarding.forward(
                    exchange,
                    asFilterable(onward),
                    (response, body) ->
                            answer.write(response, body, (same, hidden) -> transform.write(same, Flux.from(hidden))));
        }

        @Override
        public byte[] shown(byte[] document) {
            return EmbeddedAnswer.hidden(document, embedded, tombstones).orElse(document);
        }

        private Onward asFilterable(Onward onward) {
            Consumer<HttpHeaders> change = headers -> {
                onward.change().accept(headers);
                headers.set(HttpHeaders.ACCEPT_ENCODING, "identity");
                if (isRead(onward)) {
                    asFilterable(headers);
                }
            };
            return new Onward(onward.url(), onward.method(), change);
        }

        private void asFilterable(HttpHeaders headers) {
            headers.remove(HttpHeaders.RANGE);
            headers.remove(HttpHeaders.IF_RANGE);
            // The upstream's answer may stay the same when an item in it is trashed: its 304 would confirm a copy that
            // shows it.
            if (embedded.stream().anyMatch(this::mayHoldTrash)) {
                headers.remove(HttpHeaders.IF_NONE_MATCH);
                headers.remove(HttpHeaders.IF_MODIFIED_SINCE);
            }
        }

        private boolean mayHoldTrash(EmbeddedMatch match) {
            return tombstones.anyTrashed(match.policy().name())
                    || match.policy().marker() instanceof Marker.ExtensionResource;
        }

        private static boolean isRead(Onward onward) {
            return onward.method().equals("GET");
        }
    }
}
