package dev.cenotaph.gateway.autoconfigure;

import dev.cenotaph.policy.Mode;
import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.ResourcePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log where policies do less than they could, hard deletes above all. */
final class LoudModes {
    private static final Logger LOG = LoggerFactory.getLogger(LoudModes.class);

    private LoudModes() {}

    /**
     * Tells what a set does not do.
     *
     * @param set with the modes that hold
     * @param gateway the mode of the whole gateway
     */
    static void tell(PolicySet set, Mode gateway) {
        switch (gateway) {
            case OFF -> LOG.warn("cenotaph.mode is off: no policy acts, and every hard delete reaches its upstream");
            case SHADOW ->
                LOG.warn("cenotaph.mode is shadow: no policy acts, what they would do is counted, and every hard delete"
                        + " reaches its upstream");
            case DRAIN -> LOG.warn("cenotaph.mode is drain: nothing is trashed any more, every DELETE is 503");
            case ENFORCE -> set.resources().forEach(LoudModes::tell);
        }
    }

    private static void tell(ResourcePolicy policy) {
        switch (policy.mode()) {
            case OFF -> LOG.warn("the policy of {} is off: its hard deletes reach the upstream", policy.name());
            case SHADOW ->
                LOG.warn(
                        "the policy of {} is a shadow: what it would do is counted, and its hard deletes reach the"
                                + " upstream",
                        policy.name());
            case DRAIN ->
                LOG.warn("the policy of {} drains: nothing is trashed any more, a DELETE is 503", policy.name());
            case ENFORCE -> LOG.debug("the policy of {} is in force", policy.name());
        }
    }
}
