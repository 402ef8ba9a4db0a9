package dev.cenotaph.policy.rehearsal;

/**
 * A request: a client's to the gateway, or one of the gateway's to the upstream.
 *
 * @param path raw, with the query
 * @param body its text, empty for none
 */
public record Call(String method, String path, Headers headers, String body) {

    /** The path without the query. */
    public String rawPath() {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
