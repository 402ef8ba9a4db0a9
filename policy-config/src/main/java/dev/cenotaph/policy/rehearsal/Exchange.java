package dev.cenotaph.policy.rehearsal;

/** A call to the upstream and its answer. */
public record Exchange(Call call, Reply reply) {}
