package dev.cenotaph.policy.operation;

import dev.cenotaph.policy.Answers;
import dev.cenotaph.policy.CollectionDelete;
import dev.cenotaph.policy.Expansion;
import dev.cenotaph.policy.MethodOverride;
import dev.cenotaph.policy.Pages;
import dev.cenotaph.policy.Permanent;
import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.Trash;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.match.ResourceMatch;
import dev.cenotaph.policy.match.ResourceMatch.Target;
import dev.cenotaph.policy.match.ResourceMatch.Target.Many.Change;
import dev.cenotaph.policy.operation.Operation.Grant;
import dev.cenotaph.policy.operation.Operation.Revival;
import dev.cenotaph.policy.paging.PageFilling;
import dev.cenotaph.policy.paging.PageFilling.Extent;
import dev.cenotaph.policy.paging.PageSeal;
import dev.cenotaph.policy.paging.RawQuery;
import dev.cenotaph.policy.paging.Resumption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Turns a matched request into one operation. */
public final class OperationClassifier {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE");
    private static final String PAGE_SIZE = "page_size";
    private static final String PAGE_TOKEN = "page_token";
    private static final Pattern REVISION = Pattern.compile("[1-9]\\d{0,9}");

    private OperationClassifier() {}

    /**
     * Classifies a request.
     *
     * @param bodyOverrides methods that the request's body names, as a form's {@code _method} does
     */
    public static Classified classify(ResourceMatch match, RequestLine request, List<String> bodyOverrides) {
        var query = new QueryParameters(request.query());
        try {
            return new Request(match, request, query, bodyOverrides).classified();
        } catch (InvalidParameterException e) {
            Refusal refusal = Refusal.badRequest("invalid-parameter", e.detail());
            return new Classified(new Operation.Refused(refusal), request.method(), request.query());
        }
    }

    /** The DELETE of one of many items, as the DELETE of it alone would be. */
    public static Operation deleteOfOne(ResourceMatch match, ItemKey key, boolean permanent, boolean allowMissing) {
        var line = new RequestLine("DELETE", Optional.empty(), List.of(), name -> List.of());
        return new Request(match, line, new QueryParameters(Optional.empty()), List.of())
                .item(key, "DELETE", new Asked(TrashScope.EXCLUDE, permanent, allowMissing));
    }

    /** What the parameters that are ours ask for. */
    private record Asked(TrashScope scope, boolean permanent, boolean allowMissing) {}

    private record Request(ResourceMatch match, RequestLine line, QueryParameters query, List<String> bodyOverrides) {

        Classified classified() {
            List<String> overrides = new ArrayList<>(MethodOverrides.named(line, query));
            overrides.addAll(bodyOverrides);
            Optional<Refusal> refusal = refusal(overrides);
            if (refusal.isPresent()) {
                return new Classified(new Operation.Refused(refusal.get()), line.method(), line.query());
            }
            String method =
                    overrides.isEmpty() ? line.method() : overrides.getFirst().toUpperCase(Locale.ROOT);
            TrashScope scope = scope();
            boolean permanent = query.strictFlag(List.of(policy().permanent().parameter()));
            boolean allowMissing = query.strictFlag(policy().answers().allowMissing());
            var asked = new Asked(scope, permanent, allowMissing);
            Operation operation = operation(match.target(), method, asked);
            return new Classified(operation, method, onward(method, listScope(scope)));
        }

        /** The query that goes upstream. */
        private Optional<String> onward(String method, TrashScope scope) {
            Optional<String> kept = query.without(ours(method));
            boolean filtered = isFiltered(method, scope);
            return filtered
                    ? Optional.of(RawQuery.of(kept).withMissing(pages().query()).text())
                    : kept;
        }

        /** Whether the policy's own filter is sent along. */
        private boolean isFiltered(String method, TrashScope scope) {
            return !pages().query().isEmpty()
                    && scope == TrashScope.EXCLUDE
                    && match.target() instanceof Target.Collection
                    && (method.equals("GET") || method.equals("HEAD"));
        }

