package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.ResourcePolicy;
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
import dev.cenotaph.policy.rehearsal.SimulatedUpstream;
import dev.cenotaph.policy.yaml.CompiledPolicies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code explain}: what happens to one request. */
@Command(
        name = "explain",
        description = "Says which policy a request meets and why, what is sent upstream, and what the client gets.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "The upstream's answers are assumed: it has the item and does as its policy says.",
            "",
            "Examples:",
            "  cenotaph explain DELETE /api/orders/7 policies/",
            "  cenotaph explain --state trashed GET '/api/orders/7?with_trashed=true' policies/",
            "  cenotaph explain --item order-7.json DELETE /api/orders/7 policies/"
        })
final class ExplainCommand implements Callable<Integer> {
    private static final Instant LONG_AGO = Instant.parse("2026-01-02T03:04:05.678Z");

    private final Terminal terminal;
    private final Clock clock = Clock.systemUTC();

    @Option(names = "--state", description = "The item's state: ${COMPLETION-CANDIDATES}. Default: both, in turn.")
    private @Nullable State state;

    @Option(
            names = {"-H", "--header"},
            paramLabel = "'NAME: VALUE'",
            description = "A header of the request.")
    private List<String> headers = List.of();

    @Option(
            names = {"-d", "--data"},
            paramLabel = "BODY",
            description = "The request's body; @FILE for what a file holds.")
    private String data = "";

