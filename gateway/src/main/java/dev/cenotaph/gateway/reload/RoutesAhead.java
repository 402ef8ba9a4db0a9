package dev.cenotaph.gateway.reload;

import dev.cenotaph.policy.PolicySet;

/** Makes a way to every upstream of a policy set before it is in force. */
@FunctionalInterface
public interface RoutesAhead {

    /**
     * Returns when there is a way, beside those to the upstreams that are in force.
     *
     * @throws IllegalStateException if there is none
     */
    void prepare(PolicySet next);
}