        private Optional<Refusal> refusal(List<String> overrides) {
            if (!overrides.isEmpty() && policy().override() == MethodOverride.REFUSE) {
                return Optional.of(Refusal.badRequest(
                        "method-override", "This resource takes no method override; send the method itself."));
            }
            if (new HashSet<>(overrides).size() > 1) {
                return Optional.of(
                        Refusal.badRequest("method-override", "The method overrides name different methods."));
            }
            String method =
                    overrides.isEmpty() ? line.method() : overrides.getFirst().toUpperCase(Locale.ROOT);
            if (!METHODS.contains(method)) {
                return Optional.of(Refusal.methodNotAllowed(
                        "The method is unknown here. Methods are case-sensitive (RFC 9110 §9.1).",
                        "GET",
                        "HEAD",
                        "OPTIONS",
                        "PUT",
                        "PATCH",
                        "POST",
                        "DELETE"));
            }
            if (line.header().apply("Upgrade").stream().anyMatch(Request::leavesHttp)) {
                return Optional.of(Refusal.badRequest("upgrade", "This resource takes no protocol upgrade."));
            }
            return Optional.empty();
        }

        // RFC 9110 §7.8: an upgrade may be ignored. Java's own client offers h2c with every request.
        private static boolean leavesHttp(String upgrade) {
            return Arrays.stream(upgrade.split(","))
                    .map(String::strip)
                    .anyMatch(protocol -> !protocol.equalsIgnoreCase("h2c"));
        }

        private TrashScope scope() {
            boolean include = query.strictFlag(policy().trash().include());
            boolean only = query.strictFlag(policy().trash().only());
            if (only) {
                return TrashScope.ONLY;
            }
            return include ? TrashScope.INCLUDE : TrashScope.EXCLUDE;
        }

        private List<String> ours(String method) {
            var names = new ArrayList<String>(policy().trash().include());
            names.addAll(policy().trash().only());
            names.add(policy().permanent().parameter());
            names.addAll(policy().answers().allowMissing());
            if (match.target() instanceof Target.Revisions) {
                names.add(PAGE_SIZE);
                names.add(PAGE_TOKEN);
            }
            if (policy().override() == MethodOverride.APPLY) {
                names.add(MethodOverrides.PARAMETER);
            }
            if (pages().refills()) {
                names.add(Pages.PARAMETER);
            }
            if (expands() && match.target() instanceof Target.Collection && method.equals("DELETE")) {
                names.addAll(policy().expansion().ids());
            }
            return names;
        }

        private boolean expands() {
            return policy().collectionDelete() == CollectionDelete.EXPAND;
        }

        private Operation operation(Target target, String method, Asked asked) {
            if (method.equals("OPTIONS")) {
                return new Operation.Preflight();
            }
            return switch (target) {
                case Target.Collection collection -> collection(collection, method, asked);
                case Target.Item item -> item(item.key(), method, asked);
                case Target.BelowItem below -> below(method, asked.scope());
                case Target.BelowCollection below -> below(method, asked.scope());
                case Target.Unlink unlink -> new Operation.Pass(readScope(method, asked.scope()));
                case Target.TrashCollection trash -> trash(trash, method);
                case Target.TrashItem item -> trashItem(item, method);
                case Target.Restore restore ->
                    method.equals("POST")
                            ? new Operation.Restore(restore.key(), restore.path(), false)
                            : operation(restore.otherwise(), method, asked);
                case Target.Many many -> many(many, method, asked);
                case Target.ManyJob job -> job(job, method);
                case Target.Snapshots snapshots -> snapshots(snapshots, method);
                case Target.Revisions revisions -> revisions(revisions, method, asked.scope());
                case Target.Revision revision -> revision(revision, method, asked.scope());
                case Target.Shown shown -> shown(shown, method, asked.scope());
            };
        }

