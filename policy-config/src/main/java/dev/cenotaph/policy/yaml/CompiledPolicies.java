package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.PolicySet;

/** A policy set, and where it was written. */
public record CompiledPolicies(PolicySet policies, SourceMap places) {}
