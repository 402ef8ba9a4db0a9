package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.Mode;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.cli.ExplainCommand.State;
import dev.cenotaph.policy.marker.IdReader;
import dev.cenotaph.policy.marker.UnwritableMarkerException;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.match.PathReading;
import dev.cenotaph.policy.match.PolicyMatcher;
import dev.cenotaph.policy.match.ResourceMatch;
import dev.cenotaph.policy.match.ResourceMatch.Target;
import dev.cenotaph.policy.rehearsal.Call;
import dev.cenotaph.policy.rehearsal.Headers;
import dev.cenotaph.policy.rehearsal.Known;
import dev.cenotaph.policy.rehearsal.Outcome;
import dev.cenotaph.policy.rehearsal.Rehearsal;
import dev.cenotaph.policy.rehearsal.Reply;
import dev.cenotaph.policy.rehearsal.RequestTarget;
import dev.cenotaph.policy.rehearsal.SimulatedUpstream;
import dev.cenotaph.policy.rehearsal.SimulatedUpstreams;
import dev.cenotaph.policy.yaml.CompiledPolicies;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what comes of a request, with its item in one state after the other. */
final class Explainer {
    private static final Instant LONG_AGO = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Reply NOTHING = new Reply(200, Headers.NONE, "");
    private static final String SOME_ID = "1";
    private final CompiledPolicies compiled;
    private final Optional<String> sample;
    private final List<State> states;
    private final Clock clock;
    private final Rehearsal rehearsal;

    /** @param sample the item as the upstream shows it while it is live; made up where it is empty */
    Explainer(CompiledPolicies compiled, Optional<String> sample, List<State> states, Clock clock) {
        this.compiled = compiled;
        this.sample = sample;
        this.states = states;
        this.clock = clock;
        this.rehearsal = new Rehearsal(compiled.policies());
    }

    Explanation explain(Call request) {
        Optional<String> obstacle = RequestTarget.obstacle(request.path());
        if (obstacle.isPresent()) {
            return impossible(request, obstacle.get());
        }
        return switch (rehearsal.read(request)) {
            case PathReading.Ungoverned ungoverned -> ungoverned(request);
            case PathReading.Ambiguous ambiguous -> ambiguous(request, ambiguous);
            case PathReading.Governed governed -> governed(request, governed.match());
        };
    }

    private Explanation impossible(Call request, String obstacle) {
        return new Explanation(
                request.toString(),
                List.of(new Explanation.Fact("request", "none that HTTP knows: " + obstacle)),
                List.of(new Explanation.Way(
                        Optional.empty(), rehearsal.play(request, List.of(), call -> NOTHING, clock.instant()))));
    }

    private Explanation ungoverned(Call request) {
        var facts = new ArrayList<Explanation.Fact>();
        hidden(request)
                .ifPresentOrElse(
                        facts::addAll,
                        () -> facts.add(
                                new Explanation.Fact("policy", "none governs this path, in any reading of it")));
        facts.add(new Explanation.Fact(
                "upstream",
                new PolicyMatcher(compiled.policies())
                        .upstreamFor(request.rawPath())
                        .map(upstream -> "passes as it is to " + upstream)
                        .orElse("no upstream is known for it")));
        facts.addAll(shown(request));
        if (request.method().equals("DELETE")) {
            facts.add(new Explanation.Fact("note", "this DELETE deletes for good"));
        }
        return new Explanation(request.toString(), facts, List.of());
    }

    /** Of the resource that matches and does not act; empty where none does. */
    private Optional<List<Explanation.Fact>> hidden(Call request) {
        var unveiled = new CompiledPolicies(
                compiled.policies().map(policy -> policy.in(policy.mode().acts() ? Mode.OFF : Mode.ENFORCE)),
                compiled.places());
        var acting = new Explainer(unveiled, sample, states, clock);
        return switch (acting.rehearsal.read(request)) {
            case PathReading.Ungoverned ungoverned -> Optional.empty();
            case PathReading.Ambiguous ambiguous ->
                Optional.of(hidden(ambiguous.resource(), "a path that is not plain", acting, request));
            case PathReading.Governed governed ->
                Optional.of(
                        hidden(governed.match().policy().name(), TargetWords.of(governed.match()), acting, request));
        };
    }

