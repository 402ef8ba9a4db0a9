package dev.cenotaph.gateway.filter;

import dev.cenotaph.gateway.batch.BatchBody;
import dev.cenotaph.gateway.batch.CarriedDelete;
import dev.cenotaph.gateway.exchange.ContentCoding;
import dev.cenotaph.gateway.exchange.Failure;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.gateway.exchange.RequestBody;
import dev.cenotaph.policy.Batch;
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
import java.util.Optional;
import java.util.Set;
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
        if (policies.set().resources().stream().noneMatch(BatchGate::refuses)) {
            return Mono.just(exchange);
        }
        return RequestBody.read(exchange.getRequest(), bodyLimit).map(body -> {
            byte[] plain = ContentCoding.decoded(exchange.getRequest().getHeaders(), body, bodyLimit)
                    .orElseThrow(() -> new Failure(Problem.of(
                            415,
                            "body-unreadable",
                            "A batch has to be looked at before it may pass. Send it as it is, or as gzip.")));
            for (CarriedDelete delete : BatchBody.deletes(exchange.getRequest().getHeaders(), plain)) {
                policy(policies, delete.url(), paths.forwarded()).ifPresent(name -> {
                    throw refused(delete, name);
                });
            }
            return RequestBody.replay(exchange, body);
        });
    }

    private static boolean refuses(ResourcePolicy policy) {
        return policy.mode().acts() && policy.batch() == Batch.REFUSE;
    }

    /** The policy that the DELETE of this URL would get past. */
    private static Optional<String> policy(Policies policies, String url, String endpoint) {
        List<PathReading> readings = readings(url, endpoint).stream()
                .map(path -> policies.matcher().read(path))
                .filter(reading -> !(reading instanceof PathReading.Ungoverned))
                .toList();
        return readings.isEmpty()
                ? ofType(policies, url)
                : readings.stream().flatMap(reading -> policy(reading).stream()).findFirst();
    }

    private static Optional<String> policy(PathReading reading) {
        return switch (reading) {
            case PathReading.Ungoverned ungoverned -> Optional.empty();
            case PathReading.Ambiguous ambiguous -> Optional.of(ambiguous.resource());
            case PathReading.Governed governed ->
                Optional.of(governed.match())
                        .filter(match -> refuses(match.policy()) && !passes(match))
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
     * The paths that some server would read it as: from the root, beside the batch, below it. A path with a slash before it
     * is one below the service's root as well (Microsoft Graph).
     */
    private static Set<String> readings(String url, String endpoint) {
        String path = pathOf(url);
        String relative = path.startsWith("/") ? path.substring(1) : path;
        String whole = endpoint.endsWith("/") ? endpoint : endpoint + "/";
        String beside = whole.substring(0, whole.lastIndexOf('/', whole.length() - 2) + 1);
        var readings = new LinkedHashSet<String>();
        for (String base : List.of("/", beside, whole)) {
            String joined = base + relative;
            readings.add(joined);
            readings.add(withoutDots(joined));
        }
        return readings;
    }

    private static String withoutDots(String path) {
        try {
            String plain = URI.create("http://upstream" + path).normalize().getRawPath();
            return plain.isEmpty() ? "/" : plain;
        } catch (IllegalArgumentException noUrl) {
            return path;
        }
    }

    private static String pathOf(String url) {
        String text = url.strip();
        int scheme = text.indexOf("://");
        int slash = scheme < 0 ? 0 : text.indexOf('/', scheme + 3);
        String path = scheme < 0 ? text : slash < 0 ? "/" : text.substring(slash);
        int end = path.length();
        for (char stop : new char[] {'?', '#'}) {
            int at = path.indexOf(stop);
            end = at >= 0 ? Math.min(end, at) : end;
        }
        return path.substring(0, end);
    }

    /** A type and an id say nothing of a path; where a collection is called so, it is meant. */
    private static Optional<String> ofType(Policies policies, String url) {
        String type = pathOf(url).replaceFirst("^/", "").replaceFirst("[/(].*", "");
        return policies.set().resources().stream()
                .filter(BatchGate::refuses)
                .filter(policy -> !policy.path().segments().isEmpty()
                        && policy.path().segments().getLast() instanceof PathTemplate.Literal last
                        && last.text().equalsIgnoreCase(type))
                .map(ResourcePolicy::name)
                .findFirst();
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
