package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.openapi.OpenApiDocument;
import dev.cenotaph.policy.openapi.UnreadableDocumentException;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The OpenAPI document that a command is given. */
final class OpenApiInput {
    private static final String PARSER = "io.swagger.v3.parser.OpenAPIV3Parser";

    @Option(
            names = "--openapi",
            required = true,
            paramLabel = "FILE",
            description = "An OpenAPI 3.0 or 3.1 document, YAML or JSON. What it refers to elsewhere is not read.")
    private Path file = Path.of("");

    Path file() {
        return file;
    }

    /**
     * Reads it, and makes something of it.
     *
     * @throws UnusableInputException if either is not possible
     */
    <T> T read(Function<OpenApiDocument, T> made) {
        try {
            Class.forName(PARSER);
            return made.apply(OpenApiDocument.read(file));
        } catch (ClassNotFoundException e) {
            throw new UnusableInputException("this jar has no OpenAPI parser; use cenotaph-policy.jar", e);
        } catch (UnreadableDocumentException e) {
            throw new UnusableInputException(String.valueOf(e.getMessage()), e);
        }
    }
}
