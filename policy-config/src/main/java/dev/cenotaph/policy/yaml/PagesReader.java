package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.Pages;
import dev.cenotaph.policy.Pages.Paging;
import dev.cenotaph.policy.Pages.ShortPages;
import dev.cenotaph.policy.Pages.Spot;
import dev.cenotaph.policy.Pages.Totals;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the keys of {@code list} that tell what becomes of totals and of short pages. */
final class PagesReader {
    /** The keys of {@code paging} that name query parameters. */
    static final List<String> PARAMETERS = List.of("offset", "page", "cursor", "limit", "size");

    private static final Choices<Totals> TOTALS =
            Choices.of("exact", Totals.EXACT).or("drop", Totals.DROP);
    private static final Choices<ShortPages> SHORT_PAGES = Choices.of("allow", ShortPages.ALLOW)
            .or("refill", ShortPages.REFILL)
            .or("refill-linked", ShortPages.REFILL_LINKED);
    private static final Choices<Paging> LINKS = Choices.of("next", new Paging.Links());

    private PagesReader() {}

    static Pages read(MappingReader list) {
        return new Pages(
                spots(list, "total"),
                list.choice("totals", TOTALS, Totals.EXACT),
                spots(list, "last"),
                query(list),
                paging(list),
                list.choice("short-pages", SHORT_PAGES, ShortPages.ALLOW));
    }

    private static List<Spot> spots(MappingReader list, String key) {
        return list.texts(key).orElse(List.of()).stream()
                .flatMap(text -> spot(text, list.problems()).stream())
                .toList();
    }

    private static Optional<Spot> spot(Scalar text, Problems problems) {
        if (text.text().startsWith("/")) {
            return Places.readInner(text, problems).map(Spot.InBody::new);
        }
        if (ListingReader.isHeader(text.text())) {
            return Optional.of(new Spot.InHeader(text.text()));
        }
        String what = Wording.quoted(text.text()) + " is neither a JSON Pointer nor the name of a header.";
        problems.add(text.at(), ProblemCode.INVALID_VALUE, what, "Write it like `/meta/total` or `X-Total-Count`.");
        return Optional.empty();
    }

    private static Map<String, String> query(MappingReader list) {
        var parameters = new LinkedHashMap<String, String>();
        list.map("query")
                .ifPresent(query -> query.mapping()
                        .entries()
                        .forEach((name, entry) -> query.scalar(name)
                                .flatMap(value -> value(query, name, value))
                                .ifPresent(value -> parameters.put(name, value))));
        return parameters;
    }

    private static Optional<String> value(MappingReader query, String name, Scalar value) {
        if (name.isEmpty()) {
            query.problems()
                    .add(
                            value.at(),
                            ProblemCode.INVALID_NAME,
                            "A parameter needs a name.",
                            "Write one before the colon.");
            return Optional.empty();
        }
        if (value.isNull()) {
            query.problems()
                    .add(
                            value.at(),
                            ProblemCode.WRONG_TYPE,
                            Wording.quoted(name) + " must be a value, and this is empty.",
                            "Write a value, or `''` for none.");
            return Optional.empty();
        }
        return Optional.of(value.text());
    }

    private static Optional<Paging> paging(MappingReader list) {
        var entry = list.entry("paging");
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        return entry.get().value() instanceof Scalar scalar
                ? LINKS.read("paging", scalar, list.problems())
                : list.map("paging").flatMap(PagesReader::pagingOf);
    }

    private static Optional<Paging> pagingOf(MappingReader paging) {
        var kinds = List.of("offset", "page", "cursor").stream()
                .filter(kind -> paging.entry(kind).isPresent())
                .toList();
        if (kinds.size() != 1) {
            paging.problems()
                    .add(
                            paging.mapping().at(),
                            ProblemCode.CONTRADICTION,
                            "Clients come from page to page in one way, and this tells " + kinds.size() + ".",
                            "Write one of `offset`, `page` and `cursor`, or `paging: next`.");
            return Optional.empty();
        }
        var read = switch (kinds.getFirst()) {
            case "offset" -> offset(paging);
            case "page" -> page(paging);
            default -> cursor(paging);
        };
        paging.finish();
        return read;
    }

    private static Optional<Paging> offset(MappingReader paging) {
        var limit = parameter(paging, "limit");
        return parameter(paging, "offset").map(offset -> new Paging.Offset(offset, limit));
    }

    private static Optional<Paging> page(MappingReader paging) {
        var size = parameter(paging, "size");
        return parameter(paging, "page").map(page -> new Paging.Page(page, size));
    }

    private static Optional<Paging> cursor(MappingReader paging) {
        var cursor = parameter(paging, "cursor");
        var limit = paging.required("limit").flatMap(entry -> parameter(paging, "limit"));
        var from = paging.requiredText("from").flatMap(text -> spot(text, paging.problems()));
        return cursor.isPresent() && limit.isPresent() && from.isPresent()
                ? Optional.of(new Paging.Cursor(cursor.get(), limit.get(), from.get()))
                : Optional.empty();
    }

    private static Optional<String> parameter(MappingReader paging, String key) {
        return paging.text(key).flatMap(text -> TrashReader.parameter(paging, text));
    }
}
