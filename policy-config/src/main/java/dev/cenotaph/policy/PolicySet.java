package dev.cenotaph.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * All policy files together, compiled and swapped whole.
 *
 * @param version a short hash of the files' bytes; stands in every audit line
 */
public record PolicySet(List<PolicyFile> files, String version) {
    public PolicySet {
        files = List.copyOf(files);
    }

    public List<ResourcePolicy> resources() {
        return files.stream().flatMap(file -> file.resources().stream()).toList();
    }

    /** The policy of this name, of which there is one at most. */
    public Optional<ResourcePolicy> resource(String name) {
        return files.stream()
                .flatMap(file -> file.resources().stream())
                .filter(resource -> resource.name().equals(name))
                .findFirst();
    }

    /** The resources that a reload may take out or change although items of theirs are trashed. */
    public Set<String> released() {
        return files.stream().flatMap(file -> file.released().stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** The same set with every policy changed. */
    public PolicySet map(UnaryOperator<ResourcePolicy> change) {
        return new PolicySet(
                files.stream()
                        .map(file -> new PolicyFile(
                                file.name(),
                                file.upstream(),
                                file.resources().stream().map(change).toList(),
                                file.released()))
                        .toList(),
                version);
    }
}
