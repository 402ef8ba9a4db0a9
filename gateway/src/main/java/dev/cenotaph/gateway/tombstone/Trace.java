package dev.cenotaph.gateway.tombstone;

import java.util.Optional;

/**
 * Whose doing a change is: what an audit line says beside the change itself.
 *
 * @param actor who asked for it, where that is known
 * @param requestId which request
 * @param policyVersion which policy set it was decided by
 */
public record Trace(Optional<String> actor, String requestId, String policyVersion) {}
