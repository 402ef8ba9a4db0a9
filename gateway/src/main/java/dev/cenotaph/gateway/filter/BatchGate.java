package dev.cenotaph.gateway.filter;

import dev.cenotaph.gateway.batch.BatchBody;
import dev.cenotaph.gateway.batch.BatchEndpoints;
import dev.cenotaph.gateway.batch.CarriedDelete;
import dev.cenotaph.gateway.batch.CarriedDelete.Certainty;
import dev.cenotaph.gateway.batch.PartUrl;
import dev.cenotaph.gateway.exchange.ContentCoding;
import dev.cenotaph.gateway.exchange.Failure;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.gateway.exchange.RequestBody;
import dev.cenotaph.policy.Embedded;
import dev.cenotaph.policy.PathTemplate;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.PathReading;
import dev.cenotaph.policy.match.ResourceMatch;
import dev.cenotaph.policy.operation.Operation;
import dev.cenotaph.policy.operation.OperationClassifier;
import dev.cenotaph.policy.operation.RequestLine;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Keeps out batches that carry a DELETE past every rule for a DELETE of its own. */
final class BatchGate {
    private final int bodyLimit;

    /** @param bodyLimit in bytes */
    BatchGate(int bodyLimit) {
        this.bodyLimit = bodyLimit;
    }

    /** The exchange to go on with; fails with a 422 that names the part. */
    Mono<ServerWebExchange> admit(ServerWebExchange exchange, Policies policies, RequestPaths paths) {
        return policies.set().resources().stream().noneMatch(BatchEndpoints::refuses)
                ? Mono.just(exchange)
                : admit(exchange, policies, paths, BatchBody::deletes);
    }

    /** The same for a request that is a batch if its body says so. */
    Mono<ServerWebExchange> admitUnlessBatch(ServerWebExchange exchange, Policies policies, RequestPaths paths) {
        return BatchEndpoints.isBulk(paths.forwarded())
                ? admit(exchange, policies, paths, BatchBody::deletesOfBulk)
                : admit(exchange, policies, paths, BatchBody::deletesIfBatch);
    }

