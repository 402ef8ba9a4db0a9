package dev.cenotaph.policy.openapi;

import java.util.Locale;

/**
 * Where an API and the policies in front of it do not fit.
 *
 * @param code stable, kebab-case, such as {@code ungoverned-delete}
 * @param file the document
 * @param line where the operation stands in it, from 1
 * @param column from 1
 * @param method of the operation, empty where it is about a whole path or a policy
 * @param path as the document has it, or the item's template of a policy
 * @param what what is wrong, one sentence
 * @param mend how to mend it, one sentence
 */
public record AuditFinding(
        Code code, String file, int line, int column, String method, String path, String what, String mend) {

    /** What can be found. */
    public enum Code {
        UNGOVERNED_DELETE(false, "A DELETE that no policy governs: it deletes for good."),
        REAL_DELETE(false, "A DELETE that a policy lets through to the upstream."),
        REFUSED_DELETE(true, "A DELETE that is 405 through the gateway, and works without it."),
        REFUSED_PATH(false, "A path that the gateway refuses, because upstreams may read it in different ways."),
        DISGUISED_DELETE(true, "An operation that deletes by its name, though not by its method."),
        UNFILTERED_LIST(false, "A list that can show trashed items."),
        EMBEDDED_ITEMS(true, "An answer that has items of a governed resource inside, the trashed among them."),
        ITEMS_ELSEWHERE(false, "A list whose items do not lie where the policy says."),
        UNMATCHED_POLICY(false, "A policy for paths that the API does not have."),
        UNREAD_PATH(false, "A path whose operations lie in another file, or nowhere."),
        PARAMETER_COLLISION(true, "A parameter of the API that a policy takes for its own.");

        private final boolean meant;
        private final String meaning;

        Code(boolean meant, String meaning) {
            this.meant = meant;
            this.meaning = meaning;
        }

        /** Whether it may be as it is meant to be, so that it is a warning rather than an error. */
        public boolean mayBeMeant() {
            return meant;
        }

        /** One sentence. */
        public String meaning() {
            return meaning;
        }

        /** As it is written: {@code ungoverned-delete}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Override
    public String toString() {
        String operation = method.isEmpty() ? path : method + " " + path;
        return "%s:%d:%d: %s: %s: %s %s".formatted(file, line, column, code.text(), operation, what, mend);
    }
}
