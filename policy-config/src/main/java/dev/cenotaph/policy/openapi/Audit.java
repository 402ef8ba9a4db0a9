package dev.cenotaph.policy.openapi;

import dev.cenotaph.policy.Mode;
import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.PathReading;
import dev.cenotaph.policy.match.PathReading.Ambiguous;
import dev.cenotaph.policy.match.PathReading.Governed;
import dev.cenotaph.policy.match.PathReading.Ungoverned;
import dev.cenotaph.policy.match.ResourceMatch;
import dev.cenotaph.policy.match.ResourceMatch.Target;
import dev.cenotaph.policy.openapi.AuditFinding.Code;
import dev.cenotaph.policy.operation.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds an API against policies: what deletes for good all the same, and what shows trashed items all the same. */
public final class Audit {
    private static final int MOST_TOLD = 3;

    private final OpenApiDocument document;
    private final Api api;
    private final PolicySet policies;
    private final Readings readings;
    private final GovernedKinds kinds;
    private final Map<ApiOperation, List<String>> embedded = new LinkedHashMap<>();
    private final List<AuditFinding> findings = new ArrayList<>();

    private Audit(OpenApiDocument document, PolicySet policies, Api api) {
        this.document = document;
        this.policies = policies;
        this.api = api;
        readings = new Readings(api, policies);
        kinds = new GovernedKinds(api, policies, readings);
    }

    /** Everything that was found, in the order of the document; what is about policies alone comes last. */
    public static List<AuditFinding> of(OpenApiDocument document, PolicySet policies) {
        return of(document, policies, new Api(document));
    }

    static List<AuditFinding> of(OpenApiDocument document, PolicySet policies, Api api) {
        var audit = new Audit(document, policies, api);
        audit.unreadPaths();
        audit.api.operations(HttpMethod.DELETE).forEach(audit::delete);
        DisguisedDeletes.in(audit.api).forEach(audit::disguised);
        audit.collisions();
        audit.sightings();
        audit.findings.sort(Comparator.comparingInt(AuditFinding::line));
        audit.unmatchedPolicies();
        return List.copyOf(audit.findings);
    }

    private void unreadPaths() {
        for (UnreadPath path : api.unreadPaths()) {
            var at = document.position(path.text(), "$ref");
            findings.add(new AuditFinding(
                    Code.UNREAD_PATH,
                    document.file(),
                    at.line(),
                    at.column(),
                    "",
                    path.text(),
                    Words.inLine(path.why()),
                    path.mend()));
        }
    }

    private void delete(ApiOperation delete) {
        switch (readings.of(delete.path())) {
            case Ungoverned ungoverned -> ungoverned(delete);
            case Ambiguous ambiguous ->
                tell(
                        Code.REFUSED_PATH,
                        delete,
                        "The gateway refuses this path with 400, for the sake of `" + ambiguous.resource() + "`. "
                                + ambiguous.why(),
                        "Write the path of the policy as the API has it.");
            case Governed governed -> governed(delete, governed);
        }
    }

    private void ungoverned(ApiOperation delete) {
        String why = idle(delete.path())
                .map(policy -> "The policy `" + policy.name() + "` is "
                        + (policy.mode() == Mode.SHADOW ? "in shadow" : "off") + ": this DELETE is a hard one.")
                .orElse("No policy governs this DELETE: it is a hard one.");
        tell(Code.UNGOVERNED_DELETE, delete, why, "Write a policy for it; `init` drafts one.");
    }

    /** A policy that would govern a path if its mode let it. */
    private Optional<ResourcePolicy> idle(ApiPath path) {
        return policies.resources().stream()
                .filter(policy -> !policy.mode().acts())
                .filter(policy -> path.template()
                        .map(Candidates::shape)
                        .filter(Candidates.shape(policy.item())::equals)
                        .isPresent())
                .findFirst();
    }

