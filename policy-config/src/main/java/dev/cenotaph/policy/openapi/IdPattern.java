package dev.cenotaph.policy.openapi;

import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What ids look like, as far as the schema of the path's parameter says: nothing narrower than it allows. */
final class IdPattern {
    private static final Pattern NAME = Pattern.compile("\\{([^{}]+)}[^{}]*/?$");
    private static final String HEX = "[0-9A-Fa-f]";
    private static final String UUID = "'%1$s{8}-%1$s{4}-%1$s{4}-%1$s{4}-%1$s{12}'".formatted(HEX);
    private static final String NATURAL = "'[0-9]+'";
    private static final String WHOLE = "'-?[0-9]+'";
    private static final int DEEPEST = 5;

    private final Schemas schemas;

    private IdPattern(Schemas schemas) {
        this.schemas = schemas;
    }

    static Optional<String> yaml(Candidate candidate, Api api) {
        return schema(candidate, api).flatMap(schema -> new IdPattern(api.schemas()).of(schema, 0));
    }

    /** What a schema says itself, else all that it is one of, else any that it is all of. */
    private Optional<String> of(Schema<?> schema, int depth) {
        if (depth > DEEPEST) {
            return Optional.empty();
        }
        Schema<?> at = schemas.resolved(schema);
        List<Schema<?>> choices = choices(at);
        return own(at).or(() -> choices.isEmpty() ? Optional.empty() : ofEach(choices, depth + 1))
                .or(() -> Optional.ofNullable(at.getAllOf()).stream()
                        .flatMap(List::stream)
                        .flatMap(part -> of(part, depth + 1).stream())
                        .findFirst());
    }

    private Optional<String> ofEach(List<Schema<?>> choices, int depth) {
        Set<Optional<String>> patterns =
                choices.stream().map(choice -> of(choice, depth)).collect(Collectors.toSet());
        return patterns.size() == 1 ? patterns.iterator().next() : Optional.empty();
    }

    private static List<Schema<?>> choices(Schema<?> schema) {
        var choices = new ArrayList<Schema<?>>();
        if (schema.getOneOf() != null) {
            schema.getOneOf().forEach(choices::add);
        }
        if (schema.getAnyOf() != null) {
            schema.getAnyOf().forEach(choices::add);
        }
        return choices;
    }

    private static Optional<String> own(Schema<?> schema) {
        Set<String> types = Set.copyOf(Schemas.types(schema));
        if (types.equals(Set.of("integer"))) {
            return Optional.of(isNatural(schema) ? NATURAL : WHOLE);
        }
        boolean text = types.isEmpty() || types.equals(Set.of("string"));
        return text && "uuid".equals(schema.getFormat()) ? Optional.of(UUID) : Optional.empty();
    }

    private static boolean isNatural(Schema<?> schema) {
        return isAtLeast(schema.getMinimum(), BigDecimal.ZERO)
                || isAtLeast(schema.getExclusiveMinimumValue(), BigDecimal.ONE.negate());
    }

    private static boolean isAtLeast(@Nullable BigDecimal bound, BigDecimal least) {
        return bound != null && bound.compareTo(least) >= 0;
    }

    /** The schema of the last variable. */
    private static Optional<Schema<?>> schema(Candidate candidate, Api api) {
        var name = NAME.matcher(candidate.itemPath().text());
        return name.find()
                ? api.pathParameter(candidate.itemPath(), name.group(1)).flatMap(IdPattern::schemaOf)
                : Optional.empty();
    }

    private static Optional<Schema<?>> schemaOf(Parameter parameter) {
        Schema<?> schema = parameter.getSchema();
        return Optional.ofNullable(schema);
    }
}
