package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.Expansion;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code expand}: how one request names many items. */
final class ExpansionReader {
    private static final Choices<Integer> ALL_WELL = Choices.of(207, 207).or(200, 200);
    private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,3}");
    // None that an id needs escaping for anyway, and none that would end the parameter.
    private static final Pattern SEPARATOR = Pattern.compile("[,;|:.~!]");

    private ExpansionReader() {}

    static Expansion read(MappingReader resource) {
        return resource.map("expand").map(ExpansionReader::expansion).orElse(Expansion.USUAL);
    }

    private static Expansion expansion(MappingReader expand) {
        var usual = Expansion.USUAL;
        var ids = TrashReader.parameters(expand, "ids", usual.ids());
        if (ids.isEmpty() && expand.texts("ids").filter(List::isEmpty).isPresent()) {
            expand.entry("ids")
                    .ifPresent(entry -> expand.problems()
                            .add(
                                    entry.value().at(),
                                    ProblemCode.EMPTY_VALUE,
                                    "`ids` names nothing.",
                                    "Write at least one name, such as `ids`."));
        }
        var separator = expand.text("separator")
                .flatMap(text -> separator(expand, text))
                .orElse(usual.separator());
        var paths = expand.texts("paths")
                .map(texts -> texts.stream()
                        .flatMap(text -> TrashReader.restore(expand, text, "is no way to delete many").stream())
                        .toList())
                .orElse(usual.paths());
        var most =
                expand.scalar("most").flatMap(scalar -> count(expand, scalar)).orElse(usual.most());
        int allWell = expand.choice("all-well", ALL_WELL, usual.allWell());
        expand.finish();
        return new Expansion(ids, separator, paths, most, allWell);
    }

    private static Optional<String> separator(MappingReader expand, Scalar text) {
        if (SEPARATOR.matcher(text.text()).matches()) {
            return Optional.of(text.text());
        }
        expand.problems()
                .add(
                        text.at(),
                        ProblemCode.INVALID_VALUE,
                        Wording.quoted(text.text()) + " separates no ids.",
                        "Write one of `,` `;` `|` `:` `.` `~` and `!`.");
        return Optional.empty();
    }

    private static Optional<Integer> count(MappingReader expand, Scalar scalar) {
        if (scalar.kind() == Scalar.Kind.NUMBER && COUNT.matcher(scalar.text()).matches()) {
            int count = Integer.parseInt(scalar.text());
            if (count <= Expansion.MOST) {
                return Optional.of(count);
            }
        }
        expand.problems()
                .add(
                        scalar.at(),
                        ProblemCode.INVALID_VALUE,
                        Wording.quoted("most: " + scalar.text()) + " is no count of items.",
                        "Write a whole number from 1 to " + Expansion.MOST + ".");
        return Optional.empty();
    }
}