    private void governed(ApiOperation delete, Governed governed) {
        String policy = "`" + governed.match().policy().name() + "`";
        Target target = governed.match().target();
        switch (Readings.operation(governed, "DELETE")) {
            case Operation.Refused refused ->
                tell(
                        Code.REFUSED_DELETE,
                        delete,
                        "The gateway answers " + refused.refusal().status() + ", under the policy " + policy + ".",
                        mend(target, delete, governed));
            case Operation.PermanentDelete permanent ->
                tell(
                        Code.REAL_DELETE,
                        delete,
                        "The policy " + policy + " lets this DELETE stay a hard one.",
                        "Remove `answers.delete: pass`.");
            case Operation.Pass pass -> {
                if (target instanceof Target.Collection) {
                    tell(
                            Code.REAL_DELETE,
                            delete,
                            "The policy " + policy + " lets the DELETE of the whole collection through.",
                            "Remove `collection-delete: pass`.");
                }
            }
            default -> {}
        }
    }

    private static String mend(Target target, ApiOperation delete, Governed governed) {
        if (target instanceof Target.Collection) {
            return "That is meant to be so; `collection-delete: pass` would let it through.";
        }
        if (target instanceof Target.BelowItem) {
            return "Write a policy of its own for it; or `unlink: [\""
                    + delete.path().whole() + "\"]` if it deletes no item.";
        }
        return "Write a policy of its own for it, or widen the `id-pattern` of `"
                + governed.match().policy().name() + "`.";
    }

    private void disguised(ApiOperation operation) {
        tell(
                Code.DISGUISED_DELETE,
                operation,
                "It deletes by its name, and the gateway lets it through.",
                "Keep clients from it, or let the upstream mark there what it would delete.");
    }

    private void collisions() {
        for (ApiPath path : api.paths()) {
            readings.governed(path)
                    .map(governed -> governed.match().policy())
                    .filter(policy -> policy.mode().acts())
                    .ifPresent(policy -> path.operations().forEach(operation -> collisions(operation, policy)));
        }
    }

    private void collisions(ApiOperation operation, ResourcePolicy policy) {
        ParameterCollisions.of(operation, policy, api)
                .forEach(name -> tell(
                        Code.PARAMETER_COLLISION,
                        operation,
                        "The API has a parameter `" + name + "`, which the policy `" + policy.name()
                                + "` takes for its own: it never reaches the upstream.",
                        "Give ours another name, in `trash`, `permanent` or `answers.allow-missing`."));
    }

    private void sightings() {
        var sightings = new Sightings(api);
        kinds.byPolicy()
                .forEach((policy, wanted) -> sightings
                        .of(wanted)
                        .forEach(sighting -> sighting(sighting.get(), policy, showing(sighting, wanted))));
        embedded();
    }

    private static Map<SeenArray, Place> showing(Sightings.Sighting sighting, Set<String> wanted) {
        var shows = new LinkedHashMap<SeenArray, Place>();
        sighting.arrays().forEach(array -> array.rowOf(wanted).ifPresent(row -> shows.put(array, row)));
        return shows;
    }

    private void sighting(ApiOperation get, ResourcePolicy policy, Map<SeenArray, Place> shows) {
        Optional<Governed> governed = readings.governed(get.path());
        Optional<Operation.ReadList> list = governed.map(its -> Readings.operation(its, "GET"))
                .filter(Operation.ReadList.class::isInstance)
                .map(Operation.ReadList.class::cast);
        var left = new LinkedHashMap<>(shows);
        // Whichever policy filters an array: what is composed of another resource's item is no item of that as well.
        list.ifPresent(its -> left.entrySet().removeIf(show -> isFiltered(its, show.getKey(), show.getValue())));
        if (left.isEmpty()) {
            return;
        }
        Optional<Operation.ReadList> filtered = list.filter(
                its -> governed.map(Governed::match).map(ResourceMatch::policy).equals(Optional.of(policy)));
        SeenArray first = left.keySet().iterator().next();
        String more = left.size() == 1 ? "" : ", and in " + (left.size() - 1) + " more places";
        if (filtered.isPresent() && left.size() == shows.size()) {
            tell(
                    Code.ITEMS_ELSEWHERE,
                    get,
                    "It shows items of `" + policy.name() + "` in " + first.words() + more
                            + ", and the policy looks for them in `"
                            + filtered.get().items() + "`.",
                    "Write `items: " + Yaml.pointer(first.place()) + "`.");
        } else if (first.pointed() && filtered.isEmpty() && !get.path().endsInVariable()) {
            tell(
                    Code.UNFILTERED_LIST,
                    get,
                    "It shows items of `" + policy.name() + "` in " + first.words() + more
                            + ", the trashed among them.",
                    view(get, policy, first, left.getOrDefault(first, Place.ROOT)));
        } else if (!isEmbedded(policy, get.path())) {
            embedded.computeIfAbsent(get, its -> new ArrayList<>())
                    .add("items of `" + policy.name() + "` in " + first.words() + more);
        }
    }