        private Operation collection(Target.Collection collection, String method, Asked asked) {
            TrashScope scope = asked.scope();
            return switch (method) {
                case "GET" -> readList(collection, method, listScope(scope));
                case "HEAD" ->
                    // Its headers may count, as those of a GET do.
                    pages().total().isEmpty()
                            ? new Operation.Pass(scope)
                            : readList(collection, method, listScope(scope));
                case "POST" -> new Operation.Create(collection.parents());
                case "DELETE" -> deleteMany(collection.parents(), expands() ? ids() : List.of(), asked);
                default -> new Operation.Pass(readScope(method, scope));
            };
        }

        /** Lists may be asked for trash in the upstream's own words, too. */
        private TrashScope listScope(TrashScope asked) {
            return query.holdsOneOf(policy().trash().onlyWhen()) ? TrashScope.ONLY : asked;
        }

        private Operation readList(Target.Collection collection, String method, TrashScope scope) {
            return new Operation.ReadList(
                    policy().list().items(),
                    policy().list().row(),
                    collection.parents(),
                    scope,
                    turn(collection, method, scope));
        }

        private PageTurn turn(Target.Collection collection, String method, TrashScope scope) {
            if (pages().areAsTheyCome()) {
                return PageTurn.ELSEWHERE;
            }
            RawQuery kept = RawQuery.of(query.without(ours(method)));
            Optional<Resumption> resumption = resumption(collection, kept);
            Set<String> paging =
                    pages().paging().map(by -> Set.copyOf(by.parameters())).orElse(Set.of());
            Extent extent = scope == TrashScope.EXCLUDE
                    ? PageFilling.extent(pages(), kept, resumption.isPresent())
                    : Extent.NONE;
            boolean filtered = isFiltered(method, scope);
            boolean ownFilter = filtered && pages().query().keySet().stream().noneMatch(kept::hasInAnyCase);
            return new PageTurn(extent, resumption, !filtered && kept.hasOnly(paging), ownFilter);
        }

        private Optional<Resumption> resumption(Target.Collection collection, RawQuery kept) {
            List<String> given = pages().refills() ? query.valuesIgnoringCase(Pages.PARAMETER) : List.of();
            if (given.isEmpty()) {
                return Optional.empty();
            }
            var seal = new PageSeal(policy().name(), collection.parents());
            Optional<Resumption> read =
                    given.size() == 1 ? Resumption.read(given.getFirst(), seal, kept) : Optional.empty();
            if (read.isEmpty()) {
                throw new InvalidParameterException("The parameter " + Pages.PARAMETER
                        + " is none that we gave for this list and this query; follow the links as they are, or leave it"
                        + " out for the first page.");
            }
            return read;
        }

        private Pages pages() {
            return policy().list().pages();
        }

        private Operation deleteMany(List<String> parents, List<String> ids, Asked asked) {
            return switch (policy().collectionDelete()) {
                case REFUSE -> refused("The whole collection cannot be deleted.", "GET", "HEAD", "OPTIONS", "POST");
                case PASS -> new Operation.Pass(TrashScope.EXCLUDE);
                case EXPAND ->
                    asked.permanent() && policy().permanent().allow() == Permanent.Allow.NEVER
                            ? permanentDeleteForbidden()
                            : new Operation.ChangeMany(
                                    Change.DELETE, parents, ids, asked.permanent(), asked.allowMissing());
            };
        }

        private Operation many(Target.Many many, String method, Asked asked) {
            if (!method.equals("POST")) {
                return many.change() == Change.DELETE && !method.equals("DELETE")
                        ? new Operation.Pass(readScope(method, asked.scope()))
                        : refused("Many items are changed here, by a POST that names them.", "OPTIONS", "POST");
            }
            return switch (many.change()) {
                case DELETE ->
                    policy().collectionDelete() == CollectionDelete.REFUSE
                            ? refused("Many items cannot be deleted in one request.", "OPTIONS")
                            : deleteMany(many.parents(), List.of(), asked);
                case RESTORE -> new Operation.ChangeMany(Change.RESTORE, many.parents(), List.of(), false, false);
                case PURGE ->
                    policy().permanent().allow() == Permanent.Allow.NEVER
                            ? permanentDeleteForbidden()
                            : new Operation.ChangeMany(Change.PURGE, many.parents(), List.of(), true, false);
            };
        }

