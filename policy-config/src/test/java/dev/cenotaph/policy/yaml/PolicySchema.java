package dev.cenotaph.policy.yaml;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The JSON Schema of policy files. */
final class PolicySchema {
    private static final Schema SCHEMA = schema();

    private PolicySchema() {}

    /** What the schema has against a text that is YAML. */
    static List<Error> errors(String text) {
        var value = YamlReader.read(new PolicySource("shop.yaml", text), new Problems())
                .orElseThrow();
        return SCHEMA.validate(ValueJson.of(value), InputFormat.JSON);
    }

    static JsonNode tree() {
        return SCHEMA.getSchemaNode();
    }

    private static Schema schema() {
        try {
            String text = Files.readString(Path.of("schema/cenotaph-policy-v1.schema.json"));
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(text, InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
