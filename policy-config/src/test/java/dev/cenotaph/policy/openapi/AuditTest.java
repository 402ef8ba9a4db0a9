package dev.cenotaph.policy.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.policy.openapi.AuditFinding.Code;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditTest {
    private static final String ORDERS =
            "orders: { path: /api/orders, item: '/api/orders/{order_id}'," + " marker: { timestamp: deleted_at }, ";

    @Test
    void withoutAPolicyForItADeleteIsUngoverned() {
        assertThat(of("shop.yaml", "invoices: { path: /api/invoices, marker: { flag: gone } }"))
                .filteredOn(finding -> finding.code() == Code.UNGOVERNED_DELETE)
                .extracting(AuditFinding::path)
                .containsExactlyInAnyOrder(
                        "/orders",
                        "/orders/{order_id}",
                        "/orders/{order_id}/lines/{line}",
                        "/orders/{order_id}/star",
                        "/orders/{order_id}/invoice",
                        "/customers/{id}",
                        "/products/{id}",
                        "/coupons/{code}");
    }

    @Test
    void aFindingNamesTheLineOfItsOperation() {
        var findings = of("shop.yaml", "invoices: { path: /api/invoices, marker: { flag: gone } }");
        var delete = findings.stream()
                .filter(finding -> finding.path().equals("/orders/{order_id}"))
                .findFirst()
                .orElseThrow();
        String line = Documents.text("shop.yaml").lines().toList().get(delete.line() - 1);

        assertThat(line).isEqualTo("    delete:");
        assertThat(delete.column()).isEqualTo(5);
        assertThat(delete)
                .hasToString("shop.yaml:" + delete.line()
                        + ":5: ungoverned-delete: DELETE /orders/{order_id}: No policy governs this DELETE: it is a hard one."
                        + " Write a policy for it; `init` drafts one.");
    }

    @Test
    void aPolicyForAnApiThatHasNoSuchPathIsFound() {
        assertThat(codes("shop.yaml", "invoices: { path: /api/invoices, marker: { flag: gone } }"))
                .contains("unmatched-policy /api/invoices/{id}");
        assertThat(codes("shop.yaml", "orders: { path: /orders, marker: { flag: gone } }"))
                .as("the path of the document's server is missing")
                .contains("unmatched-policy /orders/{id}");
    }

    @Test
    void aGovernedDeleteIsNoFinding() {
        assertThat(codes("shop.yaml", ORDERS + "}")).doesNotContain("ungoverned-delete /orders/{order_id}");
    }

    @Test
    void aPolicyThatIsOffGovernsNothing() {
        assertThat(of("shop.yaml", ORDERS + "mode: off }"))
                .filteredOn(finding -> finding.path().equals("/orders/{order_id}"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).contains("`orders` is off"));
    }

    @Test
    void aPolicyInShadowGovernsNothingYet() {
        assertThat(of("shop.yaml", ORDERS + "mode: shadow }"))
                .filteredOn(finding -> finding.path().equals("/orders/{order_id}"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).contains("`orders` is in shadow"));
    }

    @Test
    void deletesBelowAnItemAndOfTheCollectionAreRefused() {
        assertThat(codes("shop.yaml", ORDERS + "}"))
                .contains(
                        "refused-delete /orders",
                        "refused-delete /orders/{order_id}/star",
                        "refused-delete /orders/{order_id}/invoice",
                        "refused-delete /orders/{order_id}/lines/{line}");
        assertThat(codes("shop.yaml", ORDERS + "unlink: ['/api/orders/{order_id}/star'] }"))
                .doesNotContain("refused-delete /orders/{order_id}/star");
    }

    @Test
    void deletesThatAPolicyLetsThroughAreReal() {
        assertThat(codes("shop.yaml", ORDERS + "answers: { delete: pass }, collection-delete: pass }"))
                .contains("real-delete /orders", "real-delete /orders/{order_id}");
    }

    @Test
    void anIdThatThePatternRefusesIsNoItem() {
        assertThat(codes("shop.yaml", ORDERS + "id-pattern: '[a-z]{40}' }"))
                .contains("refused-delete /orders/{order_id}");
    }

    @Test
    void aSearchThatIsNoViewShowsTrash() {
        assertThat(of("shop.yaml", ORDERS + "}"))
                .filteredOn(finding -> finding.code() == Code.UNFILTERED_LIST)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.path()).isEqualTo("/search");
                    assertThat(finding.mend())
                            .isEqualTo("Write `views: [{ path: \"/api/search\", items: /results, row: /hit }]` in"
                                    + " `orders`.");
                });
        assertThat(codes("shop.yaml", ORDERS + "views: [{ path: /api/search, items: /results, row: /hit }] }"))
                .noneMatch(code -> code.startsWith("unfiltered-list"));
    }

    @Test
    void itemsInsideOfOtherAnswersAreFoundWhereTheyLie() {
        assertThat(of("shop.yaml", ORDERS + "}"))
                .filteredOn(finding -> finding.code() == Code.EMBEDDED_ITEMS)
                .extracting(finding -> finding.path() + " " + finding.what())
                .contains(
                        "/customers It shows items of `orders` in `/*/orders`, the trashed among them.",
                        "/customers/{id} It shows items of `orders` in `/orders`, the trashed among them.");
    }

    @Test
    void aGetThatShowsItemsOfManyResourcesIsOneFinding() {
        String resources = ORDERS + "}\n  customers: { path: /api/customers, marker: { flag: gone } }";
        var shop = Documents.text("shop.yaml")
                .replace("    Product:\n", "    Product:\n      x-kept: true\n")
                .replace("        name: { type: string }\n", """
                                name: { type: string }
                                buyers: { type: array, items: { $ref: '#/components/schemas/Customer' } }
                                orders: { type: array, items: { $ref: '#/components/schemas/Order' } }
                        """);

        assertThat(Audit.of(OpenApiDocument.of("shop.yaml", shop), Documents.policies(file(resources))))
                .filteredOn(finding -> finding.path().equals("/products/{id}") && finding.code() == Code.EMBEDDED_ITEMS)
                .singleElement()
                .satisfies(finding -> assertThat(finding.what())
                        .contains("items of `orders` in `/orders`")
                        .contains("items of `customers` in `/buyers`"));
    }

    @Test
    void aListPointerThatTheDocumentContradictsIsFound() {
        String documents = "documents: { path: /dms/v1/documents, marker: { flag: gone }, list: { items: %s } }";

        assertThat(codes("documents.yaml", documents.formatted("/data"))).contains("items-elsewhere /documents");
        assertThat(codes("documents.yaml", documents.formatted("/_embedded/documents")))
                .doesNotContain("items-elsewhere /documents")
                .contains("unfiltered-list /folders/{folder}/documents");
    }

    @Test
    void aPathThatNoTemplateCanSayIsAuditedAllTheSame() {
        assertThat(codes(
                        "issues.yaml",
                        "issues: { path: /issues.json, item: '/issues/{id}.json', marker: { flag: x } }"))
                .contains("ungoverned-delete /files/{name}-{version}");
    }

    @Test
    void anOperationThatDeletesByItsNameIsFound() {
        assertThat(codes("shop.yaml", ORDERS + "}")).contains("disguised-delete /orders/bulk-delete");
    }

    @Test
    void thingsOfNoNameAreKnownByTheirMembers() {
        String thing =
                "{ type: object, properties: { id: { type: string }, size: { type: integer }, on: { type: string } } }";
        var document = Documents.of("""
                paths:
                  /things/{id}:
                    get: { responses: { '200': { description: It., content: { application/json: { schema: %1$s } } } } }
                  /latest:
                    get:
                      responses:
                        '200':
                          description: Things.
                          content: { application/json: { schema: { type: array, items: %1$s } } }
                """.formatted(thing));
        var policies = Documents.policies(file("things: { path: /things, marker: { flag: deleted } }"));

        assertThat(Audit.of(document, policies))
                .extracting(finding -> finding.code() + " " + finding.path())
                .containsExactly("UNFILTERED_LIST /latest");
    }

    @Test
    void whatAPolicyNamesAsEmbeddedIsNotTold() {
        String item =
                "{ type: object, properties: { id: { type: string }, size: { type: integer }, on: { type: string } } }";
        var document = Documents.of("""
                paths:
                  /things/{id}:
                    get: { responses: { '200': { description: It., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } } }
                  /boxes/{id}:
                    get: { responses: { '200': { description: It., content: { application/json: { schema: { type: object, properties: { things: { type: array, items: { $ref: '#/components/schemas/Thing' } } } } } } } } }
                components: { schemas: { Thing: %s } }
                """.formatted(item));
        String things = "things: { path: /things, marker: { flag: deleted }%s }";

        assertThat(Audit.of(document, Documents.policies(file(things.formatted("")))))
                .extracting(AuditFinding::code)
                .containsExactly(Code.EMBEDDED_ITEMS);
        assertThat(Audit.of(
                        document,
                        Documents.policies(
                                file(things.formatted(", embedded: [{ path: '/boxes/{box}', at: /things }]")))))
                .isEmpty();
    }

    private static List<AuditFinding> of(String document, String resource) {
        return Audit.of(Documents.document(document), Documents.policies(file(resource)));
    }

    private static List<String> codes(String document, String resource) {
        return of(document, resource).stream()
                .map(finding -> finding.code().text() + " " + finding.path())
                .toList();
    }

    private static String file(String resource) {
        return "version: 1\nupstream: http://localhost:9090\nresources:\n  " + resource + "\n";
    }
}
