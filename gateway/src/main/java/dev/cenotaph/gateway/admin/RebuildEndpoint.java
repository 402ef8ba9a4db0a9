package dev.cenotaph.gateway.admin;

import dev.cenotaph.gateway.admin.GovernedPaths.Collection;
import dev.cenotaph.gateway.exchange.TrashFacts;
import dev.cenotaph.gateway.rebuild.Rebuild;
import dev.cenotaph.gateway.rebuild.Rebuild.Start;
import dev.cenotaph.gateway.tombstone.RebuildProgress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/** {@code rebuild}: of a collection's index, begun, watched and stopped; collections are named by their paths. */
@WebEndpoint(id = "rebuild")
public final class RebuildEndpoint {
    private final Rebuild rebuild;
    private final GovernedPaths paths;

    public RebuildEndpoint(Rebuild rebuild, GovernedPaths paths) {
        this.rebuild = rebuild;
        this.paths = paths;
    }

    /** How far one has come, or all. */
    @ReadOperation
    public WebEndpointResponse<Map<String, Object>> progress(@Nullable String collection) {
        if (collection != null) {
            return of(
                    collection,
                    found -> answer(rebuild.progress(found.policy(), found.parents()), "It was never rebuilt."));
        }
        List<Map<String, Object>> all =
                rebuild.all().stream().map(this::document).toList();
        return AdminAnswer.of(200, Map.of("rebuilds", all));
    }

    @WriteOperation
    public WebEndpointResponse<Map<String, Object>> begin(String collection) {
        return of(collection, found -> switch (rebuild.begin(found.policy(), found.parents())) {
            case Start.Started started -> AdminAnswer.of(202, document(started.progress()));
            case Start.Busy busy ->
                AdminAnswer.problem(409, "rebuild-running", "A rebuild of this resource is under way.");
            case Start.NoCredentials none ->
                AdminAnswer.problem(
                        409,
                        "no-credentials",
                        "cenotaph.credentials has no entry for "
                                + found.policy().upstream() + ".");
            case Start.NothingToLearn none ->
                AdminAnswer.problem(
                        409,
                        "nothing-to-learn",
                        "The trash of this resource is in our store alone; no list of the upstream tells of it.");
        });
    }

    @DeleteOperation
    public WebEndpointResponse<Map<String, Object>> stop(String collection) {
        return of(
                collection,
                found -> answer(rebuild.stop(found.policy(), found.parents()), "No rebuild of it is under way."));
    }

    private WebEndpointResponse<Map<String, Object>> of(
            String path, Function<Collection, WebEndpointResponse<Map<String, Object>>> answer) {
        return paths.collection(path)
                .map(answer)
                .orElseGet(() -> AdminAnswer.problem(
                        404, "unknown-collection", "This is not the path of a collection that a policy governs."));
    }

    private WebEndpointResponse<Map<String, Object>> answer(Optional<RebuildProgress> progress, String otherwise) {
        return progress.map(known -> AdminAnswer.of(200, document(known)))
                .orElseGet(() -> AdminAnswer.problem(404, "no-rebuild", otherwise));
    }

    private Map<String, Object> document(RebuildProgress progress) {
        var document = new LinkedHashMap<String, Object>();
        document.put("collection", paths.path(progress.resource(), progress.parents()));
        document.put("state", progress.state().name().toLowerCase(Locale.ROOT));
        document.put("pages", progress.seen().pages());
        document.put("trashed", progress.seen().trashed());
        document.put("live", progress.seen().live());
        document.put("unreadable", progress.seen().unreadable());
        document.put("learned", progress.seen().learned());
        progress.nextPage().ifPresent(page -> document.put("next_page", page));
        progress.failure().ifPresent(why -> document.put("failure", why));
        document.put("started", TrashFacts.text(progress.startTime()));
        document.put("changed", TrashFacts.text(progress.changeTime()));
        return document;
    }
}
