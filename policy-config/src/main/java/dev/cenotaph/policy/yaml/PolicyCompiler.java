package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.InvalidPolicyException;
import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.yaml.FileReader.ReadFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** Compiles policy files, all of them or none. */
public final class PolicyCompiler {

    private PolicyCompiler() {}

    /**
     * The policy set that the files make together.
     *
     * @throws InvalidPolicyException with every problem of every file, in the order of the files, lines and columns
     */
    public static PolicySet compile(List<PolicySource> sources, Environment environment) {
        return compileWithPlaces(sources, environment).policies();
    }

    /**
     * As {@link #compile}, with where everything stands in the files.
     *
     * @throws InvalidPolicyException with every problem of every file, in the order of the files, lines and columns
     */
    public static CompiledPolicies compileWithPlaces(List<PolicySource> sources, Environment environment) {
        var problems = new Problems();
        checkNames(sources, problems);
        var files = new ArrayList<ReadFile>();
        for (PolicySource source : sources) {
            read(source, problems)
                    .ifPresent(file -> files.add(new FileReader(source, file, problems).read(environment)));
        }
        var resources =
                files.stream().flatMap(file -> file.resources().stream()).toList();
        checkResourceNames(resources, problems);
        new Collisions(problems).check(resources);
        new Children(problems).check(resources);
        if (!problems.isEmpty()) {
            throw new InvalidPolicyException(
                    problems.inOrderOf(sources.stream().map(PolicySource::file).toList()));
        }
        var policies = new PolicySet(files.stream().map(ReadFile::policy).toList(), PolicyVersion.of(sources));
        return new CompiledPolicies(policies, new SourceMap(resources));
    }

    /** The version of the policy set that the files make, if they make one. */
    public static String version(List<PolicySource> sources) {
        return PolicyVersion.of(sources);
    }

    private static Optional<Mapping> read(PolicySource source, Problems problems) {
        var value = YamlReader.read(source, problems);
        if (value.isPresent() && !(value.get() instanceof Mapping)) {
            String what =
                    "A policy file must be a map, and this is " + value.get().kindName() + ".";
            problems.add(value.get().at(), ProblemCode.WRONG_TYPE, what, "Start with `version: 1`.");
        }
        return value.filter(Mapping.class::isInstance).map(Mapping.class::cast);
    }

    private static void checkNames(List<PolicySource> sources, Problems problems) {
        var seen = new HashMap<String, String>();
        for (PolicySource source : sources) {
            String first = seen.putIfAbsent(source.name(), source.file());
            if (first != null) {
                String what = "The file has the name of " + Wording.quoted(first) + ", but for its ending.";
                problems.add(
                        Position.startOf(source.file()), ProblemCode.DUPLICATE_FILE_NAME, what, "Rename one of them.");
            }
        }
    }

    private static void checkResourceNames(List<ReadResource> resources, Problems problems) {
        var seen = new HashMap<String, Position>();
        for (ReadResource resource : resources) {
            var first = seen.putIfAbsent(resource.name(), resource.at());
            if (first != null) {
                String what = Wording.quoted(resource.name()) + " is the name of another resource, at " + first + ".";
                String mend = "Rename one of them: the name is part of every tombstone's key.";
                problems.add(resource.at(), ProblemCode.DUPLICATE_RESOURCE, what, mend);
            }
        }
    }
}
