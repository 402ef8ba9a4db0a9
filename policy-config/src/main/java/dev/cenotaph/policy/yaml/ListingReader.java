package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.Listing;
import dev.cenotaph.policy.Listing.Next;
import dev.cenotaph.policy.Listing.OnUnfilterable;
import dev.cenotaph.policy.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code list}. */
final class ListingReader {
    private static final Choices<OnUnfilterable> ON_UNFILTERABLE =
            Choices.of("fail", OnUnfilterable.FAIL).or("pass", OnUnfilterable.PASS);
    private static final List<String> JSON = List.of("application/json", "application/*+json");

    /** RFC 9110 §8.3.1, without parameters; {@code *} for a whole part or before a {@code +suffix}. */
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("(?:\\*|[A-Za-z0-9!#$&^_.+-]+)/(?:\\*|(?:\\*\\+)?[A-Za-z0-9!#$&^_.+-]+)");

    /** RFC 9110 §5.1. */
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    private ListingReader() {}

    static Listing read(MappingReader resource) {
        return resource.map("list")
                .map(ListingReader::listing)
                .orElse(new Listing(Place.ROOT, Place.ROOT, JSON, List.of(), OnUnfilterable.FAIL));
    }

    private static Listing listing(MappingReader list) {
        var items = place(list, "items");
        var row = place(list, "row");
        var mediaTypes = mediaTypes(list);
        var onUnfilterable = list.choice("on-unfilterable", ON_UNFILTERABLE, OnUnfilterable.FAIL);
        var next = next(list);
        var pages = PagesReader.read(list);
        list.finish();
        return new Listing(items, row, mediaTypes, next, onUnfilterable, pages);
    }

    static Place place(MappingReader reader, String key) {
        return reader.text(key)
                .flatMap(text -> Places.read(text, reader.problems()))
                .orElse(Place.ROOT);
    }

    private static List<Next> next(MappingReader list) {
        return list.texts("next").orElse(List.of()).stream()
                .flatMap(text -> next(text, list.problems()).stream())
                .toList();
    }

    private static Optional<Next> next(Scalar text, Problems problems) {
        if (text.text().startsWith("/")) {
            return Places.readInner(text, problems).map(Next.Body::new);
        }
        if (isHeader(text.text())) {
            return Optional.of(new Next.Header(text.text()));
        }
        String what = Wording.quoted(text.text()) + " is neither a JSON Pointer nor the name of a header.";
        problems.add(text.at(), ProblemCode.INVALID_VALUE, what, "Write it like `/links/next` or `Link`.");
        return Optional.empty();
    }

    /** RFC 9110 §5.1. */
    static boolean isHeader(String name) {
        return HEADER.matcher(name).matches();
    }

    private static List<String> mediaTypes(MappingReader list) {
        var given = list.texts("media-types");
        if (given.isEmpty()) {
            return JSON;
        }
        list.entry("media-types").ifPresent(entry -> refuseEmpty(entry, list.problems()));
        var types = new ArrayList<String>();
        for (Scalar text : given.get()) {
            if (!MEDIA_TYPE.matcher(text.text()).matches()) {
                String what = Wording.quoted(text.text()) + " is no media type.";
                String mend = "Write it like `application/json` or `application/*+json`, without parameters.";
                list.problems().add(text.at(), ProblemCode.INVALID_VALUE, what, mend);
            }
            types.add(text.text().toLowerCase(Locale.ROOT));
        }
        return types;
    }

    private static void refuseEmpty(Mapping.Entry entry, Problems problems) {
        if (entry.value() instanceof Sequence sequence && sequence.elements().isEmpty()) {
            String what = "Without media types no list would be filtered.";
            problems.add(entry.value().at(), ProblemCode.EMPTY_VALUE, what, "Name one, or remove the key.");
        }
    }
}
