package dev.cenotaph.policy.operation;

import java.util.Optional;

/**
 * A request that is understood.
 *
 * @param method the method that it is judged and forwarded as
 * @param query the raw query without the parameters that are ours, empty where none is left
 */
public record Classified(Operation operation, String method, Optional<String> query) {}
