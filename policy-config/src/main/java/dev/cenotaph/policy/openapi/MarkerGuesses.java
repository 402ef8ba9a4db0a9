package dev.cenotaph.policy.openapi;

import dev.cenotaph.policy.Place;
import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Looks through an item's schema for members that could mark it as trashed. */
final class MarkerGuesses {
    private static final int DEEPEST = 2;
    private static final Pattern GONE = Pattern.compile(
            "(?:is|has|was)?(?:been)?(?:soft)?(?:deleted|trashed|removed|discarded|archived|intrash|binned|recycled)");
    private static final Pattern GONE_AT = Pattern.compile(
            "(?:(?:is|was)?(?:soft)?(?:deleted|trashed|removed|discarded|archived)(?:at|on|date|time|datetime|timestamp|utc)"
                    + "|(?:date|time)(?:deleted|trashed|removed|archived)"
                    + "|(?:delete|deletion|trash|removal|archive|archival)(?:time|date|timestamp|datetime|at|on))");
    private static final Pattern LIVE = Pattern.compile("(?:is)?(?:active|enabled|live|visible|published)");
    private static final Pattern STATUS = Pattern.compile("(?:.*)(?:status|state|lifecycle|phase)");
    private static final List<String> TRASHED_VALUES = List.of(
            "trashed",
            "trash",
            "deleted",
            "removed",
            "archived",
            "discarded",
            "withdrawn",
            "retired",
            "discontinued",
            "inactive",
            "disabled",
            "deactivated",
            "closed",
            "cancelled",
            "canceled",
            "void",
            "voided");
    private static final int FIRST_OF_BUSINESS = TRASHED_VALUES.indexOf("withdrawn");
    private static final Pattern LIST = Pattern.compile(
            "(?:extension|custom|meta|additional|extra|user)(?:fields?|data|attributes|properties|values)?"
                    + "|metafields?|attributes|properties|fields|annotations|labels|tags");
    private static final Set<String> KEYS = Set.of("key", "name", "id", "field", "code");
    private static final Set<String> VALUES = Set.of("value", "val", "content");

    private final Schemas schemas;
    private final Optional<Writable> write;
    private final Set<String> things;
    private final List<MarkerGuess> guesses = new ArrayList<>();
    private final List<String> rejected = new ArrayList<>();

    private MarkerGuesses(Schemas schemas, Optional<Writable> write, Set<String> things) {
        this.schemas = schemas;
        this.write = write;
        this.things = things;
    }

    /** @param things the kinds of all items of the API */
    static MarkerGuesses in(Schema<?> item, Optional<Writable> write, Set<String> things, Schemas schemas) {
        var guesses = new MarkerGuesses(schemas, write, things);
        guesses.look(item, Place.ROOT);
        guesses.guesses.sort(Comparator.comparingInt(MarkerGuess::rank));
        return guesses;
    }

    static MarkerGuesses none(Schemas schemas) {
        return new MarkerGuesses(schemas, Optional.empty(), Set.of());
    }

    /** The likeliest first. */
    List<MarkerGuess> guesses() {
        return List.copyOf(guesses);
    }

    /** What looked like a marker and cannot be one. */
    List<String> rejected() {
        return List.copyOf(rejected);
    }

    private void look(Schema<?> schema, Place at) {
        for (Map.Entry<String, Schema<?>> property : schemas.properties(schema).entrySet()) {
            Place place = at.append(new Place(List.of(property.getKey())));
            judge(place, Words.alike(property.getKey()), property.getValue());
            if (place.tokens().size() < DEEPEST && isPartOfItem(property.getValue())) {
                look(property.getValue(), place);
            }
        }
    }

    /** What is a thing of its own has a trash of its own. */
    private boolean isPartOfItem(Schema<?> schema) {
        return schemas.is(schema, "object")
                && !schemas.isThing(schema)
                && schemas.names(schema).stream().noneMatch(things::contains);
    }

    private void judge(Place place, String name, Schema<?> schema) {
        String type = schemas.type(schema).orElse("");
        int depth = place.tokens().size();
        switch (type) {
            case "boolean" -> judgeFlag(place, name, schema, depth);
            case "string", "integer", "number" -> judgeValue(place, name, schema, depth);
            case "array" -> judgeList(place, name, schema, depth);
            default -> {}
        }
    }

