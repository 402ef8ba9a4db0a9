package dev.cenotaph.policy.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.Write;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyDraftTest {
    private static final String ITEM = """
            paths:
              /things:
                get:
                  responses:
                    '200':
                      description: Things.
                      content:
                        application/json:
                          schema: { type: array, items: { $ref: '#/components/schemas/Thing' } }
              /things/{id}:
                get:
                  responses:
                    '200':
                      description: It.
                      content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } }
                patch:
                  requestBody:
                    content: { application/merge-patch+json: { schema: { $ref: '#/components/schemas/Thing' } } }
                  responses: { '200': { description: Changed. } }
                delete: { responses: { '204': { description: Gone. } } }
            components:
              schemas:
                Thing:
                  type: object
                  properties:
                    id: { type: string }
                    MEMBER
            """;

    @ParameterizedTest
    @MethodSource("dev.cenotaph.policy.openapi.Documents#names")
    void aDraftCompilesAsItIs(String name) {
        var draft = PolicyDraft.of(Documents.document(name));

        assertThat(draft.drafted()).isPositive();
        assertThat(Documents.policies(draft.text()).resources()).hasSize(draft.drafted());
    }

    @ParameterizedTest
    @MethodSource("dev.cenotaph.policy.openapi.Documents#names")
    void aDraftLeavesNoDeleteOfAnItemUngovernedButThoseItLeavesOpen(String name) {
        var document = Documents.document(name);
        var draft = PolicyDraft.of(document);
        var ungoverned = Audit.of(document, Documents.policies(draft.text())).stream()
                .filter(finding -> finding.code() == AuditFinding.Code.UNGOVERNED_DELETE)
                .toList();

        assertThat(ungoverned).allSatisfy(finding -> assertThat(draft.text()).contains("DELETE " + finding.path()));
    }

    @Test
    void theShopIsDraftedWithItsSearchItsLinksAndItsSubResource() {
        PolicySet shop = drafted("shop.yaml");
        ResourcePolicy orders = resource(shop, "orders");

        assertThat(orders.item().text()).isEqualTo("/api/orders/{order_id}");
        assertThat(orders.marker()).isEqualTo(new Marker.Timestamp(place("deleted_at")));
        assertThat(orders.write().format()).isEqualTo(Write.Format.MERGE_PATCH);
        assertThat(orders.views())
                .singleElement()
                .satisfies(view -> assertThat(view.items() + " " + view.row()).isEqualTo("/results /hit"));
        assertThat(orders.unlink()).extracting(Object::toString).containsExactly("/api/orders/{order_id}/star");
        assertThat(resource(shop, "lines").marker()).isEqualTo(new Marker.Flag(place("is_deleted")));
        assertThat(resource(shop, "customers").marker()).isInstanceOf(Marker.Status.class);
        assertThat(resource(shop, "products").marker()).isInstanceOf(Marker.ExtensionResource.class);
        assertThat(shop.resource("coupons")).isEmpty();
    }

    @Test
    void aReadOnlyMemberIsNoMarkerAndTheDraftSaysSo() {
        assertThat(PolicyDraft.of(Documents.document("shop.yaml")).text())
                .contains("#   # No markers: `deletedAt` is a text, but read-only.")
                .contains("# DECIDE: No member of the item can mark it as trashed.");
    }

    @Test
    void halIsDraftedWithItsLinksAndEmbeddedArrays() {
        PolicySet documents = drafted("documents.yaml");
        ResourcePolicy policy = resource(documents, "documents");

        assertThat(policy.item().text()).isEqualTo("/dms/v1/documents/{document_id}");
        assertThat(policy.id()).hasToString("Href[place=/_links/self/href]");
        assertThat(policy.list().items()).hasToString("/_embedded/documents");
        assertThat(policy.list().next()).hasToString("[Body[place=/_links/next/href]]");
        assertThat(policy.write().format()).isEqualTo(Write.Format.JSON_PATCH);
        assertThat(resource(documents, "folders").unlink())
                .extracting(Object::toString)
                .containsExactly("/dms/v1/folders/{folder}/documents/{document}");
    }

    @Test
    void jsonApiIsDraftedWithItsEnvelopeAndAttributes() {
        ResourcePolicy articles = resource(drafted("articles.json"), "articles");

        assertThat(articles.wrap()).hasToString("/data");
        assertThat(articles.list().items()).hasToString("/data");
        assertThat(articles.marker()).isEqualTo(new Marker.Flag(new Place(List.of("attributes", "trashed"))));
    }

    @Test
    void endingsAndLastSlashesAreKept() {
        PolicySet issues = drafted("issues.yaml");
        ResourcePolicy issue = resource(issues, "issues");

        assertThat(issue.path().text()).isEqualTo("/issues.json");
        assertThat(issue.item().text()).isEqualTo("/issues/{issue_id}.json");
        assertThat(issue.wrap()).hasToString("/issue");
        assertThat(issue.write().method()).isEqualTo(Write.Method.PUT);
        assertThat(issue.write().replace()).isTrue();
        assertThat(resource(issues, "notes").item().text()).isEqualTo("/notes/{slug}/");
        assertThat(resource(issues, "notes").trash().restore()).containsExactly(":undelete");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '!',
            value = {
                "deleted: { type: boolean }                                       | flag: deleted",
                "isTrashed: { type: boolean }                                     | flag: isTrashed",
                "archived: { type: boolean }                                      | flag: archived",
                "deletedAt: { type: string, format: date-time }                   | timestamp: deletedAt",
                "date_deleted: { type: string }                                   | timestamp: date_deleted",
                "deleted: { type: string, format: date-time }                     | timestamp: deleted",
                "status: { type: string, enum: [active, archived] }               | field: status, trashed: \"archived\"",
                "phase: { type: string, enum: [Open, Cancelled] }                 | field: phase, trashed: \"Cancelled\"",
                "meta: { type: object, properties: { deleted: { type: boolean } } } | flag: /meta/deleted",
                "metafields: { type: array, items: { type: object, properties: { key: { type: string }, value: { type: string } } } }"
                        + " | extension: { list: metafields, key: deleted, value: \"true\" }",
                "'weird \"key\" deleted_at': { type: string }                     | DECIDE",
                "deleted_at: { type: integer }                                    | DECIDE",
                "deleted: { type: boolean, readOnly: true }                       | DECIDE",
                "active: { type: boolean }                                        | DECIDE",
                "owner: { type: object, properties: { id: { type: string }, deleted: { type: boolean } } } | DECIDE",
                "color: { type: string, enum: [red, blue] }                       | DECIDE",
            })
    void aMarkerIsGuessedFromNameAndType(String member, String expected) {
        var text = PolicyDraft.of(Documents.of(ITEM.replace("MEMBER", member))).text();

        assertThat(text).contains(expected);
    }

    @Test
    void ofSeveralMarkersTheLikeliestIsTakenAndTheOthersAreNamed() {
        String members = String.join(
                "\n        ",
                "status: { type: string, enum: [active, deleted] }",
                "archived: { type: boolean }",
                "deleted_at: { type: string, format: date-time }");
        var text = PolicyDraft.of(Documents.of(ITEM.replace("MEMBER", members))).text();

        assertThat(text)
                .contains("marker: { timestamp: deleted_at }")
                .contains("# Or { flag: archived }")
                .contains("# Or { status: { field: status, trashed: \"deleted\" } }");
    }

    @Test
    void whatTheUpdateDoesNotTakeIsNoMarker() {
        String api = ITEM.replace("MEMBER", "deleted: { type: boolean }")
                .replace(
                        "application/merge-patch+json: { schema: { $ref: '#/components/schemas/Thing' } }",
                        "application/merge-patch+json: { schema: { type: object, properties: { name: { type: string } } } }");

        assertThat(PolicyDraft.of(Documents.of(api)).text()).contains("but PATCH does not take it");
    }

    @Test
    void aDocumentWithoutAnyMarkerIsDraftedAsNothingButComments() {
        var draft = PolicyDraft.of(Documents.of(ITEM.replace("MEMBER", "name: { type: string }")));

        assertThat(draft.drafted()).isZero();
        assertThat(draft.undecided()).isEqualTo(1);
        assertThat(draft.text().lines())
                .allMatch(line -> line.isBlank() || line.strip().startsWith("#"));
    }

    @Test
    void resourcesThatWouldCollideAreCommentedOutWithTheReason() {
        String twice = ITEM.replace("MEMBER", "deleted: { type: boolean }");
        String item = twice.substring(twice.indexOf("  /things/{id}:"), twice.indexOf("components:"));
        var draft = PolicyDraft.of(
                Documents.of(twice.replace("components:", item.replace("{id}", "{key}") + "components:")));

        assertThat(draft.drafted()).isEqualTo(1);
        assertThat(draft.text()).contains("# DECIDE: ").contains("can be the same URL");
        assertThat(Documents.policies(draft.text()).resources()).hasSize(1);
    }

    @Test
    void nothingThatADocumentSaysEndsAComment() {
        String api = ITEM.replace("MEMBER", "deleted: { type: boolean }")
                .replace("delete: {", "delete: { operationId: \"x\\nresources:\\n  evil: {}\", ");
        var draft = PolicyDraft.of(OpenApiDocument.of(
                "a\nversion: 2\n", "openapi: 3.0.3\n" + "info: { title: \"T\\nversion: 3\", version: '1' }\n" + api));

        assertThat(Documents.policies(draft.text()).resources())
                .extracting(ResourcePolicy::name)
                .containsExactly("things");
    }

    private static PolicySet drafted(String name) {
        return Documents.policies(PolicyDraft.of(Documents.document(name)).text());
    }

    private static ResourcePolicy resource(PolicySet policies, String name) {
        return policies.resource(name).orElseThrow();
    }

    private static Place place(String member) {
        return new Place(List.of(member));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ type: integer, minimum: 1 }                                  | '[0-9]+'",
                "{ type: integer, exclusiveMinimum: 0 }                         | '[0-9]+'",
                "{ type: integer }                                              | '-?[0-9]+'",
                "{ type: integer, minimum: -5 }                                 | '-?[0-9]+'",
                "{ type: [integer, 'null'], minimum: 0 }                        | '[0-9]+'",
                "{ type: [integer, string] }                                    | none",
                "{ type: [string, integer] }                                    | none",
                "{ anyOf: [{ type: integer }, { type: string }] }               | none",
                "{ oneOf: [{ type: integer }, { type: integer }] }              | '-?[0-9]+'",
                "{ allOf: [{ type: integer, minimum: 0 }, { maximum: 9 }] }     | '[0-9]+'",
                "{ anyOf: [{ type: string, format: uuid }, { type: string }] }  | none",
                "{ type: string }                                               | none",
            })
    void anIdPatternIsNoNarrowerThanTheSchema(String schema, String pattern) {
        var document = OpenApiDocument.of("api.yaml", """
                openapi: 3.1.0
                info: { title: Api, version: '1' }
                paths:
                  /things/{id}:
                    parameters: [ { name: id, in: path, required: true, schema: %s } ]
                    delete: { responses: { '204': { description: Gone. } } }
                """.formatted(schema));
        String draft = PolicyDraft.of(document).text();

        if (pattern.equals("none")) {
            assertThat(draft).doesNotContain("id-pattern");
        } else {
            assertThat(draft).contains("id-pattern: " + pattern);
        }
    }
}