    @Option(names = "--item", paramLabel = "FILE", description = "The item as the upstream shows it while it is live.")
    private @Nullable Path item;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "How to print: ${COMPLETION-CANDIDATES}. Default: text.")
    private Form form = Form.TEXT;

    @Parameters(index = "0", paramLabel = "METHOD")
    private String method = "";

    @Parameters(index = "1", paramLabel = "URL", description = "A path with its query, or a whole URL.")
    private String url = "";

    @Parameters(
            index = "2..*",
            arity = "1..*",
            paramLabel = "PATH",
            description = "Policy files, or directories of them; - is the standard input.")
    private List<String> paths = List.of();

    /** The states of an item that make a difference. */
    enum State {
        LIVE,
        TRASHED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How to print. */
    enum Form {
        TEXT,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    ExplainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var compiled = PolicyInput.read(paths, terminal).sound();
        var explanation = explain(compiled, request());
        terminal.out()
                .print(
                        switch (form) {
                            case TEXT -> ExplanationText.of(explanation, terminal.ink());
                            case JSON -> ExplanationText.json(explanation);
                        });
        terminal.out().flush();
        return ExitCode.FINE;
    }

    private Explanation explain(CompiledPolicies compiled, Call request) {
        var rehearsal = new Rehearsal(compiled.policies());
        return switch (rehearsal.read(request)) {
            case PathReading.Ungoverned ungoverned -> ungoverned(compiled, rehearsal, request);
            case PathReading.Ambiguous ambiguous -> ambiguous(rehearsal, request, ambiguous);
            case PathReading.Governed governed -> governed(compiled, rehearsal, request, governed.match());
        };
    }

    private static Explanation ungoverned(CompiledPolicies compiled, Rehearsal rehearsal, Call request) {
        var facts = new ArrayList<Explanation.Fact>();
        facts.add(new Explanation.Fact("policy", "none governs this path, in any reading of it"));
        var off = compiled.policies().resources().stream()
                .filter(policy -> !policy.mode().acts())
                .map(ResourcePolicy::name)
                .toList();
        if (!off.isEmpty()) {
            facts.add(new Explanation.Fact(
                    "modes", "these resources are off or in shadow, and do not act: " + String.join(", ", off)));
        }
        facts.add(new Explanation.Fact(
                "upstream",
                new PolicyMatcher(compiled.policies())
                        .upstreamFor(request.rawPath())
                        .map(upstream -> "passes as it is to " + upstream)
                        .orElse("no upstream is known for it")));
        facts.addAll(shown(rehearsal, request));
        if (request.method().equals("DELETE")) {
            facts.add(new Explanation.Fact("note", "this DELETE deletes for good"));
        }
        return new Explanation(request.toString(), facts, List.of());
    }

    private Explanation ambiguous(Rehearsal rehearsal, Call request, PathReading.Ambiguous ambiguous) {
        var outcome = rehearsal.play(request, List.of(), call -> new Reply(200, Headers.NONE, ""), clock.instant());
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

    private Explanation governed(CompiledPolicies compiled, Rehearsal rehearsal, Call request, ResourceMatch match) {
        var key = key(match);
        var ways = new ArrayList<Explanation.Way>();
        for (State each : key.isEmpty() ? List.of(State.LIVE) : states()) {
            ways.add(new Explanation.Way(key.map(it -> each.toString()), play(rehearsal, request, match, each)));
        }
        var facts = new ArrayList<>(facts(compiled, match));
        facts.addAll(shown(rehearsal, request));
        ways.getFirst()
                .outcome()
                .operation()
                .map(OperationWords::of)
                .ifPresent(words -> facts.add(new Explanation.Fact("means", words)));
        return new Explanation(request.toString(), facts, ways);
    }

    private static List<Explanation.Fact> shown(Rehearsal rehearsal, Call request) {
        return rehearsal.embedded(request).stream()
                .map(match -> new Explanation.Fact("holds", EmbeddedWords.of(match)))
                .toList();
    }

    private List<State> states() {
        return state == null ? List.of(State.values()) : List.of(state);
    }

    private Outcome play(Rehearsal rehearsal, Call request, ResourceMatch match, State each) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        boolean trashed = each == State.TRASHED;
        ItemKey key = key(match).orElseGet(() -> new ItemKey(match.policy().name(), parents(match), "1"));
        var upstream = new SimulatedUpstream(match.policy(), key, sample(), trashed, trashed ? LONG_AGO : now);
        var made = rehearsal.trashed(key, LONG_AGO, now);
        var known = new Known(key, LONG_AGO, made.purgeTime(), made.deletionId(), upstream.former());
        return rehearsal.play(request, trashed ? List.of(known) : List.of(), upstream, now);
    }

    private static List<Explanation.Fact> facts(CompiledPolicies compiled, ResourceMatch match) {
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
                    String.join(", ", policy.children())
                            + ": those that are live follow the item into the trash and back; their calls are not"
                            + " played here"));
        }
        return facts;
    }

    private static Optional<ItemKey> key(ResourceMatch match) {
        return switch (match.target()) {
            case Target.Item it -> Optional.of(it.key());
            case Target.TrashItem it -> Optional.of(it.key());
            case Target.Revisions it -> Optional.of(it.key());
            case Target.Revision it -> Optional.of(it.key());
            case Target.Restore it -> Optional.of(it.key());
            case Target.BelowItem below -> Optional.of(match.above().getLast().key());
            case Target.Unlink unlink -> Optional.of(match.above().getLast().key());
            case Target.Collection collection -> Optional.empty();
            case Target.BelowCollection below -> Optional.empty();
            case Target.TrashCollection trash -> Optional.empty();
            case Target.Many many -> Optional.empty();
            case Target.ManyJob job -> Optional.empty();
            case Target.Shown shown -> Optional.empty();
        };
    }

    private static List<String> parents(ResourceMatch match) {
        return switch (match.target()) {
            case Target.Collection collection -> collection.parents();
            case Target.TrashCollection trash -> trash.parents();
            default -> match.policy().path().variables();
        };
    }

    private Call request() {
        Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw new UnusableInputException("`" + header + "` is no header; write 'NAME: VALUE'");
            }
            fields.put(
                    header.substring(0, colon).strip(),
                    header.substring(colon + 1).strip());
        }
        String body = data.startsWith("@") ? read(Path.of(data.substring(1))) : data;
        if (!body.isEmpty()) {
            fields.putIfAbsent("Content-Type", "application/json");
        }
        return new Call(method, path(), new Headers(fields), body);
    }

    /** As it stands; a whole URL without scheme and host. */
    private String path() {
        if (!url.startsWith("http://") && !url.startsWith("https://")) {
            return url;
        }
        int slash = url.indexOf('/', url.indexOf("://") + 3);
        return slash < 0 ? "/" : url.substring(slash);
    }

    private Optional<String> sample() {
        return item == null ? Optional.empty() : Optional.of(read(item));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UnusableInputException("`" + file + "` cannot be read: " + e, e);
        }
    }
}
