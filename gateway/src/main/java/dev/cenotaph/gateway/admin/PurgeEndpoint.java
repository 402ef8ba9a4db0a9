package dev.cenotaph.gateway.admin;

import dev.cenotaph.gateway.exchange.TrashFacts;
import dev.cenotaph.gateway.purge.Purge;
import dev.cenotaph.gateway.purge.PurgeReport;
import dev.cenotaph.gateway.purge.PurgeReport.Obstacle;
import dev.cenotaph.gateway.purge.PurgeReport.OfResource;
import dev.cenotaph.gateway.purge.PurgeReport.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/** {@code purge}: what is due, a run now, a dry run, and the word that a backlog is meant to be so large. */
@WebEndpoint(id = "purge")
public final class PurgeEndpoint {
    private final Purge purge;

    public PurgeEndpoint(Purge purge) {
        this.purge = purge;
    }

    @ReadOperation
    public WebEndpointResponse<Map<String, Object>> standing() {
        var document = new LinkedHashMap<String, Object>();
        document.put("now", document(purge.look()));
        purge.lastRun().ifPresent(run -> document.put("last_run", document(run)));
        return AdminAnswer.of(200, document);
    }

    @WriteOperation
    public WebEndpointResponse<Map<String, Object>> run() {
        return purge.run()
                .map(report -> AdminAnswer.of(200, document(report)))
                .orElseGet(() -> AdminAnswer.problem(409, "purge-running", "Another run is under way."));
    }

    @WriteOperation
    public WebEndpointResponse<Map<String, Object>> act(@Selector String action) {
        return action.equals("dry-run") ? AdminAnswer.of(200, document(purge.look())) : unknown();
    }

    @WriteOperation
    public WebEndpointResponse<Map<String, Object>> confirm(
            @Selector String action, @Selector String resource, @Selector long due) {
        if (!action.equals("confirm")) {
            return unknown();
        }
        if (due < 1) {
            return AdminAnswer.problem(400, "invalid-count", "Confirm at least 1 due item.");
        }
        return purge.confirm(resource, due)
                ? AdminAnswer.of(200, document(purge.look()))
                : AdminAnswer.problem(404, "no-retention", "No resource with a retention has this name.");
    }

    private static WebEndpointResponse<Map<String, Object>> unknown() {
        return AdminAnswer.problem(
                404, "unknown-action", "POST to purge, to purge/dry-run, or to purge/confirm/{resource}/{due}.");
    }

    private static Map<String, Object> document(PurgeReport report) {
        var document = new LinkedHashMap<String, Object>();
        document.put("time", TrashFacts.text(report.time()));
        document.put("dry_run", !report.done());
        List<Map<String, Object>> resources =
                report.resources().stream().map(PurgeEndpoint::document).toList();
        document.put("resources", resources);
        return document;
    }

    private static Map<String, Object> document(OfResource resource) {
        var document = new LinkedHashMap<String, Object>();
        document.put("resource", resource.resource());
        document.put("state", resource.obstacle().map(PurgeEndpoint::state).orElse("ready"));
        resource.obstacle().ifPresent(obstacle -> document.put("detail", obstacle.why()));
        document.put("due", resource.backlog().due());
        document.put("on_hold", resource.backlog().held());
        document.put("waiting", resource.backlog().waiting());
        document.put("with_purge_time", resource.backlog().all());
        document.put("next", resource.next());
        for (Outcome outcome : Outcome.values()) {
            if (resource.count(outcome) > 0) {
                document.put(outcome.name().toLowerCase(Locale.ROOT), resource.count(outcome));
            }
        }
        if (!resource.failures().isEmpty()) {
            document.put("failures", resource.failures());
        }
        return document;
    }

    private static String state(Obstacle obstacle) {
        return switch (obstacle) {
            case Obstacle.NoCredentials none -> "no-credentials";
            case Obstacle.Implausible stopped -> "stopped";
        };
    }
}
