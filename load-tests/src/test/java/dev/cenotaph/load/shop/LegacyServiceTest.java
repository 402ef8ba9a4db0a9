package dev.cenotaph.load.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.TestGateway;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a soft delete promises, for every resource of the legacy service under the example policies. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("EnumOrdinal")
class LegacyServiceTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @SuppressWarnings("NullAway.Init")
    private Shop shop;

    @BeforeAll
    void open() {
        shop = Shop.open();
    }

    @AfterAll
    void close() {
        shop.close();
    }

    @ParameterizedTest
    @EnumSource(ShopResource.class)
    void deletedItemIsGoneAndSaysHowItComesBack(ShopResource resource) {
        String item = shop.take(resource);
        HttpResponse<String> deleted = gateway().delete(item);
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(deleted.headers().firstValue("Cenotaph-State")).contains("trashed");
        assertThat(deleted.headers().firstValue("Link")).contains("<" + item + ":undelete>; rel=\"restore\"");

        HttpResponse<String> gone = gateway().get(item);
        assertThat(gone.statusCode()).isEqualTo(410);
        assertThat(gone.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(gone.headers().firstValue("Cache-Control")).contains("no-store");
        JsonNode problem = JSON.readTree(gone.body());
        assertThat(problem.propertyNames())
                .contains("type", "title", "status", "detail", "instance", "delete_time", "deletion_id", "restore");
        assertThat(problem.path("status").asInt()).isEqualTo(410);
        assertThat(problem.path("instance").asString()).isEqualTo(item);
        assertThat(problem.path("restore").asString()).isEqualTo(item + ":undelete");
    }

    @ParameterizedTest
    @EnumSource(ShopResource.class)
    void headOfTrashedItemTellsTheSameInHeaders(ShopResource resource) {
        String item = trashed(resource);
        HttpResponse<String> head = gateway().send("HEAD", item, "");
        assertThat(head.statusCode()).isEqualTo(410);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Cenotaph-State")).contains("trashed");
        assertThat(head.headers().firstValue("Cenotaph-Deleted-At")).isPresent();
        assertThat(head.headers().firstValue("Cenotaph-Deletion-Id")).isPresent();
    }

    @ParameterizedTest
    @EnumSource(ShopResource.class)
    void listHidesTrashedItemAndShowsItOnRequest(ShopResource resource) {
        String item = shop.take(resource);
        String id = resource.idIn(item);
        String list = resource.listWith(item);
        assertThat(ids(resource, list)).contains(id);
        int live = ids(resource, list).size();
        gateway().delete(item);
        assertThat(ids(resource, list)).doesNotContain(id).hasSize(live - 1);
        assertThat(ids(resource, with(list, "with_trashed"))).contains(id).hasSizeGreaterThanOrEqualTo(live);
        assertThat(ids(resource, with(list, "only_trashed")))
                .contains(id)
                .doesNotContainAnyElementsOf(ids(resource, list));
    }

    @ParameterizedTest
    @EnumSource(ShopResource.class)
    void whoOptsInSeesTheItem(ShopResource resource) {
        String item = trashed(resource);
        HttpResponse<String> shown = gateway().get(item + "?with_trashed=true");
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.body()).isEqualTo(shop.direct(item));
        assertThat(shown.headers().firstValue("Cenotaph-State")).contains("trashed");
        assertThat(gateway().get(item + "?only_trashed=true").statusCode()).isEqualTo(200);
        assertThat(gateway().get(item + "?with_trashed=false").statusCode()).isEqualTo(410);
        assertThat(gateway().get(item + "?with_trashed=yes").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource(ShopResource.class)
    void trashCollectionShowsTheNewestFirst(ShopResource resource) {
        String item = shop.take(resource);
        assertThat(gateway().get(resource.inTrash(item)).statusCode()).isEqualTo(404);
        gateway().delete(item);
        JsonNode trash = JSON.readTree(gateway().get(resource.trashWith(item)).body());
        assertThat(trash.at("/trashed/0/id").asString()).isEqualTo(resource.idIn(item));
        assertThat(trash.at("/trashed/0/item").asString()).isEqualTo(item);
        HttpResponse<String> one = gateway().get(resource.inTrash(item));
        assertThat(one.statusCode()).isEqualTo(200);
        assertThat(one.body()).isEqualTo(shop.direct(item));
    }

    @ParameterizedTest
    @EnumSource(ShopResource.class)
    void itemDiffersByItsMarkerAlone(ShopResource resource) {
        String item = shop.take(resource);
        JsonNode before = shop.rowOf(resource, item);
        gateway().delete(item);
        JsonNode after = shop.rowOf(resource, item);
        assertThat(after.isObject()).isTrue();
        assertThat(unmarked(resource, after)).isEqualTo(unmarked(resource, before));
    }

    @ParameterizedTest
    @EnumSource(ShopResource.class)
    void repeatedDeleteChangesNothing(ShopResource resource) {
        String item = trashed(resource);
        String rows = rows(resource);
        JsonNode first = JSON.readTree(gateway().get(item).body());
        HttpResponse<String> repeated = gateway().delete(item);
        assertThat(repeated.statusCode()).isEqualTo(410);
        assertThat(JSON.readTree(repeated.body()).path("delete_time")).isEqualTo(first.path("delete_time"));
        assertThat(JSON.readTree(repeated.body()).path("deletion_id")).isEqualTo(first.path("deletion_id"));
        assertThat(rows(resource)).isEqualTo(rows);
    }

    @ParameterizedTest
    @EnumSource(ShopResource.class)
    void writeToTrashedItemIsNeverForwarded(ShopResource resource) {
        String item = trashed(resource);
        String rows = rows(resource);
        String member = resource.marker().orElse("name");
        for (String method : List.of("PUT", "PATCH", "POST")) {
            for (String type : List.of("application/json", "application/merge-patch+json")) {
                HttpResponse<String> refused =
                        gateway().send(method, item, resource.body(member, "null"), "Content-Type", type);
                assertThat(refused.statusCode()).as(method + " " + type).isEqualTo(410);
            }
        }
        assertThat(gateway().send("POST", item + "/anything", "{}").statusCode())
                .isEqualTo(410);
        assertThat(gateway().get(item + "/anything").statusCode()).isEqualTo(410);
        assertThat(rows(resource)).isEqualTo(rows);
    }

    @ParameterizedTest
    @EnumSource(ShopResource.class)
    void undeleteRestoresByteForByte(ShopResource resource) {
        restoresByteForByte(resource, item -> gateway().post(item + ":undelete"));
    }

    @ParameterizedTest
    @EnumSource(ShopResource.class)
    void restorePathRestoresByteForByte(ShopResource resource) {
        restoresByteForByte(resource, item -> gateway().post(item + "/restore"));
    }

    /** A part has no marker that a PATCH could clear: it lies beside the part. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PARTS")
    void patchInTheTrashRestoresByteForByte(ShopResource resource) {
        String marker = resource.marker().orElseThrow();
        restoresByteForByte(resource, item -> {
            String live = live(resource, formerly.path(marker));
            return gateway()
                    .send(
                            "PATCH",
                            resource.inTrash(item),
                            resource.body(marker, live),
                            "Content-Type",
                            "application/merge-patch+json");
        });
    }

    @ParameterizedTest
    @EnumSource(ShopResource.class)
    void patchInTheTrashTakesNothingButTheMarker(ShopResource resource) {
        String item = trashed(resource);
        String rows = rows(resource);
        HttpResponse<String> refused = gateway()
                .send(
                        "PATCH",
                        resource.inTrash(item),
                        resource.body("name", "\"Mallory\""),
                        "Content-Type",
                        "application/json");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(rows(resource)).isEqualTo(rows);
        assertThat(gateway().get(item).statusCode()).isEqualTo(410);
    }

    @ParameterizedTest
    @EnumSource(ShopResource.class)
    void liveItemCannotBeRestored(ShopResource resource) {
        String item = shop.take(resource);
        assertThat(gateway().post(item + ":undelete").statusCode()).isEqualTo(409);
        assertThat(gateway().get(item).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(ShopResource.class)
    void deleteOfUnknownIdCreatesNothing(ShopResource resource) {
        String item = shop.take(resource);
        String rows = rows(resource);
        assertThat(gateway().delete(resource.neverBeside(item)).statusCode()).isEqualTo(404);
        assertThat(gateway()
                        .delete(resource.neverBeside(item) + "?permanent=true")
                        .statusCode())
                .isEqualTo(404);
        assertThat(gateway().post(resource.neverBeside(item) + ":undelete").statusCode())
                .isEqualTo(404);
        assertThat(rows(resource)).isEqualTo(rows);
    }

    @ParameterizedTest
    @EnumSource(ShopResource.class)
    void permanentDeleteOfLiveItemIsReal(ShopResource resource) {
        String item = shop.take(resource);
        assertThat(gateway().delete(item + "?permanent=true").statusCode()).isEqualTo(204);
        assertThat(shop.rowOf(resource, item).isMissingNode()).isTrue();
        assertThat(gateway().get(item).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource(ShopResource.class)
    void permanentDeleteOfTrashedItemIsReal(ShopResource resource) {
        String item = trashed(resource);
        assertThat(gateway().delete(item + "?permanent=true").statusCode()).isEqualTo(204);
        assertThat(shop.rowOf(resource, item).isMissingNode()).isTrue();
        assertThat(gateway().get(item).statusCode()).isEqualTo(404);
        assertThat(gateway().get(item + "?with_trashed=true").statusCode()).isEqualTo(404);
        assertThat(gateway().get(resource.trashWith(item)).body()).doesNotContain("\"" + item + "\"");
    }

    @ParameterizedTest
    @EnumSource(ShopResource.class)
    void collectionAndWhatIsBelowAnItemCannotBeDeleted(ShopResource resource) {
        String item = shop.take(resource);
        String rows = rows(resource);
        String collection = resource.listWith(item).replaceFirst("\\?.*", "");
        assertThat(gateway().delete(collection).statusCode()).isEqualTo(405);
        assertThat(gateway().delete(resource.trashWith(item)).statusCode()).isEqualTo(405);
        assertThat(gateway().delete(resource.inTrash(item)).statusCode()).isEqualTo(405);
        HttpResponse<String> below = gateway().delete(item + "/anything");
        assertThat(below.statusCode()).isEqualTo(405);
        assertThat(below.headers().firstValue("Allow"))
                .hasValueSatisfying(allow -> assertThat(allow).doesNotContain("DELETE"));
        assertThat(rows(resource)).isEqualTo(rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/parts/{id}/metafields/1"})
    void entriesThatHoldMarkersCannotBeDeleted(String template) {
        String entry = template.replace("{id}", ShopResource.PARTS.idIn(shop.take(ShopResource.PARTS)));
        assertThat(gateway().delete(entry).statusCode()).isEqualTo(405);
        assertThat(shop.direct(entry)).contains("warehouse");
    }

    @Test
    void restartForgetsNothing() {
        var items = new ArrayList<String>();
        var rows = new ArrayList<String>();
        for (ShopResource resource : ShopResource.values()) {
            rows.add(rows(resource));
            items.add(trashed(resource));
        }
        gateway().restart();
        for (ShopResource resource : ShopResource.values()) {
            String item = items.get(resource.ordinal());
            assertThat(gateway().get(item).statusCode()).as(item).isEqualTo(410);
            assertThat(gateway().post(item + ":undelete").statusCode()).as(item).isEqualTo(200);
            assertThat(rows(resource)).isEqualTo(rows.get(resource.ordinal()));
        }
    }

    /** What the row was before it was trashed. */
    private JsonNode formerly = JSON.missingNode();

    private interface Restore {
        HttpResponse<String> of(String item);
    }

    private void restoresByteForByte(ShopResource resource, Restore restore) {
        String item = shop.take(resource);
        String rows = rows(resource);
        String shown = gateway().get(item).body();
        formerly = shop.rowOf(resource, item);
        assertThat(gateway().delete(item).statusCode()).isEqualTo(204);
        assertThat(rows(resource)).isNotEqualTo(rows);

        HttpResponse<String> restored = restore.of(item);
        assertThat(restored.statusCode()).as(restored.body()).isEqualTo(200);
        assertThat(restored.body()).isEqualTo(shown);
        assertThat(restored.headers().firstValue("Content-Location")).contains(item);
        assertThat(rows(resource)).isEqualTo(rows);
        assertThat(gateway().get(item).body()).isEqualTo(shown);
        assertThat(gateway().post(item + ":undelete").statusCode()).isEqualTo(409);
    }

    private String trashed(ShopResource resource) {
        String item = shop.take(resource);
        assertThat(gateway().delete(item).statusCode()).as("DELETE " + item).isEqualTo(204);
        return item;
    }

    /** The marker as it was; a list without the marker's entry is given whole, and emptied here of the others. */
    private static String live(ShopResource resource, JsonNode former) {
        return switch (resource) {
            case PRODUCTS -> "[]";
            default -> former.isMissingNode() ? "null" : former.toString();
        };
    }

    /** Everything that a soft delete could change, entries beside the item included. */
    private String rows(ShopResource resource) {
        return resource == ShopResource.PARTS
                ? shop.rows(resource) + shop.direct("/rows/metafields")
                : shop.rows(resource);
    }

    private List<String> ids(ShopResource resource, String list) {
        HttpResponse<String> answer = gateway().get(list);
        assertThat(answer.statusCode()).as(list).isEqualTo(200);
        var ids = new ArrayList<String>();
        resource.rowsIn(JSON.readTree(answer.body())).forEach(row -> ids.add(resource.idOf(row)));
        return ids;
    }

    private static String with(String list, String parameter) {
        return list + (list.contains("?") ? "&" : "?") + parameter + "=true";
    }

    private static JsonNode unmarked(ShopResource resource, JsonNode row) {
        var copy = (ObjectNode) row.deepCopy();
        if (resource == ShopResource.PRODUCTS) {
            var kept = (ArrayNode) copy.path("extension_fields");
            kept.removeIf(entry -> entry.path("key").asString().equals("deleted"));
        } else {
            resource.marker().ifPresent(copy::remove);
        }
        return copy;
    }

    private TestGateway gateway() {
        return shop.gateway();
    }
}
