package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.match.EmbeddedMatch;
import dev.cenotaph.policy.match.EmbeddedMatcher;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.match.PathReading;
import dev.cenotaph.policy.match.PolicyMatcher;
import dev.cenotaph.policy.match.ResourceMatch;
import dev.cenotaph.policy.match.ResourceMatch.Above;
import dev.cenotaph.policy.match.ResourceMatch.Target;
import dev.cenotaph.policy.operation.Classified;
import dev.cenotaph.policy.operation.Operation;
import dev.cenotaph.policy.operation.OperationClassifier;
import dev.cenotaph.policy.operation.PathOverrides;
import dev.cenotaph.policy.operation.Refusal;
import dev.cenotaph.policy.operation.RequestLine;
import dev.cenotaph.policy.operation.TrashScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Plays requests through a policy set as the gateway would. Holds the gateway's only dispatch, once more. */
public final class Rehearsal {
    private final PolicySet policies;
    private final PolicyMatcher matcher;
    private final EmbeddedMatcher embedded;

    public Rehearsal(PolicySet policies) {
        this.policies = policies;
        this.matcher = new PolicyMatcher(policies);
        this.embedded = new EmbeddedMatcher(policies);
    }

    /** A request with what the gateway has to know to handle it. */
    private record Play(Call request, Map<ItemKey, Known> trash, Upstream upstream, Instant now) {}

    /** The rules that say what the answers of the request's path hold of other resources. */
    public List<EmbeddedMatch> embedded(Call request) {
        return embedded.read(request.rawPath()).items();
    }

    /** What the request's paths mean. */
    public PathReading read(Call request) {
        return embedded.read(request.rawPath())
                .ambiguous()
                .<PathReading>map(ambiguous -> ambiguous)
                .orElseGet(() -> readPaths(request));
    }

    private PathReading readPaths(Call request) {
        PathReading reading = matcher.read(request.rawPath());
        return claimed(request)
                .flatMap(claimed -> Stream.of(reading, matcher.read(claimed))
                        .flatMap(either -> resource(either).stream())
                        .<PathReading>map(resource -> new PathReading.Ambiguous(
                                resource, claimed, "A header names another path than the request line.")))
                .findFirst()
                .orElse(reading);
    }

    /** The item that a path addresses; empty where it addresses none. */
    public Optional<ItemKey> item(String path) {
        return matcher.read(path) instanceof PathReading.Governed governed
                        && governed.match().target() instanceof Target.Item item
                ? Optional.of(item.key())
                : Optional.empty();
    }

    /** The items that a request for many names; empty where it names none, or says what they have in common. */
    public List<ItemKey> named(Call request) {
        return matcher.read(request.rawPath()) instanceof PathReading.Governed governed
                        && OperationClassifier.classify(governed.match(), line(request), List.of())
                                        .operation()
                                instanceof Operation.ChangeMany many
                ? ManyAtOnce.named(governed.match().policy(), many, request)
                : List.of();
    }

    /** A tombstone as the gateway makes it, of an item that its policy governs. */
    public Known trashed(ItemKey key, Instant deleteTime, Instant now) {
        return Played.tombstone(policies.resource(key.resource()).orElseThrow(), key, deleteTime, now);
    }

    /** What a case says of an item in the trash; empty where a path is no item's. */
    public Optional<Known> trashed(Case.Trashed trashed, Instant now) {
        Optional<ItemKey> leader = item(trashed.with().orElse(trashed.path()));
        return item(trashed.path())
                .flatMap(key -> leader.map(top -> {
                    Known made = trashed(key, trashed.deleteTime(), now);
                    String deletionId = trashed(top, trashed.deleteTime(), now).deletionId();
                    return new Known(key, made.deleteTime(), made.purgeTime(), deletionId, trashed.former());
                }));
    }

    /**
     * Plays a request.
     *
     * @param trash what the gateway knows to be trashed
     * @param upstream answers the calls
     */
    public Outcome play(Call request, List<Known> trash, Upstream upstream, Instant now) {
        Map<ItemKey, Known> byKey = new HashMap<>();
        trash.forEach(known -> byKey.put(known.key(), known));
        var play = new Play(request, byKey, upstream, now);
        if (RequestTarget.obstacle(request.path()).isPresent()) {
            return new Outcome(
                    new PathReading.Ungoverned(), Optional.empty(), List.of(), Reply.empty(400, Headers.NONE));
        }
        PathReading reading = read(request);
        return switch (reading) {
            case PathReading.Ungoverned ungoverned -> passed(reading, play);
            case PathReading.Ambiguous ambiguous ->
                new Outcome(reading, Optional.empty(), List.of(), refused(ambiguous));
            case PathReading.Governed governed -> governed(reading, governed.match(), play);
        };
    }

    private EmbeddedAnswer embeddedAnswer(Play play) {
        return new EmbeddedAnswer(
                path -> embedded.read(path).items(), play.request().rawPath(), play.trash()::containsKey);
    }

    private Outcome passed(PathReading reading, Play play) {
        EmbeddedAnswer answer = embeddedAnswer(play);
        Call call = answer.asked(play.request());
        Reply reply = play.upstream().answer(call);
        return new Outcome(reading, Optional.empty(), List.of(new Exchange(call, reply)), answer.seen(call, reply));
    }

