package dev.cenotaph.policy.advice;

import dev.cenotaph.policy.yaml.CompiledPolicies;
import dev.cenotaph.policy.yaml.PolicySource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Warns of what is dangerous in a sound policy set, but for what a comment allows. */
public final class Advisor {
    private Advisor() {}

    /** The warnings, in the order of the files, lines and columns. */
    public static List<Advice> advise(CompiledPolicies compiled, List<PolicySource> sources) {
        var allowed = new AllowComments(sources);
        var files = sources.stream().map(PolicySource::file).toList();
        return Stream.of(
                        compiled.policies().resources().stream()
                                .flatMap(policy -> new ResourceAdvice(policy, compiled.places()).all()),
                        new Neighbours(compiled).all(),
                        allowed.unknown())
                .flatMap(advice -> advice)
                .filter(advice -> !allowed.allow(advice))
                .sorted(Comparator.comparingInt(
                                (Advice advice) -> files.indexOf(advice.at().file()))
                        .thenComparingInt(advice -> advice.at().line())
                        .thenComparingInt(advice -> advice.at().column()))
                .toList();
    }
}
