package dev.cenotaph.gateway.rebuild;

import dev.cenotaph.gateway.upstream.OwnCredentials;
import dev.cenotaph.policy.Listing.Next;
import dev.cenotaph.policy.json.JsonSpan;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;

/** Finds the link from one page of a list to the next. */
final class NextPage {
    // RFC 8288 §3: <target>; name=value; name="quoted"
    private static final Pattern LINK = Pattern.compile(
            "<([^>]*)>((?:\\s*;\\s*[^\\s=;,]+(?:\\s*=\\s*(?:\"(?:[^\"\\\\]|\\\\.)*+\"|[^\\s\";,]+))?)*+)");
    private static final Pattern PARAMETER =
            Pattern.compile("\\G\\s*;\\s*([^\\s=;,]+)(?:\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s\";,]+)))?");

    private final List<Next> places;

    /** @param places besides the header {@code Link} */
    NextPage(List<Next> places) {
        this.places = places;
    }

    /**
     * The URL of the page after this one; empty where this is the last.
     *
     * @param page the URL of this page
     * @throws UnreadablePageException if the link is none that may be followed
     */
    Optional<URI> after(URI page, HttpHeaders headers, byte[] body) {
        return Stream.concat(
                        places.stream().flatMap(place -> links(place, headers, body)),
                        links(new Next.Header(HttpHeaders.LINK), headers, body))
                .filter(link -> !link.isBlank())
                .findFirst()
                .map(link -> resolved(page, link.strip()));
    }

    private static Stream<String> links(Next place, HttpHeaders headers, byte[] body) {
        return switch (place) {
            case Next.Body inside ->
                JsonSpan.of(body)
                        .find(inside.place())
                        .filter(value -> value.kind() == JsonSpan.Kind.STRING)
                        .map(JsonSpan::text)
                        .stream();
            case Next.Header header ->
                headers.getOrEmpty(header.name()).stream()
                        .flatMap(value -> header.name().equalsIgnoreCase(HttpHeaders.LINK)
                                ? linksToNext(value)
                                : Stream.of(value));
        };
    }

    private static Stream<String> linksToNext(String value) {
        return LINK.matcher(value)
                .results()
                .filter(link -> isNext(link.group(2)))
                .map(link -> link.group(1));
    }

    /** The first {@code rel} counts, and may name several types (RFC 8288 §3.3). */
    private static boolean isNext(String parameters) {
        return PARAMETER
                .matcher(parameters)
                .results()
                .filter(parameter -> parameter.group(1).equalsIgnoreCase("rel"))
                .findFirst()
                .map(rel -> rel.group(2) == null ? rel.group(3) : rel.group(2))
                .filter(types ->
                        List.of(types.toLowerCase(Locale.ROOT).split("\\s+")).contains("next"))
                .isPresent();
    }

    /** Credentials go along, so that no link may lead them to another server. */
    private static URI resolved(URI page, String link) {
        try {
            // java.net.URI resolves as RFC 2396 had it, where a link without a path left the last segment out.
            URI target = link.startsWith("?") ? new URI(page.getRawPath() + link) : new URI(link);
            target = page.resolve(target);
            if (target.getHost() == null || !OwnCredentials.sameOrigin(page, target)) {
                throw new UnreadablePageException("its link to the next page leads to another server: " + link);
            }
            String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
            return URI.create(target.getScheme() + "://" + target.getRawAuthority() + target.getRawPath() + query);
        } catch (URISyntaxException | IllegalArgumentException invalid) {
            throw new UnreadablePageException("its link to the next page is no URL: " + link, invalid);
        }
    }
}
