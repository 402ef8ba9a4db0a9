package dev.cenotaph.policy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenApiCommandsTest {
    private static final String SHOP = "src/test/resources/openapi/shop.yaml";

    @TempDir
    Path directory;

    @Test
    void aDraftIsSoundForCheckAndGovernsWhatItDrafted() {
        Path draft = directory.resolve("shop.yaml");

        Run init = Run.of("init", "--openapi", SHOP, "--out", draft.toString());
        assertThat(init.out()).isEqualTo("4 resources drafted, 1 left to decide.\n");
        assertThat(init.exitCode()).isZero();

        assertThat(Run.of("check", draft.toString()).out()).doesNotContain("error[");

        Run audit = Run.of("audit", "--openapi", SHOP, draft.toString());
        assertThat(audit.exitCode()).isEqualTo(1);
        assertThat(audit.out())
                .contains(SHOP + ":168:5: error[ungoverned-delete]: DELETE /coupons/{code}: No policy governs this"
                        + " DELETE: it is a hard one.")
                .contains("  168 |     delete:");
    }

    @Test
    void aDraftIsPrintedWhereNoFileIsNamed() {
        assertThat(Run.of("init", "--openapi", SHOP).out()).startsWith("# Drafted from " + SHOP);
    }

    @Test
    void aDraftOverwritesNothing() throws IOException {
        Path policies = Files.writeString(directory.resolve("shop.yaml"), "mine");

        Run init = Run.of("init", "--openapi", SHOP, "--out", policies.toString());

        assertThat(init.exitCode()).isEqualTo(2);
        assertThat(init.err()).contains("is there already");
        assertThat(policies).hasContent("mine");
    }

    @Test
    void anOverlayIsWrittenWhereItIsWanted() {
        Path draft = directory.resolve("shop.yaml");
        Path overlay = directory.resolve("public.yaml");
        Run.of("init", "--openapi", SHOP, "--out", draft.toString());

        assertThat(Run.of("overlay", "--openapi", SHOP, "--out", overlay.toString(), draft.toString())
                        .exitCode())
                .isZero();
        assertThat(overlay).content().contains("/orders/{order_id}:undelete:");
        assertThat(Run.of("overlay", "--openapi", overlay.toString(), draft.toString())
                        .err())
                .contains("what `overlay` made");
    }

    @Test
    void aDocumentThatCannotBeReadEndsWithTwoAndItsPlace() throws IOException {
        Path broken = Files.writeString(directory.resolve("broken.yaml"), "openapi: 3.0.0\npaths: [");

        Run init = Run.of("init", "--openapi", broken.toString());

        assertThat(init.exitCode()).isEqualTo(2);
        assertThat(init.err()).contains("broken.yaml:2:9: This is neither YAML nor JSON");
        assertThat(Run.of("init").exitCode()).isEqualTo(2);
    }

    @Test
    void findingsComeOutForGitHubToo() {
        assertThat(Run.of("audit", "--openapi", SHOP, "--output", "github", "policies")
                        .out())
                .contains("::error file=" + SHOP + ",line=");
    }

    @Test
    void anOverlayDoesNotOverwriteWhatItIsMadeOf() throws IOException {
        Path api = Files.copy(Path.of(SHOP), directory.resolve("api.yaml"));
        Path policies = directory.resolve("policies");
        Files.createDirectory(policies);
        Path policy = policies.resolve("shop.yaml");
        Run.of("init", "--openapi", SHOP, "--out", policy.toString());
        String written = Files.readString(policy);

        Run overDocument = Run.of("overlay", "--openapi", api.toString(), "--out", api.toString(), policies.toString());
        Run overPolicy =
                Run.of("overlay", "--openapi", api.toString(), "--out", policy.toString(), policies.toString());

        assertThat(overDocument.exitCode()).isEqualTo(2);
        assertThat(overDocument.err()).contains("is read, and would be overwritten");
        assertThat(api).hasSameTextualContentAs(Path.of(SHOP));
        assertThat(overPolicy.exitCode()).isEqualTo(2);
        assertThat(policy).hasContent(written);
    }

    @Test
    void aFormOfReportsIsNoFile() {
        assertThat(Run.of("overlay", "--openapi", SHOP, "-o", "json", "policies")
                        .err())
                .contains("Unknown option");
        assertThat(Run.of("init", "--openapi", SHOP, "-o", "json").exitCode()).isEqualTo(2);
        assertThat(Path.of("json")).doesNotExist();
    }
}
