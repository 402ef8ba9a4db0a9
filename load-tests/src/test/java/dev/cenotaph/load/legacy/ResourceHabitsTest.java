package dev.cenotaph.load.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is peculiar to each resource but the orders. */
final class ResourceHabitsTest {
    @RegisterExtension
    final TestService service = new TestService();

    @Nested
    final class Customers {
        @Test
        void listIsAnEnvelopeWithTotalsAndPages() {
            String first = service.get("/api/customers/1").body();
            String second = service.get("/api/customers/2").body();
            String third = service.get("/api/customers/3").body();

            HttpResponse<String> all = service.get("/api/customers");
            assertThat(all.body())
                    .isEqualTo("{\"data\":[" + first + "," + second + "," + third
                            + "],\"total\":3,\"page\":1,\"per_page\":20,\"next\":null}");
            assertThat(all.headers().firstValue("X-Total-Count")).hasValue("3");
            assertThat(service.get("/api/customers?per_page=2").body())
                    .isEqualTo("{\"data\":[" + first + "," + second
                            + "],\"total\":3,\"page\":1,\"per_page\":2,\"next\":\"/api/customers?page=2&per_page=2\"}");
            assertThat(service.get("/api/customers?page=2&per_page=2").body())
                    .isEqualTo("{\"data\":[" + third + "],\"total\":3,\"page\":2,\"per_page\":2,\"next\":null}");
        }

        @Test
        void nextOfAPageOfTwentyNamesThePageAlone() {
            for (int i = 0; i < 18; i++) {
                service.post("/api/customers", "{}");
            }

            assertThat(service.get("/api/customers").body()).endsWith("\"next\":\"/api/customers?page=2\"}");
        }

        @Test
        void patchAndPostAssignMembersAndRemoveNone() {
            service.post("/api/customers", "{\"id\":9,\"a\":{\"b\":1},\"c\":2}");

            assertThat(service.patch("/api/customers/9", "{\"a\":{\"d\":1},\"is_trashed\":true}")
                            .body())
                    .isEqualTo("{\"id\":9,\"a\":{\"d\":1},\"c\":2,\"is_trashed\":true}");
            assertThat(service.post("/api/customers/9", "{\"c\":null}").body())
                    .isEqualTo("{\"id\":9,\"a\":{\"d\":1},\"c\":null,\"is_trashed\":true}");
        }

        @Test
        void tagsAndPreconditionsAreUnheardOf() {
            assertThat(service.get("/api/customers/1").headers().firstValue("ETag"))
                    .isEmpty();
            assertThat(service.patch("/api/customers/1", "{}", "If-Match", "\"x\"")
                            .statusCode())
                    .isEqualTo(200);
        }

        @Test
        void mergePatchIsNotTaken() {
            HttpResponse<String> refused =
                    service.send("PATCH", "/api/customers/1", "{}", "Content-Type", "application/merge-patch+json");

            assertThat(refused.statusCode()).isEqualTo(415);
            assertThat(refused.headers().firstValue("Accept-Patch")).hasValue("application/json");
        }
    }

    @Nested
    final class UsersAndNotes {
        private static final String JSON_PATCH = "application/json-patch+json";

        @Test
        void usersArePatchedByJsonPatchAlone() {
            String before = service.get("/api/users/ada").body();
            String patch = "[{\"op\":\"test\",\"path\":\"/status\",\"value\":\"blocked\"},"
                    + "{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"archived\"}]";

            HttpResponse<String> patched = service.send("PATCH", "/api/users/ada", patch, "Content-Type", JSON_PATCH);

            assertThat(patched.body()).isEqualTo(before.replace("\"blocked\"", "\"archived\""));
            assertThat(service.send("PATCH", "/api/users/ada", patch, "Content-Type", JSON_PATCH)
                            .statusCode())
                    .isEqualTo(409);
            assertThat(service.patch("/api/users/ada", "{\"status\":\"active\"}")
                            .statusCode())
                    .isEqualTo(415);
            assertThat(service.get("/api/users/ada").body()).isEqualTo(patched.body());
        }

