package dev.cenotaph.policy.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LargeDocumentTest {
    private static final int RESOURCES = 200;

    @Test
    @Timeout(120)
    void aThousandPathsWithSchemasInCirclesAreDraftedAuditedAndOverlaid() {
        String text = LargeDocument.of(RESOURCES);
        var document = timed("read " + text.length() / 1024 + " kB", () -> OpenApiDocument.of("large.yaml", text));
        var draft = timed("init", () -> PolicyDraft.of(document));
        var policies = timed("compile " + draft.text().length() / 1024 + " kB", () -> Documents.policies(draft.text()));
        var findings = timed("audit", () -> Audit.of(document, policies));
        var overlay = timed("overlay", () -> Overlay.of(document, policies));

        assertThat(document.complaints()).isEmpty();
        assertThat(document.model().getPaths()).hasSize(5 * RESOURCES);
        assertThat(draft.drafted()).isEqualTo(RESOURCES + RESOURCES * 3 / 4);
        assertThat(findings)
                .filteredOn(finding -> finding.code() == AuditFinding.Code.UNGOVERNED_DELETE)
                .hasSize(RESOURCES / 4);
        assertThat(findings)
                .as("each search is a view in the draft, and a part is no envelope of what it is a part of")
                .noneMatch(finding -> finding.code() == AuditFinding.Code.UNFILTERED_LIST);
        assertThat(OpenApiDocument.of("overlay.yaml", overlay).complaints()).isEmpty();
        System.out.println(findings.size() + " findings, overlay " + overlay.length() / 1024 + " kB");
    }

    @Test
    void anAnswerThatNestsAsDeepAsADocumentMayIsWalked() {
        String deep = "{ type: object, properties: { a: ".repeat(40) + "{ type: string }" + " } }".repeat(40);
        var document = Documents.of("""
                paths:
                  /things/{id}:
                    get: { responses: { '200': { description: It., content: { application/json: { schema: %s } } } } }
                    delete: { responses: { '204': { description: Gone. } } }
                """.formatted(deep));

        assertThat(PolicyDraft.of(document).undecided()).isEqualTo(1);
    }

    private static <T> T timed(String what, Supplier<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        System.out.println(
                what + ": " + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms");
        return result;
    }
}
