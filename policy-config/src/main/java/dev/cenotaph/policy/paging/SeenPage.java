package dev.cenotaph.policy.paging;

import dev.cenotaph.policy.Pages.Spot;
import dev.cenotaph.policy.json.JsonSpan;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A page of the upstream.
 *
 * @param query with which it was asked for
 * @param rows all of them, in their order
 * @param body as it came, a JSON document
 * @param header the values of one
 */
public record SeenPage(RawQuery query, List<Row> rows, byte[] body, Function<String, List<String>> header) {

    /**
     * A row.
     *
     * @param json its bytes, not to be changed
     * @param shown whether the client sees it
     */
    public record Row(byte[] json, boolean shown) {}

    public SeenPage {
        rows = List.copyOf(rows);
    }

    /** What stands at a spot, if it is a text or a number that says something. */
    Optional<String> text(Spot spot) {
        return switch (spot) {
            case Spot.InBody inside ->
                JsonSpan.of(body)
                        .find(inside.place())
                        .filter(value -> value.kind() == JsonSpan.Kind.STRING || value.kind() == JsonSpan.Kind.NUMBER)
                        .map(JsonSpan::text)
                        .filter(text -> !text.isBlank());
            case Spot.InHeader inside ->
                links(inside.name()).filter(text -> !text.isBlank()).findFirst();
        };
    }

    private Stream<String> links(String name) {
        return header.apply(name).stream()
                .flatMap(value -> name.equalsIgnoreCase(LinkHeader.NAME)
                        ? new LinkHeader(value).targets("next")
                        : Stream.of(value.strip()));
    }

    int shown() {
        return (int) rows.stream().filter(Row::shown).count();
    }
}
