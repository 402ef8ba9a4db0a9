package dev.cenotaph.policy;

/**
 * How clients delete for good.
 *
 * @param parameter the query parameter that asks for it
 */
public record Permanent(String parameter, Allow allow) {

    /** When it is granted. */
    public enum Allow {
        ALWAYS,
        /** Of trashed items only: two steps. */
        TRASHED,
        NEVER
    }
}
