package dev.cenotaph.gateway.filter;

import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.MethodInForm;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.policy.match.PathReading;
import dev.cenotaph.policy.match.PolicyMatcher;
import dev.cenotaph.policy.operation.MethodOverrides;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Items whose key stands in parentheses behind their collection's name, as in {@code orders(1)} (OData 4.01 URL Conventions
 * §4.3.1). No template names them, so that they are not governed item by item; a DELETE of one would be for good.
 */
final class KeysInParentheses {
    private static final String DELETE = "DELETE";
    private static final Pattern OPENED = Pattern.compile("(?<=[^/])(?:\\(|%(?:25)*28)");
    private static final Pattern CLOSED = Pattern.compile("\\)|%(?:25)*29");

    private KeysInParentheses() {}

    /** The path with each key as a segment of its own; empty where it has no such key. */
    static Optional<String> asSegments(String rawPath) {
        return mayHold(rawPath) && OPENED.matcher(rawPath).find()
                ? Optional.of(
                        CLOSED.matcher(OPENED.matcher(rawPath).replaceAll("/")).replaceAll(""))
                : Optional.empty();
    }

    /** Whether a request that no policy governs deletes such an item all the same. */
    static boolean delete(ServerHttpRequest request, RequestPaths paths, PolicyMatcher matcher) {
        boolean may = mayHold(paths.forwarded())
                || mayHold(paths.received())
                || !paths.claimed().isEmpty();
        return may
                && namesDelete(request, paths)
                && Stream.concat(Stream.of(paths.forwarded(), paths.received()), paths.claimed().stream())
                        .flatMap(path -> asSegments(path).stream())
                        .anyMatch(path -> !(matcher.read(path) instanceof PathReading.Ungoverned));
    }

    static Answer refused() {
        return Answer.problem(
                Problem.of(405, "method-not-allowed", "No rule lets a DELETE through here: it might delete for good."),
                headers -> headers.set(HttpHeaders.ALLOW, "GET, HEAD, OPTIONS, PUT, PATCH, POST"));
    }

    private static boolean mayHold(String rawPath) {
        return rawPath.indexOf('(') >= 0 || rawPath.indexOf('%') >= 0;
    }

    private static boolean namesDelete(ServerHttpRequest request, RequestPaths paths) {
        HttpMethod method = request.getMethod();
        if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
            return false;
        }
        if (DELETE.equalsIgnoreCase(method.name())) {
            return true;
        }
        HttpHeaders headers = request.getHeaders();
        String query = paths.target().getRawQuery();
        return headers.headerNames().stream()
                        .filter(MethodOverrides::isOverride)
                        .flatMap(name -> headers.getOrEmpty(name).stream())
                        .anyMatch(value -> value.strip().equalsIgnoreCase(DELETE))
                || (query != null && MethodInForm.methods(query).stream().anyMatch(DELETE::equalsIgnoreCase));
    }
}
