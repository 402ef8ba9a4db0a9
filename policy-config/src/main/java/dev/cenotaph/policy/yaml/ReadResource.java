package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.Trash;
import java.util.Optional;

/**
 * What was read of one resource, sound or not.
 *
 * @param at where its name stands
 * @param paths empty if they are not sound
 * @param policy empty if anything that it needs is missing
 */
record ReadResource(
        String name,
        Position at,
        Mapping mapping,
        Optional<Paths> paths,
        Trash trash,
        Optional<ResourcePolicy> policy) {}
