package dev.cenotaph.gateway.admin;

import dev.cenotaph.gateway.exchange.TrashFacts;
import dev.cenotaph.gateway.filter.PoliciesInForce;
import dev.cenotaph.gateway.reload.PolicyReload;
import dev.cenotaph.gateway.reload.Report;
import dev.cenotaph.policy.PolicyFile;
import dev.cenotaph.policy.PolicyProblem;
import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.ResourcePolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/** {@code policies}: what is in force, what came of the last look at the files, and a look now. */
@WebEndpoint(id = "policies")
public final class PoliciesEndpoint {
    private final PoliciesInForce policies;
    private final PolicyReload reload;

    public PoliciesEndpoint(PoliciesInForce policies, PolicyReload reload) {
        this.policies = policies;
        this.reload = reload;
    }

    @ReadOperation
    public WebEndpointResponse<Map<String, Object>> standing() {
        return AdminAnswer.of(200, document(reload.last()));
    }

    /** 200 where the files are in force then, 409 where they are not. */
    @WriteOperation
    public WebEndpointResponse<Map<String, Object>> reload() throws InterruptedException {
        Report report = reload.look();
        return AdminAnswer.of(report.outcome().isGood() ? 200 : 409, document(report));
    }

    private Map<String, Object> document(Report report) {
        PolicySet set = policies.get().set();
        var document = new LinkedHashMap<String, Object>();
        document.put("version", set.version());
        document.put("since", TrashFacts.text(policies.since()));
        document.put("path", reload.path().toString());
        document.put(
                "files", set.files().stream().map(PoliciesEndpoint::document).toList());
        document.put("last", last(report));
        return document;
    }

    private static Map<String, Object> document(PolicyFile file) {
        var resources = new LinkedHashMap<String, Object>();
        for (ResourcePolicy policy : file.resources()) {
            resources.put(policy.name(), policy.mode().name().toLowerCase(Locale.ROOT));
        }
        var document = new LinkedHashMap<String, Object>();
        document.put("name", file.name());
        document.put("upstream", file.upstream().toString());
        document.put("resources", resources);
        return document;
    }

    private static Map<String, Object> last(Report report) {
        var document = new LinkedHashMap<String, Object>();
        document.put("time", TrashFacts.text(report.time()));
        document.put("outcome", report.outcome().name().toLowerCase(Locale.ROOT));
        document.put("version", report.version());
        List<Map<String, Object>> problems =
                report.problems().stream().map(PoliciesEndpoint::document).toList();
        document.put("problems", problems);
        return document;
    }

    private static Map<String, Object> document(PolicyProblem problem) {
        var document = new LinkedHashMap<String, Object>();
        document.put("at", problem.file() + ":" + problem.line() + ":" + problem.column());
        document.put("code", problem.code());
        document.put("what", problem.what());
        document.put("mend", problem.mend());
        return document;
    }
}
