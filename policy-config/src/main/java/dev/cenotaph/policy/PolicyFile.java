package dev.cenotaph.policy;

import java.net.URI;
import java.util.List;

/**
 * One YAML file: the policies of one upstream.
 *
 * @param name the file's name without its ending
 */
public record PolicyFile(String name, URI upstream, List<ResourcePolicy> resources) {
    public PolicyFile {
        resources = List.copyOf(resources);
    }
}
