package dev.cenotaph.gateway.listing;

import dev.cenotaph.gateway.exchange.Deadline;

/**
 * What a list answer may cost.
 *
 * @param itemBytes the longest row, in bytes
 * @param heldBytes how much of an answer is held back, so that its headers can still be made to fit, in bytes
 * @param decodedBytes the longest body that a compressed answer may grow to, in bytes
 * @param decodedRatio how many times longer than its compressed form a body may be
 * @param deadline for a body to be over
 */
public record ListLimits(int itemBytes, int heldBytes, long decodedBytes, int decodedRatio, Deadline deadline) {}
