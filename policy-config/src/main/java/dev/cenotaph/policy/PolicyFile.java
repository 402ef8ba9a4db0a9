package dev.cenotaph.policy;

import java.net.URI;
import java.util.List;

/**
 * One YAML file: the policies of one upstream.
 *
 * @param name the file's name without its ending
 * @param released names of resources, of any file, that a reload may take out or change although items of theirs are
 *     trashed
 */
public record PolicyFile(String name, URI upstream, List<ResourcePolicy> resources, List<String> released) {
    public PolicyFile {
        resources = List.copyOf(resources);
        released = List.copyOf(released);
    }

    /** A file that releases nothing. */
    public PolicyFile(String name, URI upstream, List<ResourcePolicy> resources) {
        this(name, upstream, resources, List.of());
    }
}
