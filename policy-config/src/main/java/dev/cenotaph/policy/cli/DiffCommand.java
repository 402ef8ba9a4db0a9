package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.change.Change;
import dev.cenotaph.policy.change.Change.Kind;
import dev.cenotaph.policy.change.Changes;
import dev.cenotaph.policy.yaml.CompiledPolicies;
import dev.cenotaph.policy.yaml.PolicySource;
import dev.cenotaph.policy.yaml.Position;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diff}: what a change of policies changes in behaviour. */
@Command(
        name = "diff",
        description = "Says what new policies do otherwise than old ones: behaviour, not text.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Ends with 1 where hard deletes pass that did not, or (with --store) trash is orphaned.",
            "",
            "Examples:",
            "  cenotaph diff main/policies policies",
            "  cenotaph diff --store jdbc:sqlite:data/cenotaph.db main/policies policies"
        })
final class DiffCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = "--store",
            paramLabel = "URL",
            description = "A gateway's store (jdbc:sqlite:FILE, jdbc:postgresql://…), which is only read:"
                    + " how many tombstones would be orphaned.")
    private @Nullable String store;

    @Parameters(index = "0", paramLabel = "OLD", description = "A policy file, or a directory of them.")
    private String before = "";

    @Parameters(index = "1", paramLabel = "NEW", description = "A policy file, or a directory of them.")
    private String after = "";

    DiffCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var oldInput = PolicyInput.read(List.of(before), terminal);
        var nowInput = PolicyInput.read(List.of(after), terminal);
        if (oldInput.compiled().isEmpty() || nowInput.compiled().isEmpty()) {
            return output.printBroken(new PolicyReport(oldInput.and(nowInput)), terminal);
        }
        CompiledPolicies old = oldInput.compiled().get();
        CompiledPolicies now = nowInput.compiled().get();
        var changes = Changes.between(old.policies(), now.policies());
        Optional<Map<String, Long>> trash = Optional.ofNullable(store).map(StoredTrash::count);
        var findings =
                changes.stream().map(change -> finding(change, old, now, trash)).toList();
        List<PolicySource> sources = Stream.concat(nowInput.sources().stream(), oldInput.sources().stream())
                .toList();
        var subject = new Subject("diff", before + " " + after, findings);
        return output.print(new Report("diff", List.of(subject), sources, rules(), summary(changes)), terminal);
    }

    private static Finding finding(
            Change change, CompiledPolicies old, CompiledPolicies now, Optional<Map<String, Long>> trash) {
        long stored =
                trash.map(counts -> counts.getOrDefault(change.resource(), 0L)).orElse(0L);
        boolean orphans = change.kind() == Kind.ORPHANED || change.kind() == Kind.UNPROTECTED;
        String told = orphans && trash.isPresent()
                ? " The store has " + Counted.of(stored, "tombstone") + " of `" + change.resource() + "`."
                : "";
        Severity severity = change.kind() == Kind.ORPHANED && stored > 0 ? Severity.ERROR : severity(change.kind());
        String what = prefix(change) + change.consequence() + told;
        return new Finding(severity, code(change.kind()), Optional.of(at(change, old, now)), what, mend(change.kind()));
    }

    private static String prefix(Change change) {
        return change.key().isEmpty() ? "" : "`" + change.resource() + "`: ";
    }

    private static Severity severity(Kind kind) {
        return switch (kind) {
            case UNPROTECTED -> Severity.ERROR;
            case ORPHANED, RISKIER -> Severity.WARNING;
            case SAFER, OTHERWISE -> Severity.NOTE;
        };
    }

    private static String mend(Kind kind) {
        return switch (kind) {
            case ORPHANED -> "Empty the trash of this resource first: restore it or delete it for good.";
            case UNPROTECTED, RISKIER, SAFER, OTHERWISE -> "";
        };
    }

    /** Where it stands in the new files, or else in the old ones. */
    private static Position at(Change change, CompiledPolicies old, CompiledPolicies now) {
        boolean kept = now.policies().resource(change.resource()).isPresent();
        var places = kept ? now.places() : old.places();
        return change.key().isEmpty()
                ? places.resource(change.resource())
                : key(change, now).or(() -> key(change, old)).orElseGet(() -> places.resource(change.resource()));
    }

    private static Optional<Position> key(Change change, CompiledPolicies set) {
        if (set.policies().resource(change.resource()).isEmpty()) {
            return Optional.empty();
        }
        String first = change.key().getFirst();
        String[] further = change.key().stream().skip(1).toArray(String[]::new);
        return set.places()
                .key(change.resource(), first, further)
                .or(() -> set.places().key(change.resource(), first));
    }

    private static String summary(List<Change> changes) {
        if (changes.isEmpty()) {
            return "Nothing changes in behaviour.";
        }
        List<String> parts = Arrays.stream(Kind.values())
                .map(kind -> Map.entry(
                        code(kind),
                        changes.stream().filter(change -> change.kind() == kind).count()))
                .filter(count -> count.getValue() > 0)
                .map(count -> count.getValue() + " " + count.getKey())
                .toList();
        return Counted.of(changes.size(), "change") + ": " + String.join(", ", parts) + ".";
    }

    private static List<Rule> rules() {
        return Arrays.stream(Kind.values())
                .map(kind -> new Rule(code(kind), severity(kind), kind.meaning()))
                .toList();
    }

    private static String code(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
