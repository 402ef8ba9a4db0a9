package dev.cenotaph.policy.openapi;

import dev.cenotaph.policy.PathTemplate;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Paths that a client could send, made from a path of a document: one for each kind of id that is usual. */
final class Samples {
    private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]+)}");
    private static final String NUMBER = "7";
    private static final String UUID = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
    private static final String WORD = "sample";

    private final Api api;

    Samples(Api api) {
        this.api = api;
    }

    List<String> of(ApiPath path) {
        Stream<UnaryOperator<String>> values =
                Stream.of(name -> declared(path, name), name -> NUMBER, name -> UUID, name -> WORD);
        return values.map(value -> filled(path, value)).distinct().toList();
    }

    private static String filled(ApiPath path, UnaryOperator<String> value) {
        return VARIABLE.matcher(path.whole())
                .replaceAll(match -> Matcher.quoteReplacement(encoded(value.apply(match.group(1)))));
    }

    private static String encoded(String value) {
        var id = new PathTemplate("/{id}", List.of(new PathTemplate.Variable("id", "")));
        return id.expand(name -> value).substring(1);
    }

    /** What the document itself gives as an example, or the first value that it allows, or one of the declared type. */
    private String declared(ApiPath path, String name) {
        Optional<Parameter> parameter = api.pathParameter(path, name);
        return parameter
                .flatMap(its -> Optional.ofNullable(its.getExample()))
                .or(() -> parameter.flatMap(Samples::schema).flatMap(this::declared))
                .map(Object::toString)
                .filter(text -> !text.isBlank())
                .orElse(WORD);
    }

    private static Optional<Schema<?>> schema(Parameter parameter) {
        Schema<?> schema = parameter.getSchema();
        return Optional.ofNullable(schema);
    }

    private Optional<Object> declared(Schema<?> schema) {
        Schema<?> at = api.schemas().resolved(schema);
        return Optional.<Object>ofNullable(at.getExample())
                .or(() -> api.schemas().choices(at).stream().findFirst().map(Object.class::cast))
                .or(() -> api.schemas().is(at, "integer") ? Optional.of(NUMBER) : Optional.empty())
                .or(() -> api.schemas().format(at).filter("uuid"::equals).map(format -> UUID));
    }
}
