package dev.cenotaph.policy.paging;

import dev.cenotaph.policy.Listing;
import dev.cenotaph.policy.Pages.Spot;
import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.json.JsonDocument;
import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What the links of an answer say of the pages around it, once it is another page than the upstream's. */
final class PageEnding {
    private static final String LAST = "last";

    private final Listing list;
    private final Change change;

    /** What becomes of the links to the next page. */
    private sealed interface Change {
        /** They stay. */
        record Nothing() implements Change {}

        /** They lead to the same path with this query. */
        record To(RawQuery query, List<String> paths) implements Change {}

        /** They say what another page says: that of its next one, or that there is none. */
        record Like(List<Spot> spots, SeenPage page, UnaryOperator<String> link) implements Change {}
    }

    private PageEnding(Listing list, Change change) {
        this.list = list;
        this.change = change;
    }

    static PageEnding unchanged(Listing list) {
        return new PageEnding(list, new Change.Nothing());
    }

    static PageEnding at(Listing list, RawQuery query, List<String> paths) {
        return new PageEnding(list, new Change.To(query, paths));
    }

    static PageEnding like(Listing list, List<Spot> spots, SeenPage page, UnaryOperator<String> link) {
        return new PageEnding(list, new Change.Like(spots, page, link));
    }

    /** Where an answer links to its next page, the header {@code Link} included. */
    static List<Spot> nextSpots(Listing list) {
        Stream<Spot> declared = list.next().stream().map(next -> switch (next) {
            case Listing.Next.Body inside -> new Spot.InBody(inside.place());
            case Listing.Next.Header inside -> new Spot.InHeader(inside.name());
        });
        return Stream.concat(declared, Stream.of(new Spot.InHeader(LinkHeader.NAME)))
                .distinct()
                .toList();
    }

    /** @param dropped types of links that are not true any more */
    JsonDocument links(JsonDocument body, Set<String> dropped) {
        JsonDocument changed = switch (change) {
            case Change.Nothing nothing -> body;
            case Change.To to -> leading(body, to);
            case Change.Like like -> saying(body, like);
        };
        if (dropped.contains(LAST)) {
            for (Spot spot : list.pages().last()) {
                changed = spot instanceof Spot.InBody inside ? changed.remove(inside.place()) : changed;
            }
        }
        return changed;
    }

    private JsonDocument leading(JsonDocument body, Change.To to) {
        JsonDocument changed = body;
        for (Place place : places(nextSpots(list))) {
            Optional<String> link = changed.find(place)
                    .filter(value -> value.kind() == JsonSpan.Kind.STRING)
                    .map(JsonSpan::text)
                    .filter(text -> !text.isBlank());
            if (link.isPresent()) {
                changed = changed.set(place, JsonText.quote(moved(link.get(), to)));
            }
        }
        return changed;
    }

    private static JsonDocument saying(JsonDocument body, Change.Like like) {
        JsonDocument changed = body;
        JsonSpan other = JsonSpan.of(like.page().body());
        for (Place place : places(like.spots())) {
            Optional<JsonSpan> said = other.find(place);
            changed = said.isPresent()
                    ? changed.set(place, json(said.get(), like.link()))
                    : changed.remove(missing(other, place));
        }
        return changed;
    }

    private static String json(JsonSpan value, UnaryOperator<String> link) {
        if (value.kind() != JsonSpan.Kind.STRING) {
            return value.json();
        }
        String changed = link.apply(value.text());
        return changed.equals(value.text()) ? value.json() : JsonText.quote(changed);
    }

    /** The outermost thing on the way to a place that is not there. */
    private static Place missing(JsonSpan document, Place place) {
        int length = 1;
        while (length < place.tokens().size()
                && document.find(new Place(place.tokens().subList(0, length))).isPresent()) {
            length++;
        }
        return new Place(place.tokens().subList(0, length));
    }

    private static List<Place> places(List<Spot> spots) {
        var places = new ArrayList<Place>();
        for (Spot spot : spots) {
            if (spot instanceof Spot.InBody inside) {
                places.add(inside.place());
            }
        }
        return places;
    }

    /** @param dropped types of links that are not true any more */
    Map<String, List<String>> links(Function<String, List<String>> header, Set<String> dropped) {
        var changed = new LinkedHashMap<String, List<String>>();
        for (String name : names(nextSpots(list))) {
            put(changed, header, name, nextValues(header.apply(name), name));
        }
        if (change instanceof Change.Like like) {
            for (String name : names(like.spots())) {
                put(changed, header, name, nextValues(header.apply(name), name));
            }
        }
        if (dropped.contains(LAST)) {
            names(list.pages().last()).stream()
                    .filter(name -> !name.equalsIgnoreCase(LinkHeader.NAME))
                    .forEach(name -> put(changed, header, name, List.of()));
        }
        List<String> links = changed.getOrDefault(LinkHeader.NAME, header.apply(LinkHeader.NAME));
        put(changed, header, LinkHeader.NAME, without(links, List.copyOf(dropped)));
        return changed;
    }

    private static void put(
            Map<String, List<String>> changed,
            Function<String, List<String>> header,
            String name,
            List<String> values) {
        if (values.equals(header.apply(name))) {
            changed.remove(name);
        } else {
            changed.put(name.equalsIgnoreCase(LinkHeader.NAME) ? LinkHeader.NAME : name, values);
        }
    }

    private List<String> nextValues(List<String> values, String name) {
        boolean isLink = name.equalsIgnoreCase(LinkHeader.NAME);
        return switch (change) {
            case Change.Nothing nothing -> values;
            case Change.To to ->
                values.stream()
                        .map(value -> isLink
                                ? new LinkHeader(value)
                                        .with("next", link -> moved(link, to))
                                        .text()
                                : moved(value, to))
                        .toList();
            case Change.Like like ->
                isLink
                        ? withNextOf(values, like)
                        : like.page().header().apply(name).stream()
                                .map(like.link())
                                .toList();
        };
    }

    private static List<String> withNextOf(List<String> values, Change.Like like) {
        var all = new ArrayList<>(without(values, List.of("next")));
        like.page().header().apply(LinkHeader.NAME).stream()
                .flatMap(value -> new LinkHeader(value).targets("next"))
                .map(link -> "<" + like.link().apply(link) + ">; rel=\"next\"")
                .forEach(all::add);
        return all;
    }

    private static List<String> without(List<String> values, List<String> types) {
        return values.stream()
                .flatMap(value -> new LinkHeader(value).without(types).stream())
                .map(LinkHeader::text)
                .toList();
    }

    private static String moved(String link, Change.To to) {
        var page = new PageLink(link.strip());
        return page.query(to.paths()).isPresent() ? page.with(to.query()).text() : link;
    }

    private static List<String> names(List<Spot> spots) {
        var names = new ArrayList<String>();
        for (Spot spot : spots) {
            if (spot instanceof Spot.InHeader inside) {
                names.add(inside.name());
            }
        }
        return names;
    }
}