    private List<Explanation.Fact> hidden(String resource, String path, Explainer acting, Call request) {
        Optional<ResourcePolicy> policy = compiled.policies().resource(resource);
        if (policy.isEmpty()) {
            return List.of(new Explanation.Fact("policy", "the path is not plain, and no policy acts"));
        }
        var facts = new ArrayList<Explanation.Fact>();
        facts.add(new Explanation.Fact(
                "policy", resource + "  (" + compiled.places().resource(resource) + ")"));
        facts.add(new Explanation.Fact("path", path));
        facts.add(new Explanation.Fact("mode", inWords(policy.get().mode())));
        if (policy.get().mode() == Mode.SHADOW) {
            facts.add(new Explanation.Fact("counts", "it would have been " + acting.inShort(request)));
        }
        return facts;
    }

    /** What comes of a request, in one line. */
    private String inShort(Call request) {
        Explanation explanation = explain(request);
        String means = explanation.facts().stream()
                .filter(fact -> fact.name().equals("means"))
                .map(Explanation.Fact::text)
                .findFirst()
                .orElse("refused");
        return means + ", answered "
                + explanation.ways().stream()
                        .map(way -> way.outcome().reply().status()
                                + way.state().map(state -> " if " + state).orElse(""))
                        .collect(Collectors.joining(", "));
    }

    private Explanation ambiguous(Call request, PathReading.Ambiguous ambiguous) {
        var outcome = rehearsal.play(request, List.of(), call -> NOTHING, clock.instant());
        return new Explanation(
                request.toString(),
                List.of(
                        new Explanation.Fact(
                                "policy",
                                "`" + ambiguous.resource() + "` might be meant, and the path does not say so plainly"),
                        new Explanation.Fact("read as", ambiguous.reading()),
                        new Explanation.Fact("why", ambiguous.why())),
                List.of(new Explanation.Way(Optional.empty(), outcome)));
    }

    private Explanation governed(Call request, ResourceMatch match) {
        Optional<ItemKey> key = key(match, request);
        var ways = new ArrayList<Explanation.Way>();
        for (State each : key.isEmpty() ? List.of(State.LIVE) : states) {
            ItemKey played = key.orElseGet(() -> anyItem(match.policy(), List.of()));
            ways.add(new Explanation.Way(key.map(it -> each.toString()), play(request, match, played, each)));
        }
        var facts = new ArrayList<>(facts(match));
        facts.addAll(shown(request));
        ways.getFirst()
                .outcome()
                .operation()
                .map(OperationWords::of)
                .ifPresent(words -> facts.add(new Explanation.Fact("means", words)));
        return new Explanation(request.toString(), facts, ways);
    }

    private List<Explanation.Fact> shown(Call request) {
        return rehearsal.embedded(request).stream()
                .map(match -> new Explanation.Fact("holds", EmbeddedWords.of(match)))
                .toList();
    }

