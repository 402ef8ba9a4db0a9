package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.Mode;
import dev.cenotaph.policy.PolicyFile;
import dev.cenotaph.policy.yaml.Mapping.Entry;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the top of one file, and each resource over the file's defaults. */
final class FileReader {
    private static final Pattern RESOURCE_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
    static final Set<String> REPLACED_WHOLE = Set.of("marker");
    private static final Set<String> NO_DEFAULTS =
            Set.of("path", "item", "aliases", "unlink", "views", "embedded", "children");
    private static final URI NO_UPSTREAM = URI.create("http://invalid");

    private final PolicySource source;
    private final MappingReader file;
    private final Problems problems;

    FileReader(PolicySource source, Mapping file, Problems problems) {
        this.source = source;
        this.file = new MappingReader(file.at(), file, problems);
        this.problems = problems;
    }

    ReadFile read(Environment environment) {
        checkVersion();
        var upstream =
                file.requiredText("upstream").flatMap(text -> new UpstreamReader(environment, problems).read(text));
        var mode = Settings.mode(file).orElse(Mode.ENFORCE);
        var defaults = file.map("defaults")
                .map(this::defaults)
                .orElseGet(() -> new Mapping(file.mapping().at(), Map.of()));
        var reader = new ResourceReader(upstream.orElse(NO_UPSTREAM), mode, problems);
        var resources = resources(reader, Presets.under(defaults, file));
        var released = released();
        file.finish();
        return new ReadFile(source.name(), upstream.orElse(NO_UPSTREAM), resources, released);
    }

    private List<String> released() {
        var names = file.texts("released").orElse(List.of());
        names.forEach(name -> checkName(name.text(), name.at()));
        return names.stream().map(Scalar::text).toList();
    }

    private void checkVersion() {
        file.required("version");
        file.scalar("version")
                .filter(version -> !isOne(version))
                .ifPresent(version -> problems.add(
                        version.at(),
                        ProblemCode.UNSUPPORTED_VERSION,
                        "This gateway reads version 1 of the language, not " + Wording.quoted(version.text()) + ".",
                        "Write `version: 1`."));
    }

    private static boolean isOne(Scalar version) {
        return version.kind() == Scalar.Kind.NUMBER && new BigDecimal(version.text()).compareTo(BigDecimal.ONE) == 0;
    }

    /** The defaults that resources can have, each read once for itself. */
    private Mapping defaults(MappingReader defaults) {
        var mapping = defaults.mapping();
        mapping.entries().forEach((key, entry) -> refuseNoDefault(key, entry));
        var possible = new MappingReader(mapping.at(), mapping.without(NO_DEFAULTS), problems);
        Settings.read(possible);
        possible.finish();
        if (file.entry("mode").isPresent()) {
            mapping.find("mode")
                    .ifPresent(entry -> problems.add(
                            entry.at(),
                            ProblemCode.CONTRADICTION,
                            "The file has a `mode`, and its defaults have another.",
                            "Keep the one at the top of the file."));
        }
        return possible.mapping();
    }

    private void refuseNoDefault(String key, Entry entry) {
        if (NO_DEFAULTS.contains(key)) {
            String what = "`" + key + "` differs from resource to resource.";
            problems.add(entry.at(), ProblemCode.NOT_A_DEFAULT, what, "Move it into the resource.");
        }
    }

    private List<ReadResource> resources(ResourceReader reader, Mapping defaults) {
        var resources = new ArrayList<ReadResource>();
        file.required("resources");
        file.map("resources").ifPresent(named -> {
            named.mapping().entries().forEach((name, entry) -> {
                checkName(name, entry.at());
                named.map(name, entry)
                        .ifPresent(resource -> resources.add(reader.read(
                                name, entry.at(), resource.mapping().overDefaults(defaults, REPLACED_WHOLE))));
            });
            if (named.mapping().entries().isEmpty()) {
                problems.add(
                        named.mapping().at(),
                        ProblemCode.EMPTY_VALUE,
                        "The file governs nothing.",
                        "Write a resource, or remove the file.");
            }
        });
        return resources;
    }

    private void checkName(String name, Position at) {
        if (!RESOURCE_NAME.matcher(name).matches()) {
            String what = Wording.quoted(name) + " is no name of a resource.";
            problems.add(
                    at, ProblemCode.INVALID_NAME, what, "Write a letter, then up to 63 letters, digits, `_` and `-`.");
        }
    }

    /** What was read of one file. */
    record ReadFile(String name, URI upstream, List<ReadResource> resources, List<String> released) {

        PolicyFile policy() {
            return new PolicyFile(
                    name,
                    upstream,
                    resources.stream()
                            .flatMap(resource -> resource.policy().stream())
                            .toList(),
                    released);
        }
    }
}
