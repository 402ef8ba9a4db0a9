package dev.cenotaph.policy.paging;

import dev.cenotaph.policy.Pages.Spot;
import dev.cenotaph.policy.json.JsonDocument;
import dev.cenotaph.policy.json.JsonSpan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What an answer may say of how many items there are.
 *
 * @param hidden how many that the upstream counts a client does not see, in all pages; empty where nobody knows for certain
 * @param rows how many rows the upstream's page has
 * @param visible how many of those may be seen
 */
public record PageTotals(List<Spot> spots, Optional<Long> hidden, long rows, long visible) {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    /** For an answer without rows, such as one to HEAD. */
    public static PageTotals withoutRows(List<Spot> spots, Optional<Long> hidden) {
        return new PageTotals(spots, hidden, -1, 0);
    }

    /** A member that may not say what it says is taken out: what is not there claims nothing. */
    public JsonDocument in(JsonDocument body) {
        JsonDocument corrected = body;
        for (Spot spot : spots) {
            if (spot instanceof Spot.InBody inside) {
                corrected = in(corrected, inside);
            }
        }
        return corrected;
    }

    private JsonDocument in(JsonDocument body, Spot.InBody spot) {
        Optional<JsonSpan> told = body.find(spot.place());
        if (told.isEmpty() || told.get().kind() == JsonSpan.Kind.NULL) {
            return body;
        }
        Optional<String> right = corrected(told.get().text());
        if (right.isEmpty()) {
            return body.remove(spot.place());
        }
        if (right.get().equals(told.get().text())) {
            return body;
        }
        boolean quoted = told.get().kind() == JsonSpan.Kind.STRING;
        return body.set(spot.place(), quoted ? '"' + right.get() + '"' : right.get());
    }

    /** The headers that change, with their values from now on; none for one that goes. */
    public Map<String, List<String>> headers(Function<String, List<String>> header) {
        var changed = new LinkedHashMap<String, List<String>>();
        for (Spot spot : spots) {
            if (spot instanceof Spot.InHeader inside) {
                List<String> told = header.apply(inside.name());
                List<String> right = told.size() == 1
                        ? corrected(told.getFirst().strip()).stream().toList()
                        : List.of();
                if (!right.equals(told)) {
                    changed.put(inside.name(), right);
                }
            }
        }
        return changed;
    }

    private Optional<String> corrected(String told) {
        if (!NUMBER.matcher(told).matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(told);
        if (number == rows) {
            return Optional.of(Long.toString(visible));
        }
        return hidden.map(count -> number - count)
                .filter(left -> left >= visible)
                .map(left -> Long.toString(left));
    }
}