    private Outcome play(Call request, ResourceMatch match, ItemKey key, State each) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        boolean trashed = each == State.TRASHED;
        Instant seen = trashed ? LONG_AGO : now;
        var upstreams = new SimulatedUpstreams(
                compiled.policies(), key, upstream(match.policy(), key, trashed, seen), trashed, seen);
        List<ItemKey> named = rehearsal.named(request);
        List<Known> trash = (named.isEmpty() ? List.of(key) : named)
                .stream()
                        .flatMap(one -> upstreams.trashed(one, LONG_AGO, now).stream())
                        .toList();
        return rehearsal.play(request, trashed ? trash : List.of(), upstreams, now);
    }

    private SimulatedUpstream upstream(ResourcePolicy policy, ItemKey key, boolean trashed, Instant now) {
        try {
            return new SimulatedUpstream(policy, key, sample, trashed, now);
        } catch (UnwritableMarkerException e) {
            throw new UnusableInputException(
                    "the item that is given is none of `" + policy.name() + "`: " + e.getMessage(), e);
        }
    }

    private List<Explanation.Fact> facts(ResourceMatch match) {
        ResourcePolicy policy = match.policy();
        var facts = new ArrayList<Explanation.Fact>();
        facts.add(new Explanation.Fact(
                "policy", policy.name() + "  (" + compiled.places().resource(policy.name()) + ")"));
        facts.add(new Explanation.Fact("path", TargetWords.of(match)));
        match.above()
                .forEach(above -> facts.add(new Explanation.Fact(
                        "below",
                        "item " + above.key().id() + " of " + above.policy().name() + ": gone if that is trashed")));
        facts.add(new Explanation.Fact("marker", MarkerWords.of(policy)));
        facts.add(new Explanation.Fact("upstream", policy.upstream().toString()));
        if (!policy.children().isEmpty()) {
            facts.add(new Explanation.Fact(
                    "children",
                    policy.children().stream().map(this::child).collect(Collectors.joining(", "))
                            + ": those that are live follow the item into the trash under its deletion_id, come back"
                            + " with it and are deleted for good with it; one of each is played here"));
        }
        return facts;
    }

    private String child(String name) {
        return name
                + compiled.policies()
                        .resource(name)
                        .map(child -> " at " + child.upstream())
                        .orElse("");
    }

    private static String inWords(Mode mode) {
        return switch (mode) {
            case ENFORCE -> "enforce";
            case DRAIN -> "drain";
            case SHADOW -> "shadow: it does not act, and counts what it would have done";
            case OFF -> "off: it does not act";
        };
    }

    /** The item that is played; empty where the request has to do with none. */
    private Optional<ItemKey> key(ResourceMatch match, Call request) {
        return switch (match.target()) {
            case Target.Item it -> Optional.of(it.key());
            case Target.TrashItem it -> Optional.of(it.key());
            case Target.Snapshots it -> Optional.of(it.key());
            case Target.Revisions it -> Optional.of(it.key());
            case Target.Revision it -> Optional.of(it.key());
            case Target.Restore it -> Optional.of(it.key());
            case Target.BelowItem below -> Optional.of(match.above().getLast().key());
            case Target.Unlink unlink -> Optional.of(match.above().getLast().key());
            case Target.Collection collection ->
                Optional.of(
                        request.method().equals("DELETE")
                                ? many(match.policy(), collection.parents(), request)
                                : named(match.policy(), collection.parents(), request));
            case Target.TrashCollection trash -> Optional.of(anyItem(match.policy(), trash.parents()));
            case Target.Shown shown -> Optional.of(anyItem(match.policy(), shown.parents()));
            case Target.Many many -> Optional.of(many(match.policy(), many.parents(), request));
            case Target.ManyJob job -> Optional.empty();
            case Target.BelowCollection below -> Optional.empty();
        };
    }

    /** The first of the items that a request names which is about many. */
    private ItemKey many(ResourcePolicy policy, List<String> parents, Call request) {
        return rehearsal.named(request).stream().findFirst().orElseGet(() -> anyItem(policy, parents));
    }

    /** The item whose id a create's body names. */
    private static ItemKey named(ResourcePolicy policy, List<String> parents, Call request) {
        return IdReader.of(policy)
                .readDocument(policy.wrap(), request.body().getBytes(StandardCharsets.UTF_8))
                .map(id -> new ItemKey(policy.name(), parents, id))
                .orElseGet(() -> anyItem(policy, parents));
    }

    /** An item below these parents, or below some where a path does not name them. */
    private static ItemKey anyItem(ResourcePolicy policy, List<String> parents) {
        int depth = policy.item().variables().size() - 1;
        return new ItemKey(
                policy.name(), parents.size() == depth ? parents : Collections.nCopies(depth, SOME_ID), SOME_ID);
    }
}
