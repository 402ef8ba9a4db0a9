package dev.cenotaph.policy.cli;

import java.util.regex.Pattern;

/** A request's URL as people write it. */
final class RequestUrl {
    // RFC 3986 §3.1: a scheme has no case.
    private static final Pattern SCHEME = Pattern.compile("^https?://", Pattern.CASE_INSENSITIVE);

    /** What curl takes for a host: a name with a dot or a port, an address, or this machine. */
    private static final Pattern HOST = Pattern.compile(
            "(?:localhost|\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+|[A-Za-z0-9-]+(?=:\\d))(?::\\d+)?");

    private RequestUrl() {}

    /**
     * The raw path with its query.
     *
     * @throws UnusableInputException if it has none
     */
    static String path(String url) {
        if (url.startsWith("/")) {
            return url;
        }
        String rest = SCHEME.matcher(url).replaceFirst("").split("#", 2)[0];
        int end = end(rest);
        boolean whole = rest.length() < url.split("#", 2)[0].length();
        if (end == 0 || !(whole || HOST.matcher(rest.substring(0, end)).matches())) {
            throw new UnusableInputException(
                    "`" + url
                            + "` is neither a path nor a URL; write it like /api/orders/7 or http://localhost:8080/api/orders/7");
        }
        String path = rest.substring(end);
        return path.startsWith("/") ? path : "/" + path;
    }

    private static int end(String rest) {
        int end = 0;
        while (end < rest.length() && rest.charAt(end) != '/' && rest.charAt(end) != '?') {
            end++;
        }
        return end;
    }
}
