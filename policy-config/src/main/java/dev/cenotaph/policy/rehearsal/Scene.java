package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.match.ResourceMatch;
import dev.cenotaph.policy.operation.CallerHeaders;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** One governed request being played: what is known, what was called. */
final class Scene {
    private static final String ACCEPTED = "application/json, application/*+json, */*;q=0.5";
    private final Call request;
    private final ResourceMatch match;
    private final String method;
    private final String query;
    private final Stage stage;
    private final EmbeddedAnswer embedded;

    /** @param query what is sent upstream, with its question mark, or empty */
    Scene(Call request, ResourceMatch match, String method, String query, Stage stage, EmbeddedAnswer embedded) {
        this.request = request;
        this.match = match;
        this.method = method;
        this.query = query;
        this.stage = stage;
        this.embedded = embedded;
    }

    Call request() {
        return request;
    }

    /** The same, were the request another of the same client's. */
    Scene at(Call other) {
        return new Scene(other, match, other.method(), query, stage, embedded);
    }

    /** The same, were it about one item alone, at this path. */
    Scene forItem(ResourceMatch item, String path) {
        var alone = new Call(request.method(), path, request.headers(), Body.NONE);
        return new Scene(alone, item, method, query, stage, embedded);
    }

    /** A call of the gateway's own about something else, with the same client's credentials. */
    Scene elsewhere(ResourcePolicy policy, ResourceMatch.Target target, String path) {
        var call = new Call("GET", path, request.headers().without(List.of("If-Match")), Body.NONE);
        return new Scene(call, new ResourceMatch(policy, target, List.of()), "GET", "", stage, embedded);
    }

    /** What the scenes of this play have in common. */
    Stage stage() {
        return stage;
    }

    ResourceMatch match() {
        return match;
    }

    ResourcePolicy policy() {
        return match.policy();
    }

    boolean isHead() {
        return method.equals("HEAD");
    }

    String method() {
        return method;
    }

    Instant now() {
        return stage.now();
    }

    Optional<Known> known(ItemKey key) {
        return Optional.ofNullable(stage.trash().get(key));
    }

    boolean isTrashed(ItemKey key) {
        return stage.trash().containsKey(key);
    }

    boolean anyTrashed() {
        return stage.trash().keySet().stream().anyMatch(key -> key.resource().equals(policy().name()));
    }

    /** The trash of the request's resource below the parents, newest first. */
    List<Known> trashBelow(List<String> parents) {
        return stage.trash().values().stream()
                .filter(known -> known.key().resource().equals(policy().name()))
                .filter(known -> known.key().parents().equals(parents))
                .sorted(Comparator.comparing(Known::deleteTime)
                        .reversed()
                        .thenComparing(known -> known.key().id()))
                .toList();
    }

    /** All that is in the trash under the same deletion, those above before those below. */
    List<Known> under(Known known) {
        return stage.trash().values().stream()
                .filter(other -> other.deletionId().equals(known.deletionId()))
                .sorted(Comparator.comparing(
                                (Known other) -> other.key().parents().size())
                        .thenComparing(other -> other.key().resource())
                        .thenComparing(other -> String.join("/", other.key().parents()))
                        .thenComparing(other -> other.key().id()))
                .toList();
    }

    /** The 1:1 call, as it came. */
    Reply forward() {
        return forward(request.rawPath(), Headers.NONE, List.of());
    }

    /** The 1:1 call to a path, with other headers. */
    Reply forward(String path, Headers set, List<String> removed) {
        Headers headers = shown(request.headers(), CallerHeaders::isForwarded)
                .without(removed)
                .with(set);
        Call call = embedded.asked(new Call(method, path + query, headers, request.body()));
        return embedded.seen(call, call(call));
    }

    /** What the client may see of an item that is answered with, though it has not come by the 1:1 call. */
    Reply shown(Reply item) {
        return embedded.shown(item);
    }

    /** A call of the gateway's own, with the client's credentials. */
    Reply send(String method, String path, Headers headers, String body) {
        Headers caller = shown(request.headers(), CallerHeaders::isOfTheCaller);
        return call(new Call(method, path + query, caller.with(headers), body));
    }

    /** The query that is sent upstream, with its question mark, or empty. */
    String query() {
        return query;
    }

    /** A GET of the gateway's own with another query, which the client would have understood. */
    Reply getPage(String suffix) {
        Headers caller = shown(request.headers(), CallerHeaders::isOfTheCaller);
        Headers accept = Headers.of("Accept", request.headers().first("Accept").orElse("*/*"));
        return call(new Call("GET", request.rawPath() + suffix, caller.with(accept), Body.NONE));
    }

    Reply get(String path) {
        return send("GET", path, Headers.of("Accept", ACCEPTED), Body.NONE);
    }

    Reply write(String method, String path, String mediaType, String body, Headers more) {
        return send(
                method,
                path,
                Headers.of("Content-Type", mediaType).with("Accept", ACCEPTED).with(more),
                body);
    }

    private Reply call(Call call) {
        Reply reply = stage.upstream().answer(call);
        stage.exchanges().add(new Exchange(call, reply));
        return reply;
    }

    private static Headers shown(Headers headers, Predicate<String> which) {
        List<String> listed = headers.first("Connection").stream()
                .flatMap(CallerHeaders::listed)
                .toList();
        return headers.without(Stream.concat(headers.fields().keySet().stream().filter(which.negate()), listed.stream())
                .toList());
    }
}