    /** One finding for a GET, however many resources it shows. */
    private void embedded() {
        embedded.forEach((get, shown) -> {
            String most = shown.stream().limit(MOST_TOLD).collect(Collectors.joining("; "));
            String rest = shown.size() <= MOST_TOLD ? "" : "; and of " + (shown.size() - MOST_TOLD) + " more resources";
            tell(
                    Code.EMBEDDED_ITEMS,
                    get,
                    "It shows " + most + rest + ", the trashed among them.",
                    "Name the place under `embedded` in their policies, or let the upstream leave them out.");
        });
    }

    /** Whether the policy says what becomes of its items in this answer. */
    private static boolean isEmbedded(ResourcePolicy policy, ApiPath path) {
        return policy.embedded().stream()
                .map(embedded -> Candidates.shape(embedded.path()))
                .anyMatch(shape -> path.template()
                        .map(Candidates::shape)
                        .filter(shape::equals)
                        .isPresent());
    }

    private static boolean isFiltered(Operation.ReadList list, SeenArray array, Place row) {
        return array.pointed()
                && list.items().equals(array.place())
                && list.row().equals(row);
    }

    private String view(ApiOperation get, ResourcePolicy policy, SeenArray array, Place row) {
        boolean sayable = get.path()
                        .template()
                        .filter(template -> policy.path().variables().containsAll(template.variables()))
                        .isPresent()
                && readings.of(get.path()) instanceof Ungoverned;
        String items = array.at().isEmpty() ? "" : ", items: " + Yaml.pointer(array.place());
        String rows = row.isRoot() ? "" : ", row: " + Yaml.pointer(row);
        return sayable
                ? "Write `views: [{ path: " + Yaml.quoted(get.path().whole()) + items + rows + " }]` in `"
                        + policy.name() + "`."
                : "No view can name this path: let the upstream leave them out.";
    }

    private void unmatchedPolicies() {
        for (ResourcePolicy policy : policies.resources()) {
            boolean matched = !policy.mode().acts()
                    || api.paths().stream().map(readings::of).anyMatch(reading -> isOf(reading, policy));
            if (!matched) {
                findings.add(new AuditFinding(
                        Code.UNMATCHED_POLICY,
                        document.file(),
                        1,
                        1,
                        "",
                        policy.item().text(),
                        "The policy `" + policy.name() + "` governs paths that this API does not have.",
                        "Compare its `path` and `item` with the document, the path of its `servers` included."));
            }
        }
    }

    private static boolean isOf(PathReading reading, ResourcePolicy policy) {
        return reading instanceof Governed governed
                && governed.match().policy().equals(policy)
                && (governed.match().target() instanceof Target.Item
                        || governed.match().target() instanceof Target.Collection);
    }

    private void tell(Code code, ApiOperation operation, String what, String mend) {
        var at = document.position(operation.path().text(), operation.name().toLowerCase(Locale.ROOT));
        findings.add(new AuditFinding(
                code,
                document.file(),
                at.line(),
                at.column(),
                operation.name(),
                operation.path().text(),
                Words.inLine(what),
                Words.inLine(mend)));
    }
}
