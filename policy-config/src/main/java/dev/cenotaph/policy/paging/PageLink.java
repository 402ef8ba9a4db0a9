package dev.cenotaph.policy.paging;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A link from a list to another page of it.
 *
 * @param text as it stands there
 */
record PageLink(String text) {

    /**
     * The query of the page that it leads to; empty where it does not lead to the same list.
     *
     * @param paths raw ones of the list, as the upstream may know them
     */
    Optional<RawQuery> query(List<String> paths) {
        String path = text.substring(0, pathEnd());
        boolean same = path.isEmpty() || paths.stream().anyMatch(own -> leadsTo(path, own));
        return same
                ? Optional.of(new RawQuery(text.substring(Math.min(pathEnd() + 1, end()), end())))
                : Optional.empty();
    }

    PageLink with(RawQuery query) {
        return new PageLink(text.substring(0, pathEnd()) + query.suffix() + text.substring(end()));
    }

    private static boolean leadsTo(String path, String own) {
        try {
            return own.equals(URI.create("http://any" + own).resolve(path).getRawPath());
        } catch (IllegalArgumentException noUrl) {
            return false;
        }
    }

    private int pathEnd() {
        int query = text.indexOf('?');
        return query < 0 || query > end() ? end() : query;
    }

    private int end() {
        int fragment = text.indexOf('#');
        return fragment < 0 ? text.length() : fragment;
    }
}