        private Operation job(Target.ManyJob job, String method) {
            return switch (method) {
                case "GET", "HEAD" -> new Operation.Job(job.parents(), job.id(), false);
                case "POST" -> new Operation.Job(job.parents(), job.id(), true);
                default -> refused("The progress is read here.", "GET", "HEAD", "OPTIONS", "POST");
            };
        }

        /** The ids that a DELETE of the collection names in its query. */
        private List<String> ids() {
            Expansion expansion = policy().expansion();
            return query.list(expansion.ids(), expansion.separator());
        }

        private Operation item(ItemKey key, String method, Asked asked) {
            return switch (method) {
                case "GET", "HEAD" -> new Operation.ReadItem(key, asked.scope());
                case "DELETE" -> asked.permanent() ? permanentDelete(key) : delete(key, asked.allowMissing());
                default -> new Operation.WriteItem(key, revival(method, asked.scope()));
            };
        }

        private Revival revival(String method, TrashScope scope) {
            return switch (policy().trash().writes()) {
                case GONE -> Revival.NONE;
                case PUT -> method.equals("PUT") ? Revival.FIRST : Revival.NONE;
                case PATCH -> method.equals("PATCH") && scope.showsTrashed() ? Revival.ALONE : Revival.NONE;
            };
        }

        private Operation delete(ItemKey key, boolean allowMissing) {
            return policy().answers().delete() == Answers.Delete.PASS
                    ? new Operation.PermanentDelete(key, Grant.POLICY, Optional.empty())
                    : new Operation.SoftDelete(key, allowMissing);
        }

        private Operation permanentDelete(ItemKey key) {
            return switch (policy().permanent().allow()) {
                case ALWAYS -> new Operation.PermanentDelete(key, Grant.REQUESTED, Optional.empty());
                case TRASHED -> new Operation.PermanentDelete(key, Grant.REQUESTED_IF_TRASHED, Optional.empty());
                case NEVER -> permanentDeleteForbidden();
            };
        }

        private static Operation permanentDeleteForbidden() {
            return new Operation.Refused(new Refusal(
                    403,
                    "permanent-delete-forbidden",
                    "Items of this resource cannot be deleted for good.",
                    List.of()));
        }

        private Operation deleteInTrash(Target.TrashItem item) {
            return policy().permanent().allow() == Permanent.Allow.NEVER
                    ? permanentDeleteForbidden()
                    : new Operation.PermanentDelete(item.key(), Grant.REQUESTED_IF_TRASHED, Optional.of(item.path()));
        }

        private Operation below(String method, TrashScope scope) {
            return method.equals("DELETE")
                    ? refused(
                            "No rule lets a DELETE through here: it might delete for good.",
                            "GET",
                            "HEAD",
                            "OPTIONS",
                            "PUT",
                            "PATCH",
                            "POST")
                    : new Operation.Pass(readScope(method, scope));
        }

        private Operation trash(Target.TrashCollection trash, String method) {
            return switch (method) {
                case "GET", "HEAD" -> new Operation.ReadTrash(trash.parents(), pageSize(), pageToken());
                default -> refused("The trash is read here.", "GET", "HEAD", "OPTIONS");
            };
        }

        private Operation trashItem(Target.TrashItem item, String method) {
            return switch (method) {
                case "GET", "HEAD" -> new Operation.ReadTrashedItem(item.key(), item.path());
                case "PATCH" -> new Operation.Restore(item.key(), item.path(), true);
                case "DELETE" ->
                    policy().trash().delete() == Trash.Delete.PERMANENT ? deleteInTrash(item) : refusedInTrash();
                default -> refusedInTrash();
            };
        }

