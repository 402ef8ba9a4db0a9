package dev.cenotaph.policy.paging;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page of ours begins inside one of the upstream's: what the parameter of ours says in a link that we wrote.
 * Opaque to clients; who makes one up only hides rows from himself.
 *
 * @param skip how many rows of the upstream's page come before
 * @param after the id of the last of them, if it has one: rows may have come or gone meanwhile
 */
public record Resumption(int skip, Optional<String> after) {
    public static final Resumption AT_THE_FIRST_ROW = new Resumption(0, Optional.empty());

    private static final Pattern TEXT = Pattern.compile("(\\d{1,7})\\.([A-Za-z0-9_-]*)\\.([A-Za-z0-9_-]+)");

    /**
     * What the parameter of ours says.
     *
     * @param seal of the list that is asked for
     * @param query what else is asked for, without the parameter of ours
     * @return empty where the text is none that we gave for this
     */
    public static Optional<Resumption> read(String text, PageSeal seal, RawQuery query) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            Optional<String> after = Optional.of(matcher.group(2))
                    .filter(id -> !id.isEmpty())
                    .map(id -> new String(Base64.getUrlDecoder().decode(id), StandardCharsets.UTF_8));
            var place = new Resumption(Integer.parseInt(matcher.group(1)), after);
            return Optional.of(place).filter(it -> seal.fits(matcher.group(3), it.place(), query));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /**
     * As it stands in a link.
     *
     * @param seal of the list that the link leads to
     * @param query of the link, without the parameter of ours
     */
    public String text(PageSeal seal, RawQuery query) {
        return place() + "." + seal.of(place(), query);
    }

    private String place() {
        return skip + "."
                + after.map(id -> Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(id.getBytes(StandardCharsets.UTF_8)))
                        .orElse("");
    }

    /**
     * How many rows to skip in the page as it is now. Where the row that is meant has gone, none: a row shown twice is
     * better than one never shown.
     *
     * @param ids of the page's rows, empty for one that has none
     */
    public int in(List<Optional<String>> ids) {
        if (skip == 0 || after.isEmpty()) {
            return Math.min(skip, ids.size());
        }
        return skip <= ids.size() && ids.get(skip - 1).equals(after) ? skip : ids.lastIndexOf(after) + 1;
    }
}
