package dev.cenotaph.gateway.exchange;

import dev.cenotaph.gateway.tombstone.Trace;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.match.ResourceMatch;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * One request for a governed resource, on its way through a handler.
 *
 * @param target the upstream's URL, byte-equal in its path to what was matched, without the parameters that are ours
 * @param clientPath the raw path as the client sent it; another than the target's where the host rewrites paths
 * @param method what the request is judged and forwarded as
 */
public record GovernedExchange(
        ServerWebExchange exchange,
        Forwarding forwarding,
        ResourceMatch match,
        URI target,
        String clientPath,
        String method,
        Trace trace) {

    public ResourcePolicy policy() {
        return match.policy();
    }

    public boolean isHead() {
        return method.equals("HEAD");
    }

    /** The upstream's URL of another path, with the same query. */
    public URI targetAt(String rawPath) {
        return at(target, rawPath);
    }

    /** An upstream path as the client would write it. */
    public String clientPathOf(String upstreamPath) {
        String matched = target.getRawPath();
        return clientPath.endsWith(matched) && clientPath.length() > matched.length()
                ? clientPath.substring(0, clientPath.length() - matched.length()) + upstreamPath
                : upstreamPath;
    }

    /** The path of an item as the client would write it. */
    public String clientPathOf(ResourcePolicy policy, ItemKey key) {
        return clientPathOf(key.path(policy, policy.item()));
    }

    /** The 1:1 call, as it came. */
    public Mono<Void> forward() {
        return forwarding.forward(exchange, new Forwarding.Onward(target, method, headers -> {}));
    }

    /** The 1:1 call, with other headers; the answer goes through the transform. */
    public Mono<Void> forward(Consumer<HttpHeaders> change, AnswerTransform transform) {
        return forward(target, change, transform);
    }

    /** The 1:1 call to another path of the same upstream; the answer goes through the transform. */
    public Mono<Void> forward(URI url, Consumer<HttpHeaders> change, AnswerTransform transform) {
        return forwarding.forward(exchange, new Forwarding.Onward(url, method, change), transform);
    }

    /** The same exchange with a request body that was read and is sent on. */
    public GovernedExchange withExchange(ServerWebExchange other) {
        return new GovernedExchange(other, forwarding, match, target, clientPath, method, trace);
    }

    /** The same exchange on another way to the upstream and back. */
    public GovernedExchange withForwarding(Forwarding other) {
        return new GovernedExchange(exchange, other, match, target, clientPath, method, trace);
    }

    /** A request of the same caller for an item of the same resource, forwarded by this method. */
    public GovernedExchange forItem(ItemKey key, ServerWebExchange other, String otherMethod) {
        String path = key.path(policy(), policy().item());
        return new GovernedExchange(other, forwarding, match, targetAt(path), clientPathOf(path), otherMethod, trace);
    }

    /** The same request, as if it were for one item alone. */
    public GovernedExchange forItem(ResourceMatch item, String rawPath) {
        return new GovernedExchange(
                exchange, forwarding, item, targetAt(rawPath), clientPathOf(rawPath), method, trace);
    }

    /** The value of a request header that may be there once. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(exchange.getRequest().getHeaders().getFirst(name));
    }

    /** All values of a request header, as they came. */
    public List<String> headers(String name) {
        return exchange.getRequest().getHeaders().getOrEmpty(name);
    }

    private static URI at(URI url, String rawPath) {
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return URI.create(url.getScheme() + "://" + url.getRawAuthority() + rawPath + query);
    }
}
