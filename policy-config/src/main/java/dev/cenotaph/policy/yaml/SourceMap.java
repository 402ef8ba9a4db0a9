package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.yaml.Mapping.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Where the resources of a compiled set, and their keys, stand in the files. */
public final class SourceMap {
    private final Map<String, ReadResource> resources = new HashMap<>();

    SourceMap(List<ReadResource> resources) {
        resources.forEach(resource -> this.resources.put(resource.name(), resource));
    }

    /**
     * Where a resource's name stands.
     *
     * @throws NoSuchElementException if the set has no such resource
     */
    public Position resource(String name) {
        return read(name).at();
    }

    /** Where a key of a resource stands, its own or one of its file's defaults; empty where nobody wrote it. */
    public Optional<Position> key(String resource, String key, String... further) {
        return read(resource).mapping().find(key, further).map(Entry::at);
    }

    private ReadResource read(String name) {
        return Optional.ofNullable(resources.get(name)).orElseThrow(() -> new NoSuchElementException(name));
    }
}
