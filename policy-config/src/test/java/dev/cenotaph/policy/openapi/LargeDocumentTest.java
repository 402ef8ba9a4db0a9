package dev.cenotaph.policy.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LargeDocumentTest {
    private static final int RESOURCES = 200;

    @Test
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

    @Test
    void schemasThatAreComposedInOneLongRingAreDrafted() {
        var document = OpenApiDocument.of("ring.yaml", LargeDocument.ring(900));
        var draft = timed("init of a ring", () -> PolicyDraft.of(document));

        assertThat(draft.drafted()).isEqualTo(900);
    }

    @Test
    void schemasThatAreComposedInLongChainsAreDraftedAndAudited() {
        var document = OpenApiDocument.of("chains.yaml", LargeDocument.chains(300, 50));
        var draft = timed("init of chains", () -> PolicyDraft.of(document));

        assertThat(draft.drafted()).isEqualTo(300);
        assertThat(timed("audit of chains", () -> Audit.of(document, Documents.policies(draft.text()))))
                .noneMatch(finding -> finding.code() != AuditFinding.Code.EMBEDDED_ITEMS);
    }

    /** Time would tell of the machine; how often a schema is looked at tells of the work. */
    @ParameterizedTest
    @ValueSource(strings = {"resources", "ring", "chains"})
    void twiceTheDocumentIsTwiceTheWork(String kind) {
        long once = looks(kind, 100);
        long twice = looks(kind, 200);

        assertThat(twice).as("of %d for half of it", once).isBetween(once + 1, once * 22 / 10);
    }

    private static long looks(String kind, int resources) {
        String text = switch (kind) {
            case "ring" -> LargeDocument.ring(resources);
            case "chains" -> LargeDocument.chains(resources, 50);
            default -> LargeDocument.of(resources);
        };
        var document = OpenApiDocument.of(kind + ".yaml", text);
        var api = new Api(document);
        PolicyDraft draft = PolicyDraft.of(document, api);
        Audit.of(document, Documents.policies(draft.text()), api);
        return api.schemas().looks();
    }

    private static <T> T timed(String what, Supplier<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        System.out.println(
                what + ": " + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms");
        return result;
    }
}
