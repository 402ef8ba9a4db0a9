package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.Permanent;
import dev.cenotaph.policy.Permanent.Allow;
import dev.cenotaph.policy.Trash;
import dev.cenotaph.policy.Trash.Delete;
import dev.cenotaph.policy.Trash.Writes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code trash} and {@code permanent}: how clients ask for trash, for restores and for permanent deletes. */
final class TrashReader {
    private static final Choices<Allow> ALLOW =
            Choices.of("always", Allow.ALWAYS).or("trashed", Allow.TRASHED).or("never", Allow.NEVER);
    private static final Choices<Writes> WRITES =
            Choices.of("gone", Writes.GONE).or("put", Writes.PUT).or("patch", Writes.PATCH);
    private static final Choices<Delete> DELETE =
            Choices.of("refuse", Delete.REFUSE).or("permanent", Delete.PERMANENT);
    private static final Choices<Boolean> YES_OR_NO = Choices.of(true, true).or(false, false);
    private static final Trash USUAL = new Trash(
            List.of("with_trashed", "show_deleted"),
            List.of("only_trashed"),
            Map.of(),
            "trashed",
            List.of(":undelete", "/restore"),
            Writes.GONE,
            Delete.REFUSE,
            false);
    private static final Permanent USUAL_PERMANENT = new Permanent("permanent", Allow.ALWAYS);

    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final Pattern VERB = Pattern.compile(":[A-Za-z][A-Za-z0-9_-]*");

    private TrashReader() {}

    static Trash trash(MappingReader resource) {
        return resource.map("trash").map(TrashReader::trashOf).orElse(USUAL);
    }

    private static Trash trashOf(MappingReader trash) {
        var include = parameters(trash, "include", USUAL.include());
        var only = parameters(trash, "only", USUAL.only());
        var onlyWhen = trash.map("only-when").map(TrashReader::values).orElse(USUAL.onlyWhen());
        var collection = trash.text("collection")
                .flatMap(text -> collection(trash, text))
                .orElse(USUAL.collection());
        var restore =
                trash.texts("restore").map(texts -> restores(trash, texts)).orElse(USUAL.restore());
        if (restore.isEmpty()) {
            refuseNoRestore(trash);
        }
        var writes = trash.choice("writes", WRITES, USUAL.writes());
        var delete = trash.choice("delete", DELETE, USUAL.delete());
        var restoreAncestors = trash.choice("restore-ancestors", YES_OR_NO, USUAL.restoreAncestors());
        trash.finish();
        return new Trash(include, only, onlyWhen, collection, restore, writes, delete, restoreAncestors);
    }

    static Permanent permanent(MappingReader resource) {
        return resource.map("permanent").map(TrashReader::permanentOf).orElse(USUAL_PERMANENT);
    }

    private static Permanent permanentOf(MappingReader permanent) {
        var parameter = permanent.text("parameter").flatMap(text -> parameter(permanent, text));
        var allow = permanent.choice("allow", ALLOW, Allow.ALWAYS);
        permanent.finish();
        return new Permanent(parameter.orElse(USUAL_PERMANENT.parameter()), allow);
    }

    static List<String> parameters(MappingReader trash, String key, List<String> usual) {
        return trash.texts(key)
                .map(texts -> texts.stream()
                        .flatMap(text -> parameter(trash, text).stream())
                        .toList())
                .orElse(usual);
    }

    /** Query parameters, each with one value. */
    private static Map<String, String> values(MappingReader reader) {
        var values = new LinkedHashMap<String, String>();
        reader.mapping().entries().forEach((name, entry) -> {
            if (!PARAMETER.matcher(name).matches()) {
                notSimple(reader, entry.at(), name);
            }
            reader.scalar(name).ifPresent(value -> {
                if (value.isNull() || value.text().isEmpty()) {
                    reader.problems()
                            .add(
                                    value.at(),
                                    ProblemCode.EMPTY_VALUE,
                                    "No value of " + Wording.quoted(name) + " asks for trash so.",
                                    "Write the value, such as `archived`.");
                }
                values.put(name, value.text());
            });
        });
        return values;
    }

    static Optional<String> parameter(MappingReader reader, Scalar text) {
        return PARAMETER.matcher(text.text()).matches()
                ? Optional.of(text.text())
                : notSimple(reader, text.at(), text.text());
    }

    private static Optional<String> notSimple(MappingReader reader, Position at, String name) {
        reader.problems()
                .add(
                        at,
                        ProblemCode.INVALID_NAME,
                        Wording.quoted(name) + " is no simple name of a query parameter.",
                        "Write letters, digits, `_`, `-` and `.` only.");
        return Optional.empty();
    }

    private static Optional<String> collection(MappingReader reader, Scalar text) {
        boolean beside = text.text().startsWith(Trash.BESIDE);
        String segment =
                beside ? text.text().substring(Trash.BESIDE.length()).replace(Trash.COLLECTION, "x") : text.text();
        return isSegment(segment)
                ? Optional.of(text.text())
                : badName(
                        reader,
                        text,
                        "is no path segment",
                        "Write one segment without slashes, such as `trashed`; or one beside the collection, such as"
                                + " `../deleted{collection}`.");
    }

    /** Whatever is told of a trashed item, the way back is a part of it. */
    private static void refuseNoRestore(MappingReader trash) {
        trash.entry("restore")
                .filter(entry -> entry.value() instanceof Sequence sequence
                        && sequence.elements().isEmpty())
                .ifPresent(entry -> trash.problems()
                        .add(
                                entry.value().at(),
                                ProblemCode.EMPTY_VALUE,
                                "Nothing could be restored.",
                                "Name one way at least, such as `:undelete`, or leave the key out."));
    }

    private static List<String> restores(MappingReader trash, List<Scalar> texts) {
        return texts.stream()
                .flatMap(text -> restore(trash, text, "is no way to restore").stream())
                .toList();
    }

    static Optional<String> restore(MappingReader trash, Scalar text, String what) {
        boolean sound = VERB.matcher(text.text()).matches()
                || (text.text().startsWith("/") && isSegment(text.text().substring(1)));
        return sound ? Optional.of(text.text()) : badName(trash, text, what, "Write `:verb` or `/segment`.");
    }

    private static boolean isSegment(String text) {
        return !text.isEmpty()
                && !text.contains("/")
                && Templates.literalComplaint(text).isEmpty();
    }

    private static Optional<String> badName(MappingReader reader, Scalar text, String what, String mend) {
        reader.problems()
                .add(text.at(), ProblemCode.INVALID_NAME, Wording.quoted(text.text()) + " " + what + ".", mend);
        return Optional.empty();
    }
}
