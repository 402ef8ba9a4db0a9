package dev.cenotaph.gateway.cascade;

/** What became of one item of a cascade. */
sealed interface Step {

    /** It was trashed just now. */
    record Trashed() implements Step {}

    /** It follows now, or did already. */
    record Followed() implements Step {}

    /** It stays as it is: it is trashed on its own account, or not there at all. */
    record Kept() implements Step {}

    /**
     * It cannot be told yet, or failed; it is tried again.
     *
     * @param why in words for a person
     */
    record Failed(String why) implements Step {}
}
