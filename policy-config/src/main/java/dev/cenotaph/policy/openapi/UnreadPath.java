package dev.cenotaph.policy.openapi;

/**
 * A path whose operations are not known.
 *
 * @param text as it stands in the document
 * @param why one sentence
 * @param mend how to mend it, one sentence
 */
record UnreadPath(String text, String why, String mend) {

    static UnreadPath elsewhere(String text) {
        return new UnreadPath(
                text,
                "The operations of this path lie in another file, which is not read.",
                "Bundle the document into one file first.");
    }

    static UnreadPath circular(String text) {
        return new UnreadPath(
                text, "The `$ref` of this path leads back to itself.", "Write its operations where it leads to.");
    }

    static UnreadPath missing(String text, String reference) {
        return new UnreadPath(
                text,
                "The document has no path item at `" + reference + "`.",
                "Correct the `$ref`, or write it there.");
    }
}
