package dev.cenotaph.policy.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.match.PathReading.Governed;
import dev.cenotaph.policy.match.ResourceMatch.Target;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

class OverlayTest {
    private static final String DELETE = "#/paths/~1orders~1{order_id}/delete";
    private static final String ITEM = "/orders/{order_id}";
    private static final String GET = "#/paths/~1orders~1{order_id}/get";
    private static final String PUT = "#/paths/~1orders~1{order_id}/put";
    private static final Pattern REFERENCE = Pattern.compile("#/components/([A-Za-z]+)/([^\"' }]+)");
    private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]+)}");

    @ParameterizedTest
    @MethodSource("dev.cenotaph.policy.openapi.Documents#names")
    void anOverlayIsAValidDocument(String name) {
        var original = Documents.document(name);
        var overlay = overlaid(name);

        assertThat(overlay.complaints()).isEqualTo(original.complaints());
        assertThat(overlay.model().getPaths().keySet())
                .containsAll(original.model().getPaths().keySet());
    }

    @ParameterizedTest
    @MethodSource("dev.cenotaph.policy.openapi.Documents#names")
    void everyReferenceOfAnOverlayLeadsSomewhere(String name) {
        var overlay = overlaid(name);
        var text = Overlay.of(Documents.document(name), drafted(name));

        assertThat(REFERENCE.matcher(text).results().map(match -> match.group()).distinct())
                .isNotEmpty()
                .allSatisfy(reference ->
                        assertThat(References.find(overlay.root(), reference)).isPresent());
    }

    @ParameterizedTest
    @MethodSource("dev.cenotaph.policy.openapi.Documents#names")
    void everyPathThatIsAddedIsOneThatTheGatewayAnswers(String name) {
        var original = Documents.document(name);
        var readings = new Readings(new Api(overlaid(name)), drafted(name));
        var added = new Api(overlaid(name))
                .paths().stream()
                        .filter(path -> !original.model().getPaths().containsKey(path.text()))
                        .toList();

        assertThat(added)
                .isNotEmpty()
                .allSatisfy(path -> assertThat(readings.of(path))
                        .isInstanceOfSatisfying(
                                Governed.class,
                                governed -> assertThat(governed.match().target())
                                        .isInstanceOfAny(
                                                Target.Restore.class,
                                                Target.TrashCollection.class,
                                                Target.TrashItem.class,
                                                Target.Many.class,
                                                Target.ManyJob.class)));
    }

    @ParameterizedTest
    @MethodSource("dev.cenotaph.policy.openapi.Documents#names")
    void everyVariableOfAPathThatIsAddedIsDeclared(String name) {
        var original = Documents.document(name);
        var api = new Api(overlaid(name));

        for (ApiPath path : api.paths()) {
            if (!original.model().getPaths().containsKey(path.text())) {
                assertThat(VARIABLE.matcher(path.text()).results().map(match -> match.group(1)))
                        .allSatisfy(variable ->
                                assertThat(api.pathParameter(path, variable)).isPresent());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.cenotaph.policy.openapi.Documents#names")
    void operationIdsStayUnique(String name) {
        var ids = new Api(overlaid(name))
                .paths().stream()
                        .flatMap(path -> path.operations().stream())
                        .map(operation -> operation.operation().getOperationId())
                        .filter(id -> id != null)
                        .toList();

        assertThat(ids).doesNotHaveDuplicates().isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.cenotaph.policy.openapi.Documents#names")
    void nothingOfTheOriginalIsLostButTheSuccessOfADelete(String name) {
        Object before = values(Documents.text(name));
        Object after = values(Overlay.of(Documents.document(name), drafted(name)));
        var lost = new ArrayList<String>();
        collectLost("", before, after, lost);

        assertThat(lost).allMatch(path -> path.matches(".*/delete/responses/2\\d\\d.*"));
    }

    @Test
    void whatNoPolicyGovernsStaysAsItIs() {
        var document = Documents.document("shop.yaml");
        var policies = Documents.policies(
                "version: 1\nupstream: http://localhost:9090\nresources: { x: { path: /x, marker: { flag: y } } }\n");
        @SuppressWarnings("unchecked")
        var before = (Map<String, Object>) values(Documents.text("shop.yaml"));
        @SuppressWarnings("unchecked")
        var after = (Map<String, Object>) values(Overlay.of(document, policies));

        assertThat(after.get("paths")).isEqualTo(before.get("paths"));
        assertThat(Overlay.of(document, policies))
                .startsWith("# Bare arrays, nested resources")
                .contains("x-stability: stable # kept")
                .contains("x-contact: *contact")
                .contains("enum: ['on', 'off', 'yes']");
    }

    @Test
    void aListTakesTheParametersOfItsPolicy() {
        var shop = overlaid("shop.yaml", "trash: { include: [all, with_deleted], only: [bin] }");

        assertThat(parameters(operation(shop, "/orders", PathItem.HttpMethod.GET)))
                .containsExactly("status", "all", "with_deleted", "bin");
        assertThat(parameters(operation(shop, "/orders/{order_id}", PathItem.HttpMethod.GET)))
                .containsExactly("all", "with_deleted");
    }

    @Test
    void aDeleteAnswersAsItsPolicySays() {
        var usual = overlaid("shop.yaml", "");
        assertThat(delete("").getResponses().keySet()).containsExactly("204", "404", "409", "410");
        assertThat(text(usual, DELETE + "/responses/204/$ref")).isEqualTo("#/components/responses/CenotaphTrashed");
        assertThat(parameters(delete(""))).containsExactly("permanent");

        assertThat(delete("answers: { delete: 202 }").getResponses())
                .containsKey("202")
                .doesNotContainKey("204");
        String schema = DELETE + "/responses/200/content/application~1json/schema/$ref";
        assertThat(text(overlaid("shop.yaml", "answers: { delete: 200 }"), schema))
                .isEqualTo("#/components/schemas/Order");
        assertThat(text(overlaid("shop.yaml", "answers: { gone: 404 }"), DELETE + "/responses/404/description"))
                .as("the upstream's own 404 stays")
                .isEqualTo("Unknown.");
        assertThat(parameters(delete("permanent: { allow: never }"))).isEmpty();
        assertThat(parameters(delete("permanent: { parameter: force }"))).containsExactly("force");
        assertThat(text(overlaid("shop.yaml", "answers: { delete: pass }"), DELETE + "/responses/204/description"))
                .isEqualTo("Gone.");
    }

    @Test
    void requestsForManyItemsAreThereAndWhatCameOfEach() {
        var shop = overlaid("shop.yaml", "collection-delete: expand");

        var delete = operation(shop, "/orders", PathItem.HttpMethod.DELETE);
        assertThat(parameters(delete)).containsExactly("ids", "names");
        assertThat(delete.getResponses().keySet()).contains("207", "400");
        assertThat(operation(shop, "/orders:batchDelete", PathItem.HttpMethod.POST)
                        .getRequestBody()
                        .getRequired())
                .isTrue();
        assertThat(operation(shop, "/orders/trashed:restore", PathItem.HttpMethod.POST)
                        .getResponses()
                        .keySet())
                .containsExactlyInAnyOrder("207", "202", "400");
        assertThat(operation(shop, "/orders/trashed:purge", PathItem.HttpMethod.POST))
                .isNotNull();
        assertThat(operation(shop, "/orders/trashed:jobs/{job}", PathItem.HttpMethod.GET))
                .isNotNull();
        assertThat(operation(shop, "/orders/trashed:jobs/{job}", PathItem.HttpMethod.POST)
                        .getResponses()
                        .keySet())
                .contains("202", "409");
        assertAnswered(shop, orders("collection-delete: expand"));
    }

    @Test
    void whatThePolicyDoesNotTakeIsNotThere() {
        var usual = overlaid("shop.yaml", "permanent: { allow: never }");

        assertThat(usual.model().getPaths().keySet())
                .contains("/orders/trashed:restore")
                .doesNotContain("/orders/trashed:purge", "/orders:batchDelete", "/orders/{order_id}/revisions");
        assertThat(operation(usual, "/orders", PathItem.HttpMethod.DELETE).getResponses())
                .containsOnlyKeys("405");
        assertThat(overlaid("shop.yaml", "answers: { delete: pass }")
                        .model()
                        .getPaths()
                        .keySet())
                .doesNotContain("/orders/trashed:restore");
    }

    @Test
    void revisionsAreBelowTheirItem() {
        var shop = overlaid("shop.yaml", "revisions: { keep: 20 }");

        assertThat(parameters(operation(shop, "/orders/{order_id}/revisions", PathItem.HttpMethod.GET)))
                .containsExactly("page_size", "page_token");
        assertThat(operation(shop, "/orders/{order_id}/revisions/{number}", PathItem.HttpMethod.PATCH)
                        .getResponses()
                        .keySet())
                .containsExactlyInAnyOrder("200", "404", "409", "410");
        assertAnswered(shop, orders("revisions: { keep: 20 }"));
    }

    @Test
    void snapshotsAreBesideTheirCollection() {
        var policies = Documents.policies("""
                version: 1
                upstream: http://localhost:9090
                resources:
                  orders: { path: /api/orders, item: '/api/orders/{order_id}', marker: { snapshot: { recreate: PUT } } }
                """);
        var shop = OpenApiDocument.of("overlay.yaml", Overlay.of(Documents.document("shop.yaml"), policies));

        assertThat(operation(shop, "/orders-snapshots/{order_id}/snapshots/latest", PathItem.HttpMethod.GET)
                        .getResponses())
                .containsKey("200");
        assertThat(operation(shop, "/orders-snapshots/{order_id}/snapshots", PathItem.HttpMethod.GET))
                .isNotNull();
        assertThat(operation(shop, "/orders-snapshots/{order_id}/snapshots/latest:restore", PathItem.HttpMethod.POST))
                .isNotNull();
        assertAnswered(shop, policies);
    }

    @Test
    void aCascadeSaysWhatWentAlong() {
        var policies = Documents.policies("""
                version: 1
                upstream: http://localhost:9090
                resources:
                  orders:
                    path: /api/orders
                    item: /api/orders/{order_id}
                    marker: { timestamp: deleted_at }
                    children: [lines]
                    answers: { delete: cascade }
                  lines: { path: '/api/orders/{order_id}/lines', marker: { timestamp: deleted_at } }
                """);
        var shop = OpenApiDocument.of("overlay.yaml", Overlay.of(Documents.document("shop.yaml"), policies));

        assertThat(operation(shop, "/orders/{order_id}", PathItem.HttpMethod.DELETE)
                        .getResponses()
                        .keySet())
                .contains("200", "202");
        assertThat(operation(shop, "/orders/{order_id}:undelete", PathItem.HttpMethod.POST)
                        .getResponses()
                        .keySet())
                .containsExactlyInAnyOrder("200", "202", "409", "410");
        assertThat(References.find(shop.root(), "#/components/schemas/CenotaphCascade/properties/complete"))
                .isPresent();
    }

    @Test
    void aBatchMayBeRefused() {
        String text = Documents.text("shop.yaml").replaceFirst("(?m)^paths:\n", """
                        paths:
                          /$batch:
                            post: { operationId: batch, responses: { '200': { description: Done. } } }
                            get: { operationId: batches, responses: { '200': { description: All. } } }
                          /batches:
                            post: { operationId: addBatch, responses: { '200': { description: Done. } } }
                        """.replace("$", "\\$"));
        var shop = OpenApiDocument.of(
                "overlay.yaml", Overlay.of(OpenApiDocument.of("shop.yaml", text), orders("batch: refuse")));
        var passed = OpenApiDocument.of(
                "overlay.yaml", Overlay.of(OpenApiDocument.of("shop.yaml", text), orders("batch: pass")));

        assertThat(operation(shop, "/$batch", PathItem.HttpMethod.POST)
                        .getResponses()
                        .keySet())
                .containsExactly("200", "422");
        assertThat(operation(shop, "/$batch", PathItem.HttpMethod.GET)
                        .getResponses()
                        .keySet())
                .containsExactly("200");
        assertThat(operation(shop, "/batches", PathItem.HttpMethod.POST)
                        .getResponses()
                        .keySet())
                .containsExactly("200");
        assertThat(operation(passed, "/$batch", PathItem.HttpMethod.POST)
                        .getResponses()
                        .keySet())
                .containsExactly("200");
    }

    /** Each path that the document does not have is one that the gateway answers. */
    private static void assertAnswered(OpenApiDocument overlay, PolicySet policies) {
        var original = Documents.document("shop.yaml").model().getPaths().keySet();
        var readings = new Readings(new Api(overlay), policies);
        assertThat(new Api(overlay).paths())
                .filteredOn(path -> !original.contains(path.text()))
                .isNotEmpty()
                .allSatisfy(path -> assertThat(readings.of(path))
                        .as(path.text())
                        .isInstanceOfSatisfying(
                                Governed.class,
                                governed -> assertThat(governed.match().target())
                                        .isInstanceOfAny(
                                                Target.Restore.class,
                                                Target.TrashCollection.class,
                                                Target.TrashItem.class,
                                                Target.Many.class,
                                                Target.ManyJob.class,
                                                Target.Revisions.class,
                                                Target.Revision.class,
                                                Target.Snapshots.class)));
    }

    @Test
    void whatLiesBelowAnItemIsGoneWithIt() {
        var shop = overlaid("shop.yaml", "");

        assertThat(operation(shop, "/orders/{order_id}/star", PathItem.HttpMethod.PUT)
                        .getResponses())
                .containsKey("410");
        assertThat(operation(shop, "/orders/{order_id}/invoice", PathItem.HttpMethod.DELETE)
                        .getResponses()
                        .keySet())
                .containsExactly("405", "410");
        assertThat(operation(shop, "/coupons/{code}", PathItem.HttpMethod.GET)
                        .getResponses()
                        .keySet())
                .containsExactly("200");
    }

    @Test
    void everyDialectOfRestoreIsThereAndTheTrashWithThem() {
        var shop = overlaid("shop.yaml", "trash: { collection: bin, restore: [':recover'] }");

        assertThat(shop.model().getPaths().keySet())
                .contains("/orders/{order_id}:recover", "/orders/bin", "/orders/bin/{order_id}")
                .doesNotContain("/orders/{order_id}:undelete", "/orders/{order_id}/restore", "/orders/trashed");
        assertThat(operation(shop, "/orders/{order_id}:recover", PathItem.HttpMethod.POST)
                        .getResponses()
                        .keySet())
                .containsExactly("200", "409", "410");
    }

    @Test
    void aResourceThatIsOffStaysAsItIs() {
        var shop = overlaid("shop.yaml", "mode: off");

        assertThat(shop.model().getPaths())
                .hasSameSizeAs(Documents.document("shop.yaml").model().getPaths());
        assertThat(delete("mode: off").getResponses().keySet()).containsExactly("204", "404");
    }

    @Test
    void aResourceInShadowStaysAsItIsAndADrainedOneTakesNoDeletes() {
        assertThat(delete("mode: shadow").getResponses().keySet()).containsExactly("204", "404");
        assertThat(delete("mode: drain").getResponses().keySet()).containsExactly("503", "404", "409", "410");
    }

    @Test
    void componentsThatHaveOurNamesAreNotOverwritten() {
        var document = OpenApiDocument.of(
                "api.yaml",
                Documents.text("shop.yaml")
                        .replace(
                                "  schemas:\n",
                                "  schemas:\n    CenotaphProblem: { type: string, description: Theirs. }\n"));
        var overlay = OpenApiDocument.of("overlay.yaml", Overlay.of(document, orders("")));

        assertThat(text(overlay, "#/components/schemas/CenotaphProblem/description"))
                .isEqualTo("Theirs.");
        assertThat(overlay.model().getComponents().getSchemas()).containsKey("Cenotaph_Problem");
    }

    @Test
    void anOverlayIsNotOverlaidAgain() {
        var overlay = overlaid("shop.yaml", "");

        assertThatExceptionOfType(UnreadableDocumentException.class)
                .isThrownBy(() -> Overlay.of(overlay, orders("")))
                .withMessageContaining("what `overlay` made");
    }

    @Test
    void jsonStaysJson() {
        assertThat(Overlay.of(Documents.document("articles.json"), drafted("articles.json")))
                .startsWith("{\n  \"openapi\": \"3.0.1\",\n")
                .contains("\"description\": \"JSON:API.\"");
    }

    @Test
    void whatAPresetChangesIsShown() {
        var google = overlaid(preset("google-aip"));

        assertThat(parameters(operation(google, ITEM, PathItem.HttpMethod.DELETE)))
                .containsExactly("permanent", "allow_missing");
        assertThat(text(google, DELETE + "/responses/204/$ref")).isEqualTo("#/components/responses/CenotaphMissing");
        assertThat(text(google, GET + "/responses/404/$ref"))
                .as("a GET of a trashed item is 200")
                .isEmpty();
        assertThat(text(overlaid(preset("aep")), GET + "/responses/404/$ref"))
                .isEqualTo("#/components/responses/CenotaphGone");
    }

    @Test
    void aPutThatRestoresIsGoneWithAnIfMatchAlone() {
        var fhir = overlaid(preset("fhir"));

        assertThat(text(fhir, PUT + "/responses/410/$ref")).isEqualTo("#/components/responses/CenotaphGoneIfMatch");
        assertThat(operation(fhir, ITEM, PathItem.HttpMethod.DELETE).getResponses())
                .as("a second DELETE succeeds")
                .doesNotContainKey("410");
    }

    @Test
    void aPatchThatRestoresTakesTheParameterThatAsksForTrash() {
        var openEvent = overlaid(preset("open-event"));

        assertThat(parameters(operation(openEvent, ITEM, PathItem.HttpMethod.PATCH)))
                .contains("with_trashed", "get_trashed");
        assertThat(text(openEvent, DELETE + "/responses/200/content/application~1json/example/meta/message"))
                .isEqualTo("Object successfully deleted");
    }

    @Test
    void whatIsPurgedInTheTrashIsShown() {
        var vault = overlaid(preset("azure-key-vault"));

        assertThat(operation(vault, "/deletedorders/{order_id}", PathItem.HttpMethod.DELETE)
                        .getResponses()
                        .keySet())
                .containsExactly("204", "404", "409");
        assertThat(vault.model().getPaths()).containsKey("/deletedorders/{order_id}/recover");
    }

    @Test
    void whereNoParameterShowsTrashNoneIsAdded() {
        var scim = overlaid(preset("scim"));

        assertThat(parameters(operation(scim, ITEM, PathItem.HttpMethod.GET))).isEmpty();
        assertThat(parameters(operation(scim, "/orders", PathItem.HttpMethod.GET)))
                .containsExactly("status");
    }

    @Test
    void theUpstreamsOwnWordForTrashIsExplained() {
        var shop = overlaid(orders("trash: { only-when: { status: archived, state: gone } }"));

        assertThat(operation(shop, "/orders", PathItem.HttpMethod.GET).getParameters())
                .filteredOn(parameter -> List.of("status", "state").contains(parameter.getName()))
                .extracting(Parameter::getDescription)
                .satisfiesExactly(
                        its -> assertThat(its).endsWith("`archived` gives trashed items alone."),
                        its -> assertThat(its).isEqualTo("`gone` gives trashed items alone."));
    }

    @Test
    void aParameterOfTheUpstreamThatHasOurNameGivesWayToOurs() {
        var document = Documents.of("""
                paths:
                  /orders/{id}:
                    parameters: [ { name: id, in: path, required: true, schema: { type: string } } ]
                    get:
                      parameters:
                        - { name: With_Trashed, in: query, schema: { type: string } }
                        - { name: fields, in: query, schema: { type: string } }
                        - { $ref: '#/components/parameters/Deleted' }
                      responses: { '200': { description: It. } }
                components:
                  parameters:
                    Deleted: { name: show_deleted, in: query, schema: { type: integer } }
                """);
        var policies = Documents.policies("""
                version: 1
                upstream: http://localhost:9090
                resources: { orders: { path: /orders, marker: { flag: gone } } }
                """);
        var overlay = OpenApiDocument.of("overlay.yaml", Overlay.of(document, policies));

        assertThat(operation(overlay, "/orders/{id}", PathItem.HttpMethod.GET).getParameters())
                .extracting(parameter ->
                        parameter.getName() + " " + parameter.getSchema().getType())
                .containsExactly("fields string", "with_trashed boolean", "show_deleted boolean");
        assertThat(Audit.of(document, policies))
                .filteredOn(finding -> finding.code() == AuditFinding.Code.PARAMETER_COLLISION)
                .extracting(AuditFinding::what)
                .containsExactly(
                        "The API has a parameter `With_Trashed`, which the policy `orders` takes for its own: it never"
                                + " reaches the upstream.",
                        "The API has a parameter `show_deleted`, which the policy `orders` takes for its own: it never"
                                + " reaches the upstream.");
    }

    private static PolicySet preset(String name) {
        return Documents.policies("""
                version: 1
                upstream: http://localhost:9090
                preset: %s
                resources:
                  orders: { path: /api/orders, item: '/api/orders/{order_id}', marker: { timestamp: deleted_at } }
                """.formatted(name));
    }

    /** Of orders that can be replaced, too. */
    private static OpenApiDocument overlaid(PolicySet policies) {
        String shop = Documents.text("shop.yaml");
        String patch = shop.substring(
                shop.indexOf("    patch:\n"), shop.indexOf("    delete:\n", shop.indexOf("    patch:\n")));
        String replaced =
                patch.replaceFirst("patch:", "put:").replaceAll("operationId: .*", "operationId: replaceOrder");
        return OpenApiDocument.of(
                "overlay.yaml",
                Overlay.of(OpenApiDocument.of("shop.yaml", shop.replace(patch, patch + replaced)), policies));
    }

    private static OpenApiDocument overlaid(String name) {
        return OpenApiDocument.of("overlay-" + name, Overlay.of(Documents.document(name), drafted(name)));
    }

    private static OpenApiDocument overlaid(String name, String keys) {
        return OpenApiDocument.of("overlay-" + name, Overlay.of(Documents.document(name), orders(keys)));
    }

    private static Operation delete(String keys) {
        return operation(overlaid("shop.yaml", keys), "/orders/{order_id}", PathItem.HttpMethod.DELETE);
    }

    private static Operation operation(OpenApiDocument document, String path, PathItem.HttpMethod method) {
        return new Api(document)
                .path(path)
                .flatMap(its -> its.operation(method))
                .map(ApiOperation::operation)
                .orElseThrow();
    }

    /** Empty where there is nothing. */
    private static String text(OpenApiDocument document, String reference) {
        return References.find(document.root(), reference)
                .map(node -> ((ScalarNode) node).getValue())
                .orElse("");
    }

    private static List<String> parameters(Operation operation) {
        return Optional.ofNullable(operation.getParameters()).orElse(List.of()).stream()
                .map(Parameter::getName)
                .toList();
    }

    private static PolicySet drafted(String name) {
        return Documents.policies(PolicyDraft.of(Documents.document(name)).text());
    }

    private static PolicySet orders(String keys) {
        return Documents.policies("""
                version: 1
                upstream: http://localhost:9090
                resources:
                  orders:
                    path: /api/orders
                    item: /api/orders/{order_id}
                    marker: { timestamp: deleted_at }
                    %s
                """.formatted(keys));
    }

    private static Object values(String text) {
        return new Load(LoadSettings.builder().build()).loadFromString(text);
    }

    private static void collectLost(String at, Object before, Object after, List<String> lost) {
        if (before instanceof Map<?, ?> map && after instanceof Map<?, ?> other) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                Object there = other.get(entry.getKey());
                if (there == null) {
                    lost.add(at + "/" + entry.getKey());
                } else {
                    collectLost(at + "/" + entry.getKey(), entry.getValue(), there, lost);
                }
            }
        } else if (before instanceof List<?> list && after instanceof List<?> other) {
            if (!new HashSet<Object>(other).containsAll(list)) {
                lost.add(at);
            }
        } else if (!before.equals(after)) {
            lost.add(at);
        }
    }
}
