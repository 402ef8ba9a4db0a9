package dev.cenotaph.gateway.listing;

import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.AnswerTap;
import dev.cenotaph.gateway.exchange.AnswerTransform;
import dev.cenotaph.gateway.exchange.Failure;
import dev.cenotaph.gateway.exchange.Forwarding;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.match.EmbeddedMatch;
import dev.cenotaph.policy.match.EmbeddedMatcher;
import dev.cenotaph.policy.match.EmbeddedReading;
import dev.cenotaph.policy.operation.CallerHeaders;
import dev.cenotaph.policy.operation.ItemUse;
import dev.cenotaph.policy.operation.Operation;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
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
        if (!mayShow(exchange)) {
            return forwarding.pass(exchange);
        }
        HttpHeaders overrides = overrides(exchange.getRequest().getHeaders());
        var onward = new Forwarding.Onward(target, method.name(), headers -> overrides.forEach(headers::put));
        return new Way(
                        forwarding,
                        target.getRawPath(),
                        embedded,
                        path -> List.of(),
                        new ItemAnswer(ItemUse.READ, List.of(), tombstones, limits))
                .forward(exchange, onward);
    }

    /**
     * A governed request, whose answer goes through its own handler afterwards, or comes from it alone.
     *
     * @param embedded the rules that the request's path meets
     * @param matcher for the paths of items that are answered with at other URLs than their own
     */
    public GovernedExchange within(
            GovernedExchange exchange, Operation operation, List<EmbeddedMatch> embedded, EmbeddedMatcher matcher) {
        if (matcher.isEmpty() || exchange.isHead() || ItemUse.showsTrash(operation)) {
            return exchange;
        }
        Function<String, List<EmbeddedMatch>> ofPath = path -> rules(matcher, path);
        List<EmbeddedMatch> ofItem = ItemUse.path(operation).map(ofPath).orElse(embedded);
        if (embedded.isEmpty() && ofItem.isEmpty() && !(operation instanceof Operation.Create)) {
            return exchange;
        }
        var item = new ItemAnswer(ItemUse.of(operation), ofItem, tombstones, limits);
        return exchange.withForwarding(
                new Way(exchange.forwarding(), exchange.target().getRawPath(), embedded, ofPath, item));
    }

    private static List<EmbeddedMatch> rules(EmbeddedMatcher matcher, String path) {
        EmbeddedReading reading = matcher.read(path);
        if (reading.ambiguous().isPresent()) {
            throw new Failure(Problem.of(
                    400,
                    "ambiguous-path",
                    "The path of the item does not say plainly what it shows: "
                            + reading.ambiguous().get().why()));
        }
        return reading.items();
    }

    /** Whether the answer to such a request is looked at. */
    public static boolean mayShow(ServerWebExchange exchange) {
        return !showsNothing(exchange.getRequest().getMethod().name()) && !leavesHttp(exchange);
    }

    private static boolean showsNothing(String method) {
        return switch (method) {
            case "GET", "POST", "PUT", "PATCH" -> false;
            default -> true;
        };
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
        private final String path;
        private final List<EmbeddedMatch> embedded;
        private final Function<String, List<EmbeddedMatch>> ofPath;
        private final ItemAnswer item;

        /**
         * A way.
         *
         * @param path the request's own, raw, as the upstream knows it
         * @param embedded the rules that it meets
         * @param ofPath those that another path meets
         * @param item what is shown of an item that a handler answers with
         */
        Way(
                Forwarding forwarding,
                String path,
                List<EmbeddedMatch> embedded,
                Function<String, List<EmbeddedMatch>> ofPath,
                ItemAnswer item) {
            this.forwarding = forwarding;
            this.path = path;
            this.embedded = embedded;
            this.ofPath = ofPath;
            this.item = item;
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
            List<EmbeddedMatch> rules = rules(onward);
            if (rules.isEmpty()) {
                return forwarding.forward(exchange, onward);
            }
            List<String> known = isRead(onward)
                    ? exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.IF_NONE_MATCH)
                    : List.of();
            var answer = new EmbeddedAnswer(exchange, onward.method(), rules, known, tombstones, limits);
            return forwarding.forward(exchange, asFilterable(onward, rules), answer::write);
        }

        /** The entity tag is for whoever comes last to compare. */
        @Override
        public Mono<Void> forward(ServerWebExchange exchange, Onward onward, AnswerTransform transform) {
            List<EmbeddedMatch> rules = rules(onward);
            if (rules.isEmpty()) {
                return forwarding.forward(exchange, onward, transform);
            }
            var answer = new EmbeddedAnswer(exchange, onward.method(), rules, List.of(), tombstones, limits);
            return forwarding.forward(
                    exchange,
                    asFilterable(onward, rules),
                    (response, body) ->
                            answer.write(response, body, (same, hidden) -> transform.write(same, Flux.from(hidden))));
        }

        @Override
        public byte[] shown(byte[] document) {
            return EmbeddedAnswer.hidden(document, embedded, tombstones).orElse(document);
        }

        @Override
        public Answer shown(Answer answer) {
            return item.shown(answer);
        }

        /** What was sent to a collection may be written to an item. */
        private List<EmbeddedMatch> rules(Onward onward) {
            if (showsNothing(onward.method())) {
                return List.of();
            }
            String asked = onward.url().getRawPath();
            return asked.equals(path) ? embedded : ofPath.apply(asked);
        }

        private Onward asFilterable(Onward onward, List<EmbeddedMatch> rules) {
            Consumer<HttpHeaders> change = headers -> {
                onward.change().accept(headers);
                headers.set(HttpHeaders.ACCEPT_ENCODING, "identity");
                if (isRead(onward)) {
                    asFilterable(headers, rules);
                }
            };
            return new Onward(onward.url(), onward.method(), change);
        }

        private void asFilterable(HttpHeaders headers, List<EmbeddedMatch> rules) {
            headers.remove(HttpHeaders.RANGE);
            headers.remove(HttpHeaders.IF_RANGE);
            // The upstream's answer may stay the same when an item in it is trashed: its 304 would confirm a copy that
            // shows it.
            if (rules.stream().anyMatch(this::mayHoldTrash)) {
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
