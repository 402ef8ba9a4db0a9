package dev.cenotaph.policy.rehearsal;

/** Plays the upstream. */
@FunctionalInterface
public interface Upstream {
    /** What it answers to a call. */
    Reply answer(Call call);
}
