package dev.cenotaph.policy.paging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One value of the header {@code Link} (RFC 8288 §3): links, each with the types of its relation. */
public record LinkHeader(String text) {
    public static final String NAME = "Link";

    // <target>; name=value; name="quoted"
    private static final Pattern LINK = Pattern.compile(
            "<([^>]*)>((?:\\s*;\\s*[^\\s=;,]+(?:\\s*=\\s*(?:\"(?:[^\"\\\\]|\\\\.)*+\"|[^\\s\";,]+))?)*+)");
    private static final Pattern PARAMETER =
            Pattern.compile("\\G\\s*;\\s*([^\\s=;,]+)(?:\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s\";,]+)))?");

    /** The targets of the links of one type. */
    public Stream<String> targets(String type) {
        return LINK.matcher(text).results().filter(link -> isOf(link, type)).map(link -> link.group(1));
    }

    /** With other targets for the links of one type; all else stays byte for byte. */
    public LinkHeader with(String type, UnaryOperator<String> target) {
        Matcher links = LINK.matcher(text);
        return new LinkHeader(links.replaceAll(link -> Matcher.quoteReplacement(
                isOf(link, type) ? "<" + target.apply(link.group(1)) + ">" + link.group(2) : link.group())));
    }

    /** Without the links of these types, one to the next page among them only if that is meant; empty where none is left. */
    public Optional<LinkHeader> without(List<String> types) {
        List<MatchResult> links = LINK.matcher(text).results().toList();
        var kept = new ArrayList<String>();
        for (MatchResult link : links) {
            boolean leadsOn = !types.contains("next") && isOf(link, "next");
            if (leadsOn || types.stream().noneMatch(type -> isOf(link, type))) {
                kept.add(link.group());
            }
        }
        if (kept.size() == links.size()) {
            return Optional.of(this);
        }
        return kept.isEmpty() ? Optional.empty() : Optional.of(new LinkHeader(String.join(", ", kept)));
    }

    /** The first {@code rel} counts, and may name several types (RFC 8288 §3.3). */
    private static boolean isOf(MatchResult link, String type) {
        return PARAMETER
                .matcher(link.group(2))
                .results()
                .filter(parameter -> parameter.group(1).equalsIgnoreCase("rel"))
                .findFirst()
                .map(rel -> rel.group(2) == null ? rel.group(3) : rel.group(2))
                .filter(types -> Arrays.asList(types.toLowerCase(Locale.ROOT).split("\\s+"))
                        .contains(type))
                .isPresent();
    }
}
