package dev.cenotaph.gateway.preset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PresetsPageTest {
    private static final Path PAGE = Path.of("../docs/presets.md");

    @Test
    void thePageIsMadeOfTheRowsThatAreTested() throws IOException {
        String page = PresetsPage.of(Contract.all());
        if (Boolean.getBoolean("presets.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    @Test
    void everyContractHasItsRows() {
        assertThat(Contract.all())
                .extracting(Contract::preset)
                .containsExactly(
                        "gone", "aep", "google-aip", "open-event", "fhir", "scim", "wordpress", "azure-key-vault");
        assertThat(Contract.all())
                .allSatisfy(contract -> assertThat(contract.rows()).hasSizeGreaterThanOrEqualTo(4));
    }
}