        @Test
        void usersChooseTheirIds() {
            assertThat(service.post("/api/users", "{\"id\":\"zoë\"}").headers().firstValue("Location"))
                    .hasValue("/api/users/zo%C3%AB");
            assertThat(service.get("/api/users/zo%C3%AB").body()).isEqualTo("{\"id\":\"zoë\",\"status\":\"active\"}");
            assertThat(service.post("/api/users", "{\"name\":\"nobody\"}").statusCode())
                    .isEqualTo(400);
        }

        @Test
        void noteNumbersAreUniqueWithinAUserOnly() {
            String ofGrace = service.get("/api/users/grace/notes/1").body();

            assertThat(service.delete("/api/users/ada/notes/1").statusCode()).isEqualTo(204);

            assertThat(service.get("/api/users/ada/notes/1").statusCode()).isEqualTo(404);
            assertThat(service.get("/api/users/grace/notes/1").body()).isEqualTo(ofGrace);
            assertThat(service.get("/api/users/ada/notes").body()).startsWith("[{\"id\":2,");
            assertThat(service.post("/api/users/ada/notes", "{}").headers().firstValue("Location"))
                    .hasValue("/api/users/ada/notes/3");
            assertThat(service.get("/rows/notes").body())
                    .contains("{\"user_id\":\"ada\",\"id\":3,\"deleted_at\":null}");
        }

        @Test
        void notesAreMergePatched() {
            assertThat(service.send(
                                    "PATCH",
                                    "/api/users/ada/notes/1",
                                    "{\"deleted_at\":\"2026-01-01T00:00:00Z\"}",
                                    "Content-Type",
                                    "application/merge-patch+json")
                            .body())
                    .contains("\"deleted_at\":\"2026-01-01T00:00:00Z\"");
        }

        @Test
        void notesOfAnUnknownUserAre404() {
            assertThat(service.get("/api/users/nobody/notes").statusCode()).isEqualTo(404);
            assertThat(service.post("/api/users/nobody/notes", "{}").statusCode())
                    .isEqualTo(404);
            assertThat(service.get("/api/users/nobody/notes/1").statusCode()).isEqualTo(404);
        }

        @Test
        void aDeletedUserTakesTheNotesAlong() {
            service.delete("/api/users/ada");

            assertThat(service.get("/rows/notes").body())
                    .contains("\"user_id\":\"grace\"")
                    .doesNotContain("\"user_id\":\"ada\"");
        }
    }

    @Nested
    final class Articles {
        @Test
        void onlyPutAndDeleteChangeAnArticle() {
            HttpResponse<String> refused = service.patch("/api/articles/article-1", "{\"is_trashed\":true}");

            assertThat(refused.statusCode()).isEqualTo(405);
            assertThat(refused.headers().firstValue("Allow")).hasValue("GET, HEAD, PUT, DELETE, OPTIONS");
            assertThat(service.post("/api/articles/article-1", "{}").statusCode())
                    .isEqualTo(405);
        }

        @Test
        void putDropsWhatItDoesNotName() {
            assertThat(service.get("/api/articles/article-1").body()).contains("\"seo\"", "\"words\"", "\"rating\"");

            assertThat(service.put("/api/articles/article-1", "{\"title\":\"Short\"}")
                            .body())
                    .isEqualTo("{\"id\":\"article-1\",\"title\":\"Short\"}");
        }

