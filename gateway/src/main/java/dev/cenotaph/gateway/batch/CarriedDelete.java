package dev.cenotaph.gateway.batch;

/**
 * A DELETE that a batch carries.
 *
 * @param part which one it is, in words
 * @param url as it stands there; a resource's type and id with a slash between them where it names no URL
 * @param certainty what makes it one
 */
public record CarriedDelete(String part, String url, Certainty certainty) {

    CarriedDelete(String part, String url) {
        this(part, url, Certainty.PLAIN);
    }

    /** How far what a part says is a DELETE. */
    public enum Certainty {
        /** It names the method, or a standard's word for it. */
        PLAIN,
        /** It says so in words that may mean something else, where its URL is no governed path. */
        WHERE_GOVERNED,
        /** It is another write, and a delete only where its URL is one for deletes of many items. */
        WHERE_OF_MANY
    }
}
