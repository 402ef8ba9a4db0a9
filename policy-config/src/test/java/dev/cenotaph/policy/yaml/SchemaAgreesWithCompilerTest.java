package dev.cenotaph.policy.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.policy.yaml.BrokenFile.Judge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaAgreesWithCompilerTest {
    static Stream<BrokenFile> brokenFiles() {
        return BrokenFiles.all().filter(broken -> broken.judge() != Judge.YAML);
    }

    static List<Path> examples() throws IOException {
        try (var files = Files.list(Path.of("policies"))) {
            return files.filter(file -> !file.toString().endsWith(".cases.yaml"))
                    .sorted()
                    .toList();
        }
    }

    static Stream<String> soundFiles() {
        return SoundFiles.all();
    }

    @ParameterizedTest
    @MethodSource("brokenFiles")
    void schemaRefusesWhatAShapeCanTell(BrokenFile broken) {
        assertThat(PolicySchema.errors(broken.text()).isEmpty()).isEqualTo(broken.judge() == Judge.COMPILER);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void bothTakeEveryExample(Path example) throws IOException {
        String text = Files.readString(example);
        assertThat(PolicySchema.errors(text)).isEmpty();
        assertThat(Yaml.compile(text).resources()).isNotEmpty();
        assertThat(text).startsWith("# yaml-language-server: $schema=../schema/cenotaph-policy-v1.schema.json");
    }

    @ParameterizedTest
    @MethodSource("soundFiles")
    void bothTakeEverySoundFile(String text) {
        assertThat(PolicySchema.errors(text)).isEmpty();
        assertThat(Yaml.compile(Map.of("SHOP_HOST", "shop"), text).resources()).isNotEmpty();
    }

    @Test
    void everyKeyOfTheSchemaIsDescribed() {
        assertThat(SchemaKeys.undescribed(PolicySchema.tree())).isEmpty();
    }
}