    private void judgeFlag(Place place, String name, Schema<?> schema, int depth) {
        if (GONE.matcher(name).matches()) {
            int rank = (name.contains("archived") ? 25 : 10) + depth;
            offer(place, schema, "{ flag: " + Yaml.place(place) + " }", "is a boolean", rank);
        } else if (LIVE.matcher(name).matches()) {
            rejected.add(Yaml.comment(place) + " says the opposite: a flag is true when trashed");
        }
    }

    private void judgeValue(Place place, String name, Schema<?> schema, int depth) {
        if (GONE_AT.matcher(name).matches() || (GONE.matcher(name).matches() && isTime(schema))) {
            if (!schemas.is(schema, "string")) {
                rejected.add(Yaml.comment(place) + " is a time in numbers, and the gateway writes RFC 3339 texts");
                return;
            }
            String format = schemas.format(schema)
                    .map(its -> " of the format " + Words.inLine(its))
                    .orElse("");
            int rank = (name.contains("archiv") ? 20 : 0) + depth;
            offer(place, schema, "{ timestamp: " + Yaml.place(place) + " }", "is a text" + format, rank);
            return;
        }
        judgeStatus(place, name, schema, depth);
    }

    private boolean isTime(Schema<?> schema) {
        return schemas.format(schema).filter("date-time"::equals).isPresent();
    }

    private void judgeStatus(Place place, String name, Schema<?> schema, int depth) {
        List<String> choices = schemas.choices(schema);
        choices.stream()
                .filter(choice -> TRASHED_VALUES.contains(Words.alike(choice)))
                .min(Comparator.comparingInt(choice -> TRASHED_VALUES.indexOf(Words.alike(choice))))
                .filter(choice -> choices.size() > 1)
                .ifPresent(choice -> {
                    int value = TRASHED_VALUES.indexOf(Words.alike(choice));
                    int rank = 30 + value + depth + (STATUS.matcher(name).matches() ? 0 : 40);
                    String yaml =
                            "{ status: { field: " + Yaml.place(place) + ", trashed: " + Yaml.quoted(choice) + " } }";
                    String business = value < FIRST_OF_BUSINESS ? "" : ", if it means that to the business";
                    offer(place, schema, yaml, "knows `" + Words.inLine(choice) + "`" + business, rank);
                });
    }

    private void judgeList(Place place, String name, Schema<?> schema, int depth) {
        if (!LIST.matcher(name).matches()) {
            return;
        }
        schemas.elements(schema).ifPresent(element -> {
            Map<String, Schema<?>> members = schemas.properties(element);
            Optional<String> key = textMember(members, KEYS);
            Optional<String> value = textMember(members, VALUES);
            if (key.isPresent() && value.isPresent()) {
                String yaml = "{ extension: { list: " + Yaml.place(place) + ", key: deleted, value: \"true\""
                        + names(key.get(), value.get()) + " } }";
                offer(place, schema, yaml, "is a list of keys and values that may have room for one more", 150 + depth);
            }
        });
    }

    private Optional<String> textMember(Map<String, Schema<?>> members, Set<String> names) {
        return members.entrySet().stream()
                .filter(member -> names.contains(Words.alike(member.getKey())))
                .filter(member ->
                        schemas.type(member.getValue()).orElse("string").equals("string"))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    static String names(String key, String value) {
        return key.equals("key") && value.equals("value")
                ? ""
                : ", names: { key: " + Yaml.quoted(key) + ", value: " + Yaml.quoted(value) + " }";
    }

    private void offer(Place place, Schema<?> schema, String yaml, String why, int rank) {
        String named = Yaml.comment(place) + " " + why;
        if (schemas.isReadOnly(schema)) {
            rejected.add(named + ", but read-only");
        } else if (write.isPresent() && !write.get().takes(place)) {
            rejected.add(named + ", but " + write.get().operation().name() + " does not take it");
        } else {
            String taken = write.map(its -> ", and " + its.operation().name() + " takes it")
                    .orElse("");
            guesses.add(new MarkerGuess(yaml, named + taken, rank));
        }
    }
}
