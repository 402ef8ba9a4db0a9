package dev.cenotaph.policy.advice;

import java.util.Locale;

/** What a sound policy may be warned of. The names are stable: comments in policy files name them. */
public enum AdviceCode {
    // Hard deletes that reach the upstream
    RESOURCE_OFF("The resource is off: its hard deletes pass."),
    RESOURCE_IN_SHADOW("The resource is in shadow: its hard deletes pass, and are counted."),
    DELETE_STAYS_REAL("Every DELETE of an item stays a real one."),
    COLLECTION_DELETE_PASSES("A DELETE of the whole collection reaches the upstream."),
    BATCH_PASSES("A batch that carries a DELETE for an item reaches the upstream."),
    PARENT_NOT_GOVERNED(
            "An item that these items lie below is governed by no policy: its DELETE passes, and may take them with it."),
    COLLECTION_NOT_GOVERNED(
            "The collection that lies above the items is governed by no policy: what is trashed shows there."),
    VERSION_NOT_GOVERNED(
            "The upstream shows a governed collection under several versions, and another one is governed under some alone."),
    PERMANENT_WITHOUT_RETENTION(
            "Whoever may DELETE may delete for good in one step, and nothing else ever empties the trash."),
    SHORT_RETENTION("Trash is purged within a day: nobody notices a wrong DELETE that fast."),
    OVERRIDE_APPLIES("A header, a query or a form can turn a POST into a DELETE."),

    // A soft delete that says yes and may not have been done
    NOT_VERIFIED("Nobody looks whether the marker was taken: an upstream that ignores it leaves the item live."),
    EXISTENCE_TRUSTED(
            "The marker is written without a look: an upstream that creates what it does not find makes an item of it."),

    // Trash that shows
    UNFILTERABLE_LISTS_PASS("A list that cannot be filtered passes with the trash in it."),

    // A warning that nobody hears
    UNKNOWN_ALLOWANCE("A comment allows a code that no warning has.");

    private final String meaning;

    AdviceCode(String meaning) {
        this.meaning = meaning;
    }

    /** What it warns of, in a sentence. */
    public String meaning() {
        return meaning;
    }

    /** As it stands in a warning, and in the comment that silences it: {@code not-verified}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
