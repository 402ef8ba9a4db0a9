package dev.cenotaph.gateway.admin;

import dev.cenotaph.gateway.exchange.TrashFacts;
import dev.cenotaph.gateway.shadow.ShadowCounts;
import dev.cenotaph.gateway.shadow.ShadowCounts.Example;
import dev.cenotaph.gateway.shadow.ShadowCounts.Summary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/** {@code shadow}: what each policy in the mode {@code shadow} would have done. */
@WebEndpoint(id = "shadow")
public final class ShadowEndpoint {
    private final ShadowCounts counts;

    public ShadowEndpoint(ShadowCounts counts) {
        this.counts = counts;
    }

    @ReadOperation
    public WebEndpointResponse<Map<String, Object>> summaries() {
        List<Map<String, Object>> resources =
                counts.summaries().stream().map(ShadowEndpoint::document).toList();
        return AdminAnswer.of(200, Map.of("resources", resources));
    }

    private static Map<String, Object> document(Summary summary) {
        var operations = new LinkedHashMap<String, Object>();
        summary.counts().forEach((operation, outcomes) -> {
            var counted = new LinkedHashMap<String, Object>();
            outcomes.forEach((outcome, count) -> counted.put(outcome.name().toLowerCase(Locale.ROOT), count));
            operations.put(operation, counted);
        });
        List<Map<String, Object>> examples =
                summary.examples().stream().map(ShadowEndpoint::document).toList();
        var document = new LinkedHashMap<String, Object>();
        document.put("resource", summary.resource());
        document.put("since", TrashFacts.text(summary.since()));
        document.put("operations", operations);
        document.put("stripped_rows", summary.strippedRows());
        document.put("examples", examples);
        return document;
    }

    private static Map<String, Object> document(Example example) {
        var document = new LinkedHashMap<String, Object>();
        document.put("time", TrashFacts.text(example.time()));
        document.put("request", example.request());
        document.put("operation", example.operation());
        document.put("outcome", example.outcome().name().toLowerCase(Locale.ROOT));
        return document;
    }
}
