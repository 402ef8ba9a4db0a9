package dev.cenotaph.load.shop;

import static dev.cenotaph.load.shop.ShopResource.ARTICLES;
import static dev.cenotaph.load.shop.ShopResource.NOTES;
import static dev.cenotaph.load.shop.ShopResource.ORDERS;
import static dev.cenotaph.load.shop.ShopResource.SETTINGS;
import static dev.cenotaph.load.shop.ShopResource.USERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.TestGateway;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What single resources of the legacy service are odd in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LegacyOdditiesTest {
    private static final String ADA = "/api/users/ada";

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

    @Test
    void searchHidesTrashedOrder() {
        String order = shop.take(ORDERS);
        String number = shop.rowOf(ORDERS, order).path("number").asString();
        String search = "/search?q=%22" + number + "%22";
        assertThat(gateway().get(search).body()).contains(number);
        gateway().delete(order);
        assertThat(gateway().get(search).body()).isEqualTo("{\"results\":[]}");
        assertThat(gateway().get(search + "&with_trashed=true").body()).contains(number);
        assertThat(gateway().get(search + "&only_trashed=true").body()).contains(number);
    }

    @Test
    void blockedUserIsBlockedAgain() {
        assertThat(shop.rowOf(USERS, ADA).path("status").asString()).isEqualTo("blocked");
        assertThat(gateway().delete(ADA).statusCode()).isEqualTo(204);
        assertThat(shop.rowOf(USERS, ADA).path("status").asString()).isEqualTo("archived");
        gateway().restart();
        assertThat(gateway().post(ADA + "/restore").statusCode()).isEqualTo(200);
        assertThat(shop.rowOf(USERS, ADA).path("status").asString()).isEqualTo("blocked");
    }

    @Test
    void userTrashedByTheServiceItselfNeedsAStatusToComeBack() {
        String user = userOf(shop.take(NOTES));
        archive(user);
        assertThat(gateway().get(user).statusCode()).isEqualTo(410);
        HttpResponse<String> unknown = gateway().post(user + ":undelete");
        assertThat(unknown.statusCode()).isEqualTo(409);
        assertThat(unknown.body()).contains("live-value-unknown");
        HttpResponse<String> restored = gateway()
                .send("PATCH", USERS.inTrash(user), "{\"status\":\"active\"}", "Content-Type", "application/json");
        assertThat(restored.statusCode()).as(restored.body()).isEqualTo(200);
        assertThat(shop.rowOf(USERS, user).path("status").asString()).isEqualTo("active");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "PATCH", "POST", "DELETE"})
    void noteOfTrashedUserIsGone(String method) {
        String note = shop.take(NOTES);
        String user = userOf(note);
        gateway().delete(user);
        String rows = shop.rows(NOTES);
        String body = method.startsWith("P") ? "{}" : "";
        assertThat(gateway().send(method, note, body).statusCode()).isEqualTo(410);
        assertThat(gateway().send(method, user + "/notes", body).statusCode())
                .isIn(method.equals("DELETE") ? java.util.List.of(405, 410) : java.util.List.of(410));
        assertThat(shop.rows(NOTES)).isEqualTo(rows);
        assertThat(gateway().get(note + "?with_trashed=true").statusCode()).isEqualTo(200);
        assertThat(gateway().post(user + ":undelete").statusCode()).isEqualTo(200);
        assertThat(gateway().get(note).statusCode()).isEqualTo(200);
    }

    @Test
    void noteOfTrashedUserComesBackAfterTheUser() {
        String note = shop.take(NOTES);
        String user = userOf(note);
        String rows = shop.rows(NOTES);
        gateway().delete(note);
        gateway().delete(user);
        HttpResponse<String> tooEarly = gateway().post(note + ":undelete");
        assertThat(tooEarly.statusCode()).isEqualTo(409);
        assertThat(tooEarly.body()).contains("parent-trashed").contains(user + ":undelete");
        assertThat(gateway().delete(note + "?permanent=true").statusCode()).isEqualTo(410);

        gateway().post(user + ":undelete");
        assertThat(gateway().get(note).statusCode()).isEqualTo(410);
        assertThat(gateway().post(note + ":undelete").statusCode()).isEqualTo(200);
        assertThat(shop.rows(NOTES)).isEqualTo(rows);
    }

    @Test
    void articleLosesNoMemberToTheReplacingPut() {
        String article = shop.take(ARTICLES);
        String row = shop.rowOf(ARTICLES, article).toString();
        gateway().delete(article);
        assertThat(shop.rowOf(ARTICLES, article).toString())
                .isEqualTo(row.replace("\"is_trashed\":false", "\"is_trashed\":true"));
    }

    @Test
    void staleConditionIsKept() {
        String article = shop.take(ARTICLES);
        String tag = gateway().get(article).headers().firstValue("ETag").orElseThrow();
        assertThat(gateway().delete(article, "If-Match", "\"stale\"").statusCode())
                .isEqualTo(412);
        assertThat(gateway().get(article).statusCode()).isEqualTo(200);
        assertThat(gateway().delete(article, "If-Match", tag).statusCode()).isEqualTo(204);
    }

    @Test
    void settingThatNeverWasIsNotCreated() {
        String rows = shop.rows(SETTINGS);
        assertThat(gateway().delete("/api/settings/never").statusCode()).isEqualTo(404);
        assertThat(gateway().delete("/api/settings/never?with_trashed=true").statusCode())
                .isEqualTo(404);
        assertThat(gateway().post("/api/settings/never/restore").statusCode()).isEqualTo(404);
        assertThat(shop.rows(SETTINGS)).isEqualTo(rows);
    }

    @Test
    void settingThatNeverHadTheMarkerLosesItAgain() {
        String setting = shop.take(SETTINGS);
        assertThat(shop.rowOf(SETTINGS, setting).has("deleted_at")).isFalse();
        gateway().delete(setting);
        assertThat(shop.rowOf(SETTINGS, setting).path("deleted_at").asString()).isNotEmpty();
        gateway().post(setting + ":undelete");
        assertThat(shop.rowOf(SETTINGS, setting).has("deleted_at")).isFalse();
    }

    @Test
    void idOfTrashedSettingIsReserved() {
        String setting = shop.take(SETTINGS);
        gateway().delete(setting);
        String rows = shop.rows(SETTINGS);
        HttpResponse<String> refused = gateway()
                .send(
                        "POST",
                        "/api/settings",
                        "{\"id\":\"" + SETTINGS.idIn(setting) + "\"}",
                        "Content-Type",
                        "application/json");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("id-reserved");
        assertThat(shop.rows(SETTINGS)).isEqualTo(rows);
    }

    @Test
    void whatNoPolicyGovernsPasses() {
        assertThat(gateway().get("/rows/orders").body()).isEqualTo(shop.rows(ORDERS));
    }

    private void archive(String user) {
        shop.patch(user, "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"archived\"}]");
    }

    private static String userOf(String note) {
        return note.substring(0, note.indexOf("/notes"));
    }

    private TestGateway gateway() {
        return shop.gateway();
    }
}
