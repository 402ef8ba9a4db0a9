package dev.cenotaph.policy.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.policy.Answers;
import dev.cenotaph.policy.ResourcePolicy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PresetsTest {
    private static final String RESOURCES = "resources: { orders: { path: /orders, marker: { flag: is_trashed } } }\n";

    static List<String> names() {
        return Presets.NAMES;
    }

    /** As defaults, its keys are all known, and each means something. */
    @ParameterizedTest
    @MethodSource("names")
    void everyPresetIsSound(String name) {
        String defaults = "defaults:\n" + Presets.text(name).indent(2);
        assertThat(only(defaults + RESOURCES)).isEqualTo(only("preset: " + name + "\n" + RESOURCES));
    }

    @Test
    void goneIsWhatHoldsWithoutPreset() {
        assertThat(only("preset: gone\n" + RESOURCES)).isEqualTo(only(RESOURCES));
    }

    @Test
    void defaultsOverrideThePresetAndTheResourceBoth() {
        ResourcePolicy policy = only("""
                preset: aep
                defaults: { answers: { gone: 410 }, trash: { include: all } }
                resources: { orders: { path: /orders, marker: { flag: is_trashed }, answers: { delete: 202 } } }
                """);
        assertThat(policy.answers().gone()).isEqualTo(410);
        assertThat(policy.answers().delete()).isEqualTo(Answers.Delete.ACCEPTED);
        assertThat(policy.answers().allowMissing()).containsExactly("allow_missing");
        assertThat(policy.trash().include()).containsExactly("all");
        assertThat(policy.trash().restore()).containsExactly(":undelete");
    }

    @Test
    void anotherStatusThanThePresetsComesWithoutItsBody() {
        ResourcePolicy policy = only("preset: open-event\ndefaults: { answers: { delete: 204 } }\n" + RESOURCES);
        assertThat(policy.answers().delete()).isEqualTo(Answers.Delete.NO_CONTENT);
        assertThat(policy.answers().deleteBody()).isEmpty();
    }

    private static ResourcePolicy only(String yaml) {
        return Yaml.compile(Yaml.HEAD + yaml).resource("orders").orElseThrow();
    }
}