        @Test
        void putUnderIfMatchIsRefusedWhenTheArticleChanged() {
            String etag = service.get("/api/articles/article-1")
                    .headers()
                    .firstValue("ETag")
                    .orElseThrow();

            assertThat(service.put("/api/articles/article-1", "{}", "If-Match", etag)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(service.put("/api/articles/article-1", "{}", "If-Match", etag)
                            .statusCode())
                    .isEqualTo(412);
        }

        @Test
        void putCreatesUnderASlugOfTheClient() {
            HttpResponse<String> created = service.put("/api/articles/on%20tea%2Fcups", "{\"title\":\"Tea\"}");

            assertThat(created.statusCode()).isEqualTo(201);
            assertThat(created.headers().firstValue("Location")).hasValue("/api/articles/on%20tea%2Fcups");
            assertThat(service.get("/api/articles/on%20tea%2fcups").body())
                    .isEqualTo("{\"id\":\"on tea/cups\",\"title\":\"Tea\"}");
            assertThat(service.put("/api/articles/other", "{}", "If-Match", "*").statusCode())
                    .isEqualTo(412);
        }

        @Test
        void ifNoneMatchAnyProtectsWhatIsThere() {
            assertThat(service.put("/api/articles/article-1", "{}", "If-None-Match", "*")
                            .statusCode())
                    .isEqualTo(412);
            assertThat(service.put("/api/articles/other", "{}", "If-None-Match", "*")
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    @Nested
    final class Settings {
        @Test
        void patchOfAnUnknownSettingCreatesIt() {
            HttpResponse<String> created = service.patch("/api/settings/new", "{\"value\":1.0}");

            assertThat(created.statusCode()).isEqualTo(201);
            assertThat(created.headers().firstValue("Location")).hasValue("/api/settings/new");
            assertThat(service.get("/api/settings/new").body()).isEqualTo("{\"id\":\"new\",\"value\":1.0}");
        }

        @Test
        void ifMatchAnyKeepsPatchFromCreating() {
            assertThat(service.patch("/api/settings/new", "{}", "If-Match", "*").statusCode())
                    .isEqualTo(412);

            assertThat(service.get("/api/settings/new").statusCode()).isEqualTo(404);
        }

        @Test
        void nullRemovesAMember() {
            String before = service.get("/api/settings/setting-1").body();

            service.patch("/api/settings/setting-1", "{\"deleted_at\":\"2026-01-01T00:00:00Z\"}");
            String marked = service.get("/api/settings/setting-1").body();
            service.patch("/api/settings/setting-1", "{\"deleted_at\":null}");

            assertThat(marked).contains("\"deleted_at\":\"2026-01-01T00:00:00Z\"");
            assertThat(service.get("/api/settings/setting-1").body()).isEqualTo(before);
        }
    }

    @Nested
    final class People {
        @Test
        void oneItemIsWrappedAndSoIsEachRow() {
            assertThat(service.get("/api/people/1").body()).startsWith("{\"person\":{\"id\":1,");
            assertThat(service.get("/api/people").body())
                    .startsWith("{\"people\":[{\"person\":{\"id\":1,")
                    .contains("}},{\"person\":{\"id\":2,")
                    .endsWith("}}]}");
            assertThat(service.post("/api/people", "{\"person\":{\"first_name\":\"Ann\"}}")
                            .body())
                    .isEqualTo("{\"person\":{\"id\":4,\"first_name\":\"Ann\",\"deleted_at\":null}}");
            assertThat(service.post("/api/people", "{\"first_name\":\"Ann\"}").statusCode())
                    .isEqualTo(400);
        }

        @Test
        void updatesAnswer204WithoutABody() {
            HttpResponse<String> patched = service.patch("/api/people/1", "{\"person\":{\"deleted_at\":\"now\"}}");

            assertThat(patched.statusCode()).isEqualTo(204);
            assertThat(patched.body()).isEmpty();
            assertThat(service.get("/api/people/1").body()).contains("\"deleted_at\":\"now\"", "\"last_name\"");
            assertThat(service.put("/api/people/1", "{\"person\":{\"first_name\":\"Ann\"}}")
                            .statusCode())
                    .isEqualTo(204);
            assertThat(service.get("/api/people/1").body())
                    .isEqualTo("{\"person\":{\"id\":1,\"first_name\":\"Ann\",\"deleted_at\":null}}");
        }

        @Test
        void aPatchThatIsNotWrappedIsRefused() {
            assertThat(service.patch("/api/people/1", "{\"deleted_at\":\"now\"}")
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    @Nested
    final class Documents {
        @Test
        void idsAreSeenInLinksAlone() {
            HttpResponse<String> document = service.get("/api/documents/2");

            assertThat(document.headers().firstValue("Content-Type")).hasValue("application/hal+json");
            assertThat(document.body())
                    .contains("\"self\":{\"href\":\"/api/documents/2\"}")
                    .doesNotContain("\"id\"");
            assertThat(service.get("/api/documents").body())
                    .startsWith("{\"_embedded\":{\"documents\":[{\"title\":\"Report 1\"")
                    .contains(document.body())
                    .endsWith("]},\"_links\":{\"self\":{\"href\":\"/api/documents\"}}}");
        }

        @Test
        void createdDocumentGetsItsLink() {
            assertThat(service.post("/api/documents", "{\"title\":\"New\"}").body())
                    .isEqualTo("{\"title\":\"New\",\"_links\":{\"self\":{\"href\":\"/api/documents/4\"}},"
                            + "\"state\":\"draft\"}");
        }

        @Test
        void stateIsPatchedAndPatchedBack() {
            String before = service.get("/api/documents/1").body();

            String withdrawn = service.patch("/api/documents/1", "{\"state\":\"withdrawn\"}")
                    .body();
            service.patch("/api/documents/1", "{\"state\":\"published\"}");

            assertThat(withdrawn).isEqualTo(before.replace("\"published\"", "\"withdrawn\""));
            assertThat(service.get("/api/documents/1").body()).isEqualTo(before);
        }
    }

    @Nested
    final class Products {
        @Test
        void extensionFieldsAreReplacedAsAWhole() {
            String fields = "[{\"key\":\"deleted\",\"value\":\"true\"}]";

            assertThat(service.patch("/api/products/1", "{\"extension_fields\":" + fields + "}")
                            .body())
                    .contains("\"extension_fields\":" + fields)
                    .doesNotContain("colour");
        }
    }

    @Nested
    final class Parts {
        @Test
        void metafieldsLieBelowThePart() {
            assertThat(service.get("/api/parts/1").body()).doesNotContain("shelf");
            assertThat(service.get("/api/parts/1/metafields").body())
                    .isEqualTo(
                            "{\"data\":[{\"id\":1,\"namespace\":\"warehouse\",\"key\":\"shelf\",\"value\":\"B-1\"}]}");

            HttpResponse<String> created = service.post(
                    "/api/parts/1/metafields", "{\"namespace\":\"cenotaph\",\"key\":\"deleted_at\",\"value\":\"now\"}");

            assertThat(created.statusCode()).isEqualTo(201);
            assertThat(created.headers().firstValue("Location")).hasValue("/api/parts/1/metafields/2");
            assertThat(created.body())
                    .isEqualTo(
                            "{\"data\":{\"id\":2,\"namespace\":\"cenotaph\",\"key\":\"deleted_at\",\"value\":\"now\"}}");
            assertThat(service.put("/api/parts/1/metafields/2", "{\"value\":\"later\"}")
                            .body())
                    .contains("\"key\":\"deleted_at\",\"value\":\"later\"");
            assertThat(service.delete("/api/parts/1/metafields/2").statusCode()).isEqualTo(204);
            assertThat(service.get("/api/parts/1/metafields").body()).doesNotContain("cenotaph");
        }

        @Test
        void keyIsUniqueInItsNamespaceAndPart() {
            String field = "{\"namespace\":\"warehouse\",\"key\":\"shelf\",\"value\":\"Z\"}";

            assertThat(service.post("/api/parts/1/metafields", field).statusCode())
                    .isEqualTo(409);
            assertThat(service.post("/api/parts/1/metafields", "{\"key\":\"shelf\"}")
                            .statusCode())
                    .isEqualTo(400);
        }

        @Test
        void metafieldsOfAnUnknownPartAre404() {
            assertThat(service.get("/api/parts/99/metafields").statusCode()).isEqualTo(404);
        }
    }

    @Nested
    final class Issues {
        @Test
        void pathsEndInASuffix() {
            assertThat(service.get("/issues.json").body()).startsWith("{\"issues\":[{\"id\":1,");
            assertThat(service.get("/issues/2.json").body()).startsWith("{\"issue\":{\"id\":2,");
            assertThat(service.get("/issues/2").statusCode()).isEqualTo(404);
            assertThat(service.post("/issues.json", "{\"issue\":{\"subject\":\"New\"}}")
                            .headers()
                            .firstValue("Location"))
                    .hasValue("/issues/4.json");
            assertThat(service.delete("/issues/4.json").statusCode()).isEqualTo(204);
        }

        @Test
        void putMergesAndAnswers204() {
            String before = service.get("/issues/1.json").body();

            HttpResponse<String> updated = service.put("/issues/1.json", "{\"issue\":{\"is_trashed\":true}}");

            assertThat(updated.statusCode()).isEqualTo(204);
            assertThat(service.get("/issues/1.json").body())
                    .isEqualTo(before.replace("\"is_trashed\":false", "\"is_trashed\":true"));
            assertThat(service.patch("/issues/1.json", "{}").statusCode()).isEqualTo(405);
        }
    }
}
