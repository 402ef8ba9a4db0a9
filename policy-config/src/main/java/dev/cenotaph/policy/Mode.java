package dev.cenotaph.policy;

/**
 * How far a policy acts; each mode acts less than the one before it. A resource's own mode goes before its file's. The
 * whole gateway's only takes away: of the two, the one that acts less holds.
 */
public enum Mode {
    /** Does what the policy says. */
    ENFORCE,
    /** Makes no new soft deletes, and no hard ones in their place; still hides, restores and purges. */
    DRAIN,
    /** Changes nothing, and counts what it would have done: hard deletes reach the upstream. */
    SHADOW,
    /** Pure pass-through: hard deletes reach the upstream. */
    OFF;

    /** Whether the policy decides over requests at all; where it does not, hard deletes reach the upstream. */
    public boolean acts() {
        return this == ENFORCE || this == DRAIN;
    }

    /** The one of the two that acts less. */
    public Mode atMost(Mode other) {
        return compareTo(other) < 0 ? other : this;
    }
}
