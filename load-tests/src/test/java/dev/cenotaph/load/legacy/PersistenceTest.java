package dev.cenotaph.load.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PersistenceTest {
    /** Entries of others, and what a page shows whole. */
    private static final Set<String> SHORT = Set.of("metafields", "invoices");

    @Test
    void rowsAndDeletesOutliveARestart(@TempDir Path data) {
        String created;
        try (TestService first = TestService.started(Options.at(data, 3))) {
            created = first.post("/api/orders", "{\"price\":1.10}").body();
            first.delete("/api/orders/1");
        }

        try (TestService second = TestService.started(Options.at(data, 3))) {
            assertThat(second.get("/api/orders/4").body()).isEqualTo(created);
            assertThat(second.get("/api/orders/1").statusCode()).isEqualTo(404);
            assertThat(second.get("/api/orders/2").statusCode()).isEqualTo(200);
        }
        assertThat(data.resolve("legacy.db")).isRegularFile();
    }

    @Test
    void numberOfADeletedLastRowIsHandedOutAnew() {
        try (TestService service = TestService.started(Options.temporary(3))) {
            service.delete("/api/orders/3");

            assertThat(service.post("/api/orders", "{}").headers().firstValue("Location"))
                    .hasValue("/api/orders/3");
        }
    }

    @Test
    void seededItemsHaveAboutThreeHundredBytes() {
        try (TestService service = TestService.started(Options.temporary(100))) {
            for (Resource resource : Catalogue.ALL) {
                int bytes = service.get("/rows/" + resource.name()).body().length();
                if (!SHORT.contains(resource.name())) {
                    int rows = 100 * Map.of("notes", 2, "photos", 3).getOrDefault(resource.name(), 1);
                    assertThat(bytes / rows).as(resource.name()).isBetween(200, 450);
                }
            }
        }
    }

    @Test
    void aPortInUseIsNamed() {
        try (LegacyService first = LegacyService.start(Options.temporary(1))) {
            Options taken = new Options("localhost", first.port(), Optional.empty(), 1);

            assertThatThrownBy(() -> LegacyService.start(taken))
                    .hasMessage("cannot listen on port " + first.port() + ": it is in use");
        }
    }

    @Test
    void optionsNameAFileOrItsDirectory(@TempDir Path directory) {
        assertThat(Options.parse().data()).hasValue(Path.of("data/legacy.db"));
        assertThat(Options.parse("--data", directory.toString()).data()).hasValue(directory.resolve("legacy.db"));
        assertThat(Options.parse("--data=" + directory.resolve("x.db")).data()).hasValue(directory.resolve("x.db"));
        assertThat(Options.parse("--data", ":memory:", "--port", "0", "--seed", "7"))
                .isEqualTo(new Options("localhost", 0, Optional.empty(), 7));
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> Options.parse("--sead", "7"))
                .hasMessageStartingWith("unknown option --sead; known are");
        assertThatThrownBy(() -> Options.parse("--seed")).hasMessage("--seed needs a value");
        assertThatThrownBy(() -> Options.parse("--seed", "few")).hasMessage("--seed must be a number, not few");
        assertThatThrownBy(() -> Options.parse("--port", "70000"))
                .hasMessage("--port must be from 0 to 65535, not 70000");
    }
}