    private Mono<ServerWebExchange> admit(
            ServerWebExchange exchange,
            Policies policies,
            RequestPaths paths,
            BiFunction<HttpHeaders, byte[], List<CarriedDelete>> deletes) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        return RequestBody.read(exchange.getRequest(), bodyLimit).map(body -> {
            byte[] plain = ContentCoding.decoded(headers, body, bodyLimit)
                    .orElseThrow(() -> new Failure(Problem.of(
                            415,
                            "body-unreadable",
                            "A batch has to be looked at before it may pass. Send it as it is, or as gzip.")));
            for (CarriedDelete delete : deletes.apply(headers, plain)) {
                policy(policies, delete, paths.forwarded()).ifPresent(name -> {
                    throw refused(delete, name);
                });
            }
            return RequestBody.replay(exchange, body);
        });
    }

    /** The policy that the DELETE of this URL would get past. */
    private static Optional<String> policy(Policies policies, CarriedDelete delete, String endpoint) {
        List<PathReading> readings = readings(delete.url(), endpoint).stream()
                .map(path -> policies.matcher().read(path))
                .filter(reading -> !(reading instanceof PathReading.Ungoverned))
                .toList();
        if (delete.certainty() == Certainty.WHERE_OF_MANY) {
            return readings.stream()
                    .flatMap(reading -> ofMany(policies, reading).stream())
                    .findFirst();
        }
        if (readings.isEmpty()) {
            return delete.certainty() == Certainty.PLAIN ? ofType(policies, delete.url()) : Optional.empty();
        }
        return readings.stream().flatMap(reading -> policy(reading).stream()).findFirst();
    }

    /** The policy whose items a write deletes, many at once. */
    private static Optional<String> ofMany(Policies policies, PathReading reading) {
        return switch (reading) {
            case PathReading.Ungoverned ungoverned -> Optional.empty();
            case PathReading.Ambiguous ambiguous ->
                policies.set().resources().stream()
                        .filter(policy -> policy.name().equals(ambiguous.resource()))
                        .filter(policy -> BatchEndpoints.refuses(policy) && endsLikeMany(policy, ambiguous.reading()))
                        .map(ResourcePolicy::name)
                        .findFirst();
            case PathReading.Governed governed ->
                Optional.of(governed.match())
                        .filter(match -> BatchEndpoints.refuses(match.policy()) && deletesMany(match.target()))
                        .map(match -> match.policy().name());
        };
    }

    private static boolean endsLikeMany(ResourcePolicy policy, String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        return Stream.concat(Stream.of(":purge"), policy.expansion().paths().stream())
                .anyMatch(end -> lower.endsWith(end.toLowerCase(Locale.ROOT)));
    }

    private static boolean deletesMany(ResourceMatch.Target target) {
        return target instanceof ResourceMatch.Target.Many many
                && many.change() != ResourceMatch.Target.Many.Change.RESTORE;
    }

    private static Optional<String> policy(PathReading reading) {
        return switch (reading) {
            case PathReading.Ungoverned ungoverned -> Optional.empty();
            case PathReading.Ambiguous ambiguous -> Optional.of(ambiguous.resource());
            case PathReading.Governed governed ->
                Optional.of(governed.match())
                        .filter(match -> BatchEndpoints.refuses(match.policy()) && !passes(match))
                        .map(match -> match.policy().name());
        };
    }

    private static boolean passes(ResourceMatch match) {
        var line = new RequestLine("DELETE", Optional.empty(), List.of(), name -> List.of());
        Operation operation =
                OperationClassifier.classify(match, line, List.of()).operation();
        return operation instanceof Operation.Pass;
    }

    /**
     * The paths that some server would read it as: from the root, beside the batch, below it, and from everything above it.
     * A path with a slash before it is one below the service's root as well (Microsoft Graph).
     */
    private static Set<String> readings(String url, String endpoint) {
        var readings = new LinkedHashSet<String>();
        for (String path : new PartUrl(url).paths()) {
            String relative = path.startsWith("/") ? path.substring(1) : path;
            for (String base : bases(endpoint)) {
                readings.add(base + relative);
                readings.add(withoutDots(base + relative));
                KeysInParentheses.asSegments(base + relative)
                        .ifPresent(segments -> readings.addAll(List.of(segments, withoutDots(segments))));
            }
        }
        return readings;
    }

    /** Each ends in a slash. */
    private static Set<String> bases(String endpoint) {
        var bases = new LinkedHashSet<>(List.of("/"));
        String base = endpoint.endsWith("/") ? endpoint : endpoint + "/";
        while (base.length() > 1) {
            bases.add(base);
            base = base.substring(0, base.lastIndexOf('/', base.length() - 2) + 1);
        }
        return bases;
    }

    private static String withoutDots(String path) {
        try {
            String plain = URI.create("http://upstream" + path).normalize().getRawPath();
            return plain.isEmpty() ? "/" : plain;
        } catch (IllegalArgumentException noUrl) {
            return path;
        }
    }

    /** A type and an id say nothing of a path; where a collection or its items are called so, they are meant. */
    private static Optional<String> ofType(Policies policies, String url) {
        String type = url.replaceFirst("^/", "").replaceFirst("[/(?#].*", "");
        return policies.set().resources().stream()
                .filter(BatchEndpoints::refuses)
                .filter(policy -> names(policy).anyMatch(name -> singular(name).equals(singular(type))))
                .map(ResourcePolicy::name)
                .findFirst();
    }

    private static Stream<String> names(ResourcePolicy policy) {
        Stream<String> segment = policy.path().segments().stream()
                .skip(Math.max(0, policy.path().segments().size() - 1))
                .filter(PathTemplate.Literal.class::isInstance)
                .map(last -> ((PathTemplate.Literal) last).text());
        Stream<String> declared = policy.embedded().stream()
                .map(Embedded::where)
                .filter(Embedded.Where.JsonApi.class::isInstance)
                .map(where -> ((Embedded.Where.JsonApi) where).type());
        return Stream.concat(Stream.of(policy.name()), Stream.concat(segment, declared));
    }

    private static String singular(String name) {
        return name.toLowerCase(Locale.ROOT).replaceFirst("s$", "");
    }

    private static Failure refused(CarriedDelete delete, String policy) {
        String resource = policy.isEmpty() ? "a governed resource" : policy;
        return new Failure(Problem.of(
                        422,
                        "batch-delete",
                        "This batch carries a DELETE of an item of " + resource
                                + ", which would be deleted for good. Send that DELETE by itself, outside of the batch.")
                .with("part", delete.part())
                .with("url", delete.url())
                .with("policy", policy));
    }
}
