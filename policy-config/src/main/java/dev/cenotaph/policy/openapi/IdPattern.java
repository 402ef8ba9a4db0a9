package dev.cenotaph.policy.openapi;

import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.Optional;
import java.util.regex.Pattern;

/** What ids look like, as far as the schema of the path's parameter says. */
final class IdPattern {
    private static final Pattern NAME = Pattern.compile("\\{([^{}]+)}[^{}]*/?$");
    private static final String HEX = "[0-9A-Fa-f]";
    private static final String UUID = "'%1$s{8}-%1$s{4}-%1$s{4}-%1$s{4}-%1$s{12}'".formatted(HEX);

    private IdPattern() {}

    static Optional<String> yaml(Candidate candidate, Api api) {
        return schema(candidate, api).flatMap(schema -> {
            if (api.schemas().is(schema, "integer")) {
                return Optional.of("'[0-9]+'");
            }
            return api.schemas().format(schema).filter("uuid"::equals).map(format -> UUID);
        });
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
