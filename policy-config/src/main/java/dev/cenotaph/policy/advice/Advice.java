package dev.cenotaph.policy.advice;

import dev.cenotaph.policy.yaml.Position;

/**
 * A warning.
 *
 * @param at what it is about
 * @param what the danger, one sentence
 * @param mend how to be rid of it, one sentence
 */
public record Advice(Position at, AdviceCode code, String what, String mend) {}
