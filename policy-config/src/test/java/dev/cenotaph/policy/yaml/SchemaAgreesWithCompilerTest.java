package dev.cenotaph.policy.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.cenotaph.policy.yaml.BrokenFile.Judge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaAgreesWithCompilerTest {
    private static final Schema SCHEMA = schema();

    static Stream<BrokenFile> brokenFiles() {
        return BrokenFiles.all().filter(broken -> broken.judge() != Judge.YAML);
    }

    static List<Path> examples() throws IOException {
        try (var files = Files.list(Path.of("policies"))) {
            return files.sorted().toList();
        }
    }

    static Stream<String> soundFiles() {
        return SoundFiles.all();
    }

    @ParameterizedTest
    @MethodSource("brokenFiles")
    void schemaRefusesWhatAShapeCanTell(BrokenFile broken) {
        assertThat(errors(broken.text()).isEmpty()).isEqualTo(broken.judge() == Judge.COMPILER);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void bothTakeEveryExample(Path example) throws IOException {
        String text = Files.readString(example);
        assertThat(errors(text)).isEmpty();
        assertThat(Yaml.compile(text).resources()).isNotEmpty();
        assertThat(text).startsWith("# yaml-language-server: $schema=../schema/cenotaph-policy-v1.schema.json");
    }

    @ParameterizedTest
    @MethodSource("soundFiles")
    void bothTakeEverySoundFile(String text) {
        assertThat(errors(text)).isEmpty();
        assertThat(Yaml.compile(Map.of("SHOP_HOST", "shop"), text).resources()).isNotEmpty();
    }

    @Test
    void everyKeyOfTheSchemaIsDescribed() {
        assertThat(SchemaKeys.undescribed(SCHEMA.getSchemaNode())).isEmpty();
    }

    private static List<Error> errors(String text) {
        var problems = new Problems();
        var value =
                YamlReader.read(new PolicySource("shop.yaml", text), problems).orElseThrow();
        return SCHEMA.validate(ValueJson.of(value), InputFormat.JSON);
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
