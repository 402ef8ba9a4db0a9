package dev.cenotaph.gateway.tombstone;

import java.util.Optional;

/**
 * Where tombstones are kept.
 *
 * @param url {@code jdbc:sqlite:} and a file, which is created together with its directory; or {@code jdbc:postgresql:}
 *     with host and database
 * @param username where the URL names none
 * @param password where the URL names none
 */
public record StoreAddress(String url, Optional<String> username, Optional<String> password) {

    public static StoreAddress of(String url) {
        return new StoreAddress(url, Optional.empty(), Optional.empty());
    }

    /** The URL without its parameters, among which may be a password. */
    @Override
    public String toString() {
        int parameters = url.indexOf('?');
        return parameters < 0 ? url : url.substring(0, parameters);
    }
}
