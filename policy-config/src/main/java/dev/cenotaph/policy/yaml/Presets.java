package dev.cenotaph.policy.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Contracts of well-known APIs, each a set of defaults that a file names by one word. */
final class Presets {
    static final List<String> NAMES =
            List.of("gone", "aep", "google-aip", "open-event", "fhir", "scim", "wordpress", "azure-key-vault");

    private Presets() {}

    /** Lays a file's defaults over those of the preset that it names. What a preset says stands where it is named. */
    static Mapping under(Mapping defaults, MappingReader file) {
        return file.text("preset")
                .flatMap(name -> choices()
                        .read("preset", name, file.problems())
                        .map(preset ->
                                defaults.overDefaults(read(preset).placedAt(name.at()), FileReader.REPLACED_WHOLE)))
                .orElse(defaults);
    }

    /** A preset as it is written. */
    static String text(String name) {
        try (InputStream file = Presets.class.getResourceAsStream("/dev/cenotaph/policy/presets/" + name + ".yaml")) {
            if (file == null) {
                throw new IllegalStateException("the preset " + name + " is not in the jar");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Mapping read(String name) {
        var problems = new Problems();
        var value = YamlReader.read(new PolicySource(name, text(name)), problems);
        if (value.isEmpty() || !(value.get() instanceof Mapping mapping)) {
            throw new IllegalStateException("the preset " + name + " is no map");
        }
        return mapping;
    }

    private static Choices<String> choices() {
        var choices = Choices.of(NAMES.getFirst(), NAMES.getFirst());
        NAMES.forEach(name -> choices.or(name, name));
        return choices;
    }
}