        private Operation refusedInTrash() {
            boolean deletes = policy().trash().delete() == Trash.Delete.PERMANENT;
            String detail =
                    "A trashed item is read here, or restored by a PATCH that clears its marker, where it has one."
                            + (deletes
                                    ? " A DELETE deletes it for good."
                                    : " To delete it for good, DELETE the item itself with ?"
                                            + policy().permanent().parameter() + "=true.");
            return deletes
                    ? refused(detail, "GET", "HEAD", "OPTIONS", "PATCH", "DELETE")
                    : refused(detail, "GET", "HEAD", "OPTIONS", "PATCH");
        }

        private Operation shown(Target.Shown shown, String method, TrashScope scope) {
            Place items = shown.view().items();
            return switch (method) {
                case "GET", "POST" ->
                    new Operation.ReadList(
                            items, shown.view().row(), shown.parents(), listScope(scope), PageTurn.ELSEWHERE);
                case "DELETE" -> refused("A view cannot be deleted.", "GET", "HEAD", "OPTIONS", "POST");
                default -> new Operation.Pass(readScope(method, scope));
            };
        }

        private Operation revisions(Target.Revisions of, String method, TrashScope scope) {
            return switch (method) {
                case "GET", "HEAD" -> new Operation.ReadRevisions(of.key(), of.path(), scope, pageSize(), pageToken());
                default -> refused("Revisions come of writing the item; they are read here.", "GET", "HEAD", "OPTIONS");
            };
        }

        private Operation snapshots(Target.Snapshots of, String method) {
            return switch (method) {
                case "GET", "HEAD" -> snapshotsPage(of);
                default ->
                    refused(
                            "Snapshots come of deleting the item; they are read here. To restore it, POST to …:restore.",
                            "GET",
                            "HEAD",
                            "OPTIONS");
            };
        }

        private Operation snapshotsPage(Target.Snapshots of) {
            pageSize();
            if (pageToken().isPresent()) {
                throw new InvalidParameterException(
                        "The parameter page_token is none that we gave: there is one page.");
            }
            return new Operation.ReadSnapshots(of.key(), of.path());
        }

        private Operation revision(Target.Revision of, String method, TrashScope scope) {
            if (!REVISION.matcher(of.number()).matches()) {
                return new Operation.Refused(
                        new Refusal(404, "no-such-revision", "The number of a revision is a whole one.", List.of()));
            }
            long number = Long.parseLong(of.number());
            return switch (method) {
                case "GET", "HEAD" -> new Operation.ReadRevision(of.key(), of.path(), number, scope);
                case "PATCH" -> new Operation.MakeCurrent(of.key(), of.path(), number);
                default ->
                    refused(
                            "A revision is read here, or made the current one by PATCH {\"is_current\": true}.",
                            "GET",
                            "HEAD",
                            "OPTIONS",
                            "PATCH");
            };
        }

        private int pageSize() {
            List<String> values = query.valuesIgnoringCase(PAGE_SIZE);
            if (values.isEmpty()) {
                return QueryParameters.DEFAULT_PAGE_SIZE;
            }
            try {
                int size = Integer.parseInt(values.getFirst());
                if (values.size() == 1 && size >= 1) {
                    return Math.min(size, QueryParameters.MAX_PAGE_SIZE);
                }
            } catch (NumberFormatException e) {
                throw new InvalidParameterException("The parameter page_size is a whole number from 1 on.");
            }
            throw new InvalidParameterException("The parameter page_size is a whole number from 1 on, once.");
        }

        private Optional<String> pageToken() {
            List<String> values = query.valuesIgnoringCase(PAGE_TOKEN);
            if (values.size() > 1) {
                throw new InvalidParameterException("The parameter page_token is there more than once.");
            }
            return values.stream().findFirst();
        }

        private static TrashScope readScope(String method, TrashScope scope) {
            return method.equals("GET") || method.equals("HEAD") ? scope : TrashScope.EXCLUDE;
        }

        private static Operation refused(String detail, String... allow) {
            return new Operation.Refused(Refusal.methodNotAllowed(detail, allow));
        }

        private ResourcePolicy policy() {
            return match.policy();
        }
    }
}
