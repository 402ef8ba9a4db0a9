package dev.cenotaph.policy.match;

/** What a path means under a policy set, read strictly and leniently. */
public sealed interface PathReading {

    /** No policy speaks of it, in any reading. */
    record Ungoverned() implements PathReading {}

    /** Strict and lenient readings agree. */
    record Governed(ResourceMatch match) implements PathReading {}

    /**
     * Some upstream may read it as a governed path, and the strict reading does not say the same.
     *
     * @param resource the policy that it might land on
     * @param reading the path as such an upstream would read it
     * @param why what is odd about it, for the client
     */
    record Ambiguous(String resource, String reading, String why) implements PathReading {}
}