    private Outcome governed(PathReading reading, ResourceMatch match, Play play) {
        Classified classified = OperationClassifier.classify(match, line(play.request()), List.of());
        var exchanges = new ArrayList<Exchange>();
        var scene = new Scene(
                play.request(),
                match,
                classified.method(),
                classified.query().map(query -> "?" + query).orElse(""),
                new Stage(policies, matcher, play.trash(), play.upstream(), exchanges, play.now()),
                embeddedAnswer(play).in(classified.operation()));
        Reply reply = Disclosure.refusal(scene, classified.operation())
                .orElseGet(() -> handle(scene, classified.operation()));
        Reply seen = scene.isHead() ? Reply.empty(reply.status(), reply.headers()) : reply;
        return new Outcome(reading, Optional.of(classified.operation()), exchanges, seen);
    }

    /** Plays what nothing stands in the way of. */
    static Reply handle(Scene scene, Operation operation) {
        return switch (operation) {
            case Operation.Preflight preflight -> scene.forward();
            case Operation.Refused refused -> refused(refused.refusal());
            case Operation.Restore restore -> Restoration.play(scene, restore);
            case Operation.Pass pass -> open(scene, pass.scope(), scene::forward);
            case Operation.ReadItem read ->
                open(scene, read.scope(), () -> new ItemGate(scene, read.key()).read(read.scope()));
            case Operation.ReadTrashedItem read ->
                open(scene, TrashScope.EXCLUDE, () -> new ItemGate(scene, read.key()).read(read));
            case Operation.WriteItem write ->
                open(
                        scene,
                        TrashScope.EXCLUDE,
                        () -> RevisionsAtHand.before(
                                scene, write.key(), () -> new ItemGate(scene, write.key()).write(write.revival())));
            case Operation.Create create -> open(scene, TrashScope.EXCLUDE, () -> CreateGate.play(scene, create));
            case Operation.ReadList list -> open(scene, list.scope(), () -> ListReading.play(scene, list));
            case Operation.ReadTrash trash -> open(scene, TrashScope.EXCLUDE, () -> TrashCollection.play(scene, trash));
            case Operation.SoftDelete delete ->
                open(
                        scene,
                        TrashScope.EXCLUDE,
                        () -> RevisionsAtHand.before(scene, delete.key(), () -> SoftDeletion.play(scene, delete)));
            case Operation.ReadSnapshots read ->
                open(scene, TrashScope.EXCLUDE, () -> SnapshotsAtHand.play(scene, read));
            case Operation.ReadRevisions read -> open(scene, read.scope(), () -> RevisionsAtHand.play(scene, read));
            case Operation.ReadRevision read -> open(scene, read.scope(), () -> RevisionsAtHand.play(scene, read));
            case Operation.MakeCurrent make -> open(scene, TrashScope.EXCLUDE, () -> RevisionsAtHand.play(scene, make));
            case Operation.PermanentDelete delete ->
                open(scene, TrashScope.EXCLUDE, () -> PermanentDeletion.play(scene, delete));
            case Operation.ChangeMany many -> open(scene, TrashScope.EXCLUDE, () -> ManyAtOnce.play(scene, many));
            // Jobs are the store's to know.
            case Operation.Job job -> Problems.of(404, "no-such-job", "There is no such change of many items.");
        };
    }

    /** Goes on where nothing above is trashed, or the caller asked to see what is. */
    private static Reply open(Scene scene, TrashScope scope, Supplier<Reply> next) {
        Optional<Above> shut = scope.showsTrashed()
                ? Optional.empty()
                : scene.match().above().stream()
                        .filter(above -> scene.isTrashed(above.key()))
                        .findFirst();
        return shut.map(above -> TrashFacts.gone(scene, above.policy(), above.key(), scene.known(above.key())))
                .orElseGet(next);
    }

    private static Reply refused(PathReading.Ambiguous ambiguous) {
        return Problems.of(
                400,
                "ambiguous-path",
                "This path might mean an item of " + ambiguous.resource() + ", and does not say so plainly: "
                        + ambiguous.why());
    }

    private static Reply refused(Refusal refusal) {
        Reply problem = Problems.of(refusal.status(), refusal.code(), refusal.detail());
        return refusal.allow().isEmpty()
                ? problem
                : problem.with(Headers.of("Allow", String.join(", ", refusal.allow())));
    }

    private static RequestLine line(Call request) {
        int query = request.path().indexOf('?');
        return new RequestLine(
                request.method(),
                query < 0 ? Optional.empty() : Optional.of(request.path().substring(query + 1)),
                request.headers().fields().keySet(),
                name -> request.headers().first(name).stream().toList());
    }

    private static Stream<String> claimed(Call request) {
        return request.headers().fields().entrySet().stream()
                .filter(header -> PathOverrides.isOverride(header.getKey()))
                .map(header -> header.getValue().strip().split("\\?", 2)[0])
                .filter(path -> !path.equals(request.rawPath()));
    }

    private static Optional<String> resource(PathReading reading) {
        return switch (reading) {
            case PathReading.Governed governed ->
                Optional.of(governed.match().policy().name());
            case PathReading.Ambiguous ambiguous -> Optional.of(ambiguous.resource());
            case PathReading.Ungoverned ungoverned -> Optional.empty();
        };
    }
}
