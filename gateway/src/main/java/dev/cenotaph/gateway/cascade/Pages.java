package dev.cenotaph.gateway.cascade;

import dev.cenotaph.gateway.upstream.CallerUpstream;
import dev.cenotaph.policy.ResourcePolicy;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Reads the pages of a collection at its upstream. Blocks. */
public interface Pages {

    /**
     * Reads one page.
     *
     * @param url empty for the first page
     */
    Page read(ResourcePolicy policy, List<String> parents, Optional<URI> url, CallerUpstream upstream);

    /** What became of it. */
    sealed interface Page {
        /**
         * The page.
         *
         * @param ids of all its items, whatever their state
         */
        record Read(List<String> ids, Optional<URI> next) implements Page {}

        /** It cannot be told which items there are. */
        record Unreadable(String why) implements Page {}
    }
}
