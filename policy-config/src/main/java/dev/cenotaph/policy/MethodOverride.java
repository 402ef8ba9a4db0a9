package dev.cenotaph.policy;

/** What a method override on a governed path does. */
public enum MethodOverride {
    /** 400. */
    REFUSE,
    /** The request is judged as the method it names. */
    APPLY
}
