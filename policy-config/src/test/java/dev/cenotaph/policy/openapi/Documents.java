package dev.cenotaph.policy.openapi;

import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.yaml.PolicyCompiler;
import dev.cenotaph.policy.yaml.PolicySource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** The documents of {@code src/test/resources/openapi}, and policies. */
final class Documents {
    private Documents() {}

    static Stream<String> names() {
        return Stream.of("shop.yaml", "documents.yaml", "articles.json", "issues.yaml");
    }

    static OpenApiDocument document(String name) {
        return OpenApiDocument.of(name, text(name));
    }

    static String text(String name) {
        try (var bytes = Documents.class.getResourceAsStream("/openapi/" + name)) {
            if (bytes == null) {
                throw new IllegalArgumentException("no document " + name);
            }
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whatever stands below {@code paths} and {@code components}, in front of which the usual head is put. */
    static OpenApiDocument of(String rest) {
        return OpenApiDocument.of("api.yaml", "openapi: 3.0.3\ninfo: { title: Api, version: '1' }\n" + rest);
    }

    static PolicySet policies(String yaml) {
        return PolicyCompiler.compile(List.of(new PolicySource("policy.yaml", yaml)), name -> null);
    }
}
