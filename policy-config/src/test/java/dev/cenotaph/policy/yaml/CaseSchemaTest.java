package dev.cenotaph.policy.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Editors and the reader of case files say the same. */
class CaseSchemaTest {
    private static final String CASE = """
            cases:
              - name: one
                request: { call: GET /a }
                trashed: [/a/1, { item: /a/2, former: null, delete-time: "2026-11-22T12:00:00Z" }]
                upstream: [{ call: GET /a, answer: { status: 200, text: a } }]
                answer: { status: 200, problem: none }
            """;

    private static Schema schema;

    @BeforeAll
    static void readSchema() throws IOException {
        String text = Files.readString(Path.of("schema/cenotaph-cases-v1.schema.json"));
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(text, InputFormat.JSON);
    }

    @Test
    void soundCasesAreSoundForBoth() throws IOException {
        for (String text : List.of(CASE, Files.readString(Path.of("policies/legacy-shop.cases.yaml")))) {
            assertThat(schemaFinds(text)).isFalse();
            assertThat(CaseFileReader.read(new PolicySource("a.cases.yaml", text))
                            .problems())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: one|nmae: one",
                "GET /a }|get /a }",
                "answer: { status: 200, problem: none }|answer: { problem: none }",
                "status: 200, text|status: many, text",
                "item: /a/2|itme: /a/2",
                "cases:|case:"
            })
    void brokenCasesAreBrokenForBoth(String sound, String broken) {
        String text = CASE.replace(sound, broken);

        assertThat(schemaFinds(text)).isTrue();
        assertThat(CaseFileReader.read(new PolicySource("a.cases.yaml", text)).problems())
                .isNotEmpty();
    }

    private static boolean schemaFinds(String text) {
        var value = YamlReader.read(new PolicySource("a.cases.yaml", text), new Problems())
                .orElseThrow();
        return !schema.validate(ValueJson.of(value), InputFormat.JSON).isEmpty();
    }
}
