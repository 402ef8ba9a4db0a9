package dev.cenotaph.policy;

/**
 * How far a policy acts. A resource's own mode goes before its file's; {@link #OFF} for the whole gateway goes before
 * both.
 */
public enum Mode {
    /** Does what the policy says. */
    ENFORCE,
    /** Pure pass-through: hard deletes reach the upstream. */
    OFF
}
