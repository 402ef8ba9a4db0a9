package dev.cenotaph.gateway.admin;

import dev.cenotaph.gateway.exchange.TrashFacts;
import dev.cenotaph.gateway.tombstone.Hold;
import dev.cenotaph.gateway.tombstone.Holds;
import dev.cenotaph.gateway.tombstone.Trace;
import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.match.ItemKey;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/** {@code holds}: set, lifted, looked up and listed; items are named by their paths. */
@WebEndpoint(id = "holds")
public final class HoldsEndpoint {
    private static final int LISTED = 1_000;
    private static final int LONGEST_REASON = 1_000;

    private final Holds holds;
    private final GovernedPaths paths;
    private final Supplier<PolicySet> policies;

    public HoldsEndpoint(Holds holds, GovernedPaths paths, Supplier<PolicySet> policies) {
        this.holds = holds;
        this.paths = paths;
        this.policies = policies;
    }

    /** The hold of an item, or the holds of a resource. */
    @ReadOperation
    public WebEndpointResponse<Map<String, Object>> find(@Nullable String item, @Nullable String resource) {
        if (item != null) {
            return ofItem(
                    item,
                    key -> holds.find(key)
                            .blockOptional()
                            .map(hold -> AdminAnswer.of(200, document(hold)))
                            .orElseGet(HoldsEndpoint::noHold));
        }
        if (resource == null) {
            return AdminAnswer.problem(400, "missing-parameter", "Name an item by its path, or a resource.");
        }
        if (!paths.hasResource(resource)) {
            return AdminAnswer.problem(404, "unknown-resource", "No policy has a resource of this name.");
        }
        List<Map<String, Object>> found = holds.list(resource, LISTED).blockOptional().orElseThrow().stream()
                .map(this::document)
                .toList();
        return AdminAnswer.of(200, Map.of("holds", found));
    }

    /**
     * Sets a hold.
     *
     * @param actor who asks for it, where the host does not know
     */
    @WriteOperation
    public WebEndpointResponse<Map<String, Object>> set(
            SecurityContext security, String item, String reason, @Nullable String actor) {
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            return AdminAnswer.problem(
                    400, "invalid-reason", "A hold has a reason of at most " + LONGEST_REASON + " characters.");
        }
        return ofItem(
                item,
                key -> holds.set(key, reason, trace(security, actor))
                        .blockOptional()
                        .map(hold -> AdminAnswer.of(200, document(hold)))
                        .orElseGet(() -> AdminAnswer.problem(
                                409, "deletion-in-progress", "The item is being deleted for good at this moment.")));
    }

    /** Lifts a hold. */
    @DeleteOperation
    public WebEndpointResponse<Map<String, Object>> lift(
            SecurityContext security, String item, @Nullable String actor) {
        return ofItem(
                item,
                key -> holds.lift(key, trace(security, actor))
                        .blockOptional()
                        .map(hold -> AdminAnswer.of(200, document(hold)))
                        .orElseGet(HoldsEndpoint::noHold));
    }

    private WebEndpointResponse<Map<String, Object>> ofItem(
            String path, Function<ItemKey, WebEndpointResponse<Map<String, Object>>> answer) {
        return paths.item(path)
                .map(answer)
                .orElseGet(() -> AdminAnswer.problem(
                        404, "unknown-item", "This is not the path of an item that a policy governs."));
    }

    private static WebEndpointResponse<Map<String, Object>> noHold() {
        return AdminAnswer.problem(404, "no-hold", "The item is not on hold.");
    }

    private Trace trace(SecurityContext security, @Nullable String named) {
        Optional<String> known = Optional.ofNullable(security.getPrincipal()).map(Principal::getName);
        return new Trace(
                known.or(() -> Optional.ofNullable(named)),
                "admin-" + UUID.randomUUID(),
                policies.get().version());
    }

    private Map<String, Object> document(Hold hold) {
        var document = new LinkedHashMap<String, Object>();
        document.put("item", paths.path(hold.key()));
        document.put("reason", hold.reason());
        hold.actor().ifPresent(actor -> document.put("actor", actor));
        document.put("since", TrashFacts.text(hold.since()));
        return document;
    }
}
