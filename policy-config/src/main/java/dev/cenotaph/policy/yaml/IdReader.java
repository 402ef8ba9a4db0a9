package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.ItemId;
import dev.cenotaph.policy.Place;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads {@code id} and {@code id-pattern}. */
final class IdReader {
    private static final ItemId USUAL = new ItemId.Member(new Place(List.of("id")));

    private IdReader() {}

    static ItemId id(MappingReader resource) {
        return resource.entry("id").flatMap(entry -> id(resource, entry)).orElse(USUAL);
    }

    private static Optional<ItemId> id(MappingReader resource, Mapping.Entry entry) {
        return entry.value() instanceof Mapping
                ? resource.map("id", entry).flatMap(IdReader::href)
                : resource.text("id")
                        .flatMap(text -> Places.readInner(text, resource.problems()))
                        .map(ItemId.Member::new);
    }

    private static Optional<ItemId> href(MappingReader id) {
        var href = id.requiredText("href").flatMap(text -> Places.readInner(text, id.problems()));
        id.finish();
        return href.map(ItemId.Href::new);
    }

    static Optional<Pattern> pattern(MappingReader resource) {
        return resource.text("id-pattern")
                .filter(text -> !text.text().equals("none"))
                .flatMap(text -> pattern(text, resource.problems()));
    }

    private static Optional<Pattern> pattern(Scalar text, Problems problems) {
        if (text.text().isEmpty()) {
            problems.add(text.at(), ProblemCode.EMPTY_VALUE, "No id would match an empty pattern.", "Write `none`.");
            return Optional.empty();
        }
        try {
            var pattern = Pattern.compile(text.text());
            PatternSafety.complaint(text.text())
                    .ifPresent(complaint -> problems.add(text.at(), ProblemCode.UNSAFE_PATTERN, complaint));
            return Optional.of(pattern);
        } catch (PatternSyntaxException e) {
            String what = Wording.quoted(text.text()) + " is no regular expression: " + e.getDescription() + ".";
            String mend = "Write a java.util.regex pattern that matches the whole id, in single quotes.";
            problems.add(text.at(), ProblemCode.INVALID_PATTERN, what, mend);
            return Optional.empty();
        }
    }
}
