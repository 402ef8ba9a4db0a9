package dev.cenotaph.gateway.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cenotaph.gateway.purge.Purge;
import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Received;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.gateway.testing.TestGateway;
import dev.cenotaph.gateway.tombstone.FormerBody;
import dev.cenotaph.gateway.tombstone.FormerBody.Kind;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.policy.match.ItemKey;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Items that are really deleted at the upstream, and created anew by a restore. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnapshotTest {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final String POLICIES = """
            coupons: { path: /coupons, marker: { snapshot: {} } }
            small: { path: /small, marker: { snapshot: { max-size: 40B } } }
            secret: { path: /secret, marker: { snapshot: { redact: [/card] } } }
            tickets: { path: /tickets, marker: { snapshot: { recreate: POST } } }
            shown: { path: /shown, marker: { snapshot: {} }, answers: { delete: 200 } }
            due: { path: /due, marker: { snapshot: {} }, retention: PT1S }
            drained: { path: /drained, marker: { snapshot: {} }, mode: drain }
            shadowed: { path: /shadowed, marker: { snapshot: {} }, mode: shadow }
            listed: { path: /listed, marker: { snapshot: {} } }
            paged: { path: /paged, marker: { snapshot: {} }, list: { items: /data, row: /it, next: [/next] } }
            """;

    private final ItemUpstream upstream = new ItemUpstream();

    @SuppressWarnings("NullAway.Init")
    private TestGateway gateway;

    @BeforeAll
    void start() {
        upstream.createByPut();
        gateway = TestGateway.with(
                TestGateway.policy(upstream.port(), POLICIES),
                "cenotaph.store.lease=2s",
                "cenotaph.recovery.interval=100ms",
                "cenotaph.purge.interval=1h",
                "cenotaph.upstream.timeout=3s",
                "cenotaph.credentials[0].upstream=http://localhost:" + upstream.port(),
                "cenotaph.bodies.keys.k1=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void deletedItemIsReallyDeletedAndShownFromItsSnapshot() {
        String coupon = upstream.create("/coupons", "{\"code\":\"SPRING\",\"percent\":1.50}");
        String body = upstream.item(coupon).orElseThrow();
        HttpResponse<String> deleted = gateway.delete(coupon);
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(deleted.headers().firstValue("Cenotaph-State")).contains("trashed");
        assertThat(upstream.item(coupon)).isEmpty();
        assertThat(upstream.methods(coupon)).containsExactly("GET", "DELETE");
        assertThat(upstream.received(coupon).getLast().header("If-Match")).isPresent();

        assertThat(gateway.get(coupon).statusCode()).isEqualTo(410);
        assertThat(gateway.delete(coupon).statusCode()).isEqualTo(410);
        assertThat(gateway.send("PUT", coupon, body, "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(410);
        assertThat(upstream.methods(coupon)).containsExactly("GET", "DELETE");
        for (String url : List.of(coupon + "?with_trashed=true", "/coupons/trashed/" + id(coupon))) {
            HttpResponse<String> shown = gateway.get(url);
            assertThat(shown.statusCode()).isEqualTo(200);
            assertThat(shown.body()).isEqualTo(body);
            assertThat(shown.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(shown.headers().firstValue("Cenotaph-State")).contains("trashed");
            assertThat(shown.headers().firstValue("Cache-Control")).contains("private, no-store");
        }
        assertThat(gateway.get("/coupons/trashed").body()).contains("\"item\":\"" + coupon + "\"");
    }

    @Test
    void restoreCreatesTheItemAnewAndDropsTheSnapshot() {
        String coupon = upstream.create("/coupons", "{\"code\":\"SUMMER\",\"percent\":2.50}");
        String body = upstream.item(coupon).orElseThrow();
        gateway.delete(coupon);
        HttpResponse<String> restored = gateway.post(coupon + ":undelete");
        assertThat(restored.statusCode()).isEqualTo(200);
        assertThat(restored.body()).isEqualTo(body);
        assertThat(restored.headers().firstValue("Content-Location")).contains(coupon);
        assertThat(upstream.item(coupon)).contains(body);
        Received put = last("PUT", coupon);
        assertThat(put.header("If-None-Match")).contains("*");
        assertThat(put.header("Content-Type")).contains("application/json");
        assertThat(put.body()).isEqualTo(body);
        assertThat(gateway.get(coupon).statusCode()).isEqualTo(200);
        assertThat(snapshot(coupon)).isEmpty();
        assertThat(gateway.post(coupon + ":undelete").statusCode()).isEqualTo(409);
        assertThat(gateway.delete(coupon).statusCode()).isEqualTo(204);
        assertThat(gateway.post(coupon + "/restore").statusCode()).isEqualTo(200);
    }

    /** Promise I4. */
    @Test
    void bodyIsDurableBeforeTheDeleteIsSent() {
        String coupon = upstream.create("/coupons", "{\"code\":\"AUTUMN\"}");
        String body = upstream.item(coupon).orElseThrow();
        var atTheDelete = new AtomicReference<String>("no DELETE came");
        upstream.on(
                "DELETE",
                coupon,
                (request, well) -> tombstones()
                        .bodies()
                        .latest(key(coupon), Kind.SNAPSHOT)
                        .map(SnapshotTest::text)
                        .defaultIfEmpty("no snapshot")
                        .doOnNext(atTheDelete::set)
                        .map(kept -> well.get()));
        assertThat(gateway.delete(coupon).statusCode()).isEqualTo(204);
        assertThat(atTheDelete).hasValue(body);
    }

    @Test
    void itemThatIsTooLargeIsNotDeleted() {
        String item = upstream.create("/small", "{\"text\":\"This is more than forty bytes long.\"}");
        HttpResponse<String> answer = gateway.delete(item);
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("snapshot-too-large", "Nothing was deleted");
        assertThat(upstream.methods(item)).containsExactly("GET");
        assertThat(gateway.get(item).statusCode()).isEqualTo(200);
        assertThat(gateway.delete(upstream.create("/small", "{\"text\":\"short\"}"))
                        .statusCode())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(ints = {203, 204, 206, 301, 403, 500})
    void itemThatIsNotShownWholeIsNotDeleted(int status) {
        String coupon = upstream.create("/coupons", "{\"code\":\"X\"}");
        upstream.on("GET", coupon, (request, well) -> Mono.just(Reply.json("{}").as(status)));
        assertThat(gateway.delete(coupon).statusCode()).isIn(403, 502);
        assertThat(upstream.methods(coupon)).doesNotContain("DELETE");
        assertThat(snapshot(coupon)).isEmpty();
    }

    @Test
    void itemWithoutABodyIsNotDeleted() {
        String coupon = upstream.create("/coupons", "{\"code\":\"X\"}");
        upstream.on("GET", coupon, (request, well) -> Mono.just(Reply.status(200)));
        assertThat(gateway.delete(coupon).body()).contains("snapshot-impossible");
        assertThat(upstream.methods(coupon)).doesNotContain("DELETE");
    }

    @Test
    void itemThatChangesBeforeItIsDeletedIsReadAgain() {
        String coupon = upstream.create("/coupons", "{\"code\":\"OLD\"}");
        upstream.on("DELETE", coupon, (request, well) -> {
            upstream.behave("DELETE", coupon);
            upstream.set(coupon, "code", "\"NEW\"");
            return Mono.fromSupplier(well);
        });
        assertThat(gateway.delete(coupon).statusCode()).isEqualTo(204);
        assertThat(upstream.methods(coupon)).containsExactly("GET", "DELETE", "GET", "DELETE");
        assertThat(text(snapshot(coupon).orElseThrow())).contains("NEW");
    }

    @Test
    void conditionOfTheClientIsJudged() {
        String coupon = upstream.create("/coupons", "{\"code\":\"X\"}");
        assertThat(gateway.delete(coupon, "If-Match", "\"another\"").statusCode())
                .isEqualTo(412);
        assertThat(upstream.methods(coupon)).doesNotContain("DELETE");
        String tag = gateway.get(coupon).headers().firstValue("ETag").orElseThrow();
        assertThat(gateway.delete(coupon, "If-Match", tag).statusCode()).isEqualTo(204);
        assertThat(last("DELETE", coupon).header("If-Match")).contains(tag);
    }

    @Test
    void refusedDeleteLeavesNeitherTombstoneNorSnapshot() {
        String coupon = upstream.create("/coupons", "{\"code\":\"X\"}");
        upstream.on("DELETE", coupon, (request, well) -> Mono.just(Reply.status(403)));
        assertThat(gateway.delete(coupon).statusCode()).isEqualTo(403);
        assertThat(gateway.get(coupon).statusCode()).isEqualTo(200);
        assertThat(snapshot(coupon)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void itemThatIsGoneAlreadyIsInTheTrash(int status) {
        String coupon = upstream.create("/coupons", "{\"code\":\"X\"}");
        upstream.on(
                "DELETE",
                coupon,
                (request, well) -> Mono.fromSupplier(() -> {
                    upstream.remove(coupon);
                    return Reply.status(status);
                }));
        assertThat(gateway.delete(coupon).statusCode()).isEqualTo(204);
        assertThat(gateway.get(coupon).statusCode()).isEqualTo(410);
    }

    @Test
    void deleteWhoseAnswerIsLostIsSettledByReading() {
        String coupon = upstream.create("/coupons", "{\"code\":\"X\"}");
        upstream.on("DELETE", coupon, (request, well) -> Mono.fromSupplier(well).thenReturn(Reply.RESET));
        assertThat(gateway.delete(coupon).statusCode()).isEqualTo(204);
        assertThat(gateway.get(coupon).statusCode()).isEqualTo(410);
        assertThat(upstream.methods(coupon)).containsExactly("GET", "DELETE", "GET");
    }

    @Test
    void deleteThatNeverArrivedIsNoDeletion() {
        String coupon = upstream.create("/coupons", "{\"code\":\"X\"}");
        upstream.on("DELETE", coupon, (request, well) -> Mono.just(Reply.RESET));
        assertThat(gateway.delete(coupon).statusCode()).isEqualTo(502);
        assertThat(upstream.item(coupon)).isPresent();
        await().atMost(WAIT).until(() -> snapshot(coupon).isEmpty());
        assertThat(gateway.get(coupon).statusCode()).isEqualTo(200);
    }

    @Test
    void promisedDeleteIsPendingUntilTheItemIsGone() {
        String coupon = upstream.create("/coupons", "{\"code\":\"X\"}");
        upstream.on("DELETE", coupon, (request, well) -> Mono.just(Reply.status(202)));
        HttpResponse<String> answer = gateway.delete(coupon);
        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body()).contains("outcome-unknown");
        assertThat(snapshot(coupon)).isPresent();
        upstream.remove(coupon);
        await().atMost(WAIT).until(() -> tombstones().isTrashed(key(coupon)));
        assertThat(gateway.post(coupon + ":undelete").statusCode()).isEqualTo(200);
    }

    @Test
    void itemThatStandsThereMeanwhileIsNotOverwritten() {
        String coupon = upstream.create("/coupons", "{\"code\":\"MINE\"}");
        gateway.delete(coupon);
        upstream.received(coupon);
        assertThat(upstreamPut(coupon, "{\"code\":\"HERS\"}")).isEqualTo("{\"code\":\"HERS\"}");
        HttpResponse<String> restored = gateway.post(coupon + ":undelete");
        assertThat(restored.statusCode()).isEqualTo(409);
        assertThat(restored.body()).contains("id-taken");
        assertThat(upstream.methods(coupon)).doesNotContain("PUT");
        assertThat(upstream.item(coupon)).contains("{\"code\":\"HERS\"}");
        assertThat(gateway.get(coupon + "?with_trashed=true").body()).contains("MINE");

        assertThat(gateway.delete(coupon + "?permanent=true").statusCode()).isEqualTo(204);
        assertThat(gateway.get(coupon).body()).contains("HERS");
    }

    @Test
    void itemThatComesBetweenIsNotOverwrittenEither() {
        String coupon = upstream.create("/coupons", "{\"code\":\"MINE\"}");
        gateway.delete(coupon);
        upstream.on("PUT", coupon, (request, well) -> {
            upstreamPut(coupon, "{\"code\":\"HERS\"}");
            return Mono.fromSupplier(well);
        });
        HttpResponse<String> restored = gateway.post(coupon + ":undelete");
        assertThat(restored.statusCode()).isEqualTo(409);
        assertThat(restored.body()).contains("id-taken");
        assertThat(upstream.item(coupon)).contains("{\"code\":\"HERS\"}");
        assertThat(text(snapshot(coupon).orElseThrow())).contains("MINE");
        assertThat(gateway.get(coupon).statusCode()).isEqualTo(410);
    }

    @Test
    void restoreThatIsRefusedLeavesTheItemInTheTrash() {
        String coupon = upstream.create("/coupons", "{\"code\":\"X\"}");
        gateway.delete(coupon);
        upstream.on("PUT", coupon, (request, well) -> Mono.just(Reply.status(422)));
        assertThat(gateway.post(coupon + ":undelete").statusCode()).isEqualTo(502);
        assertThat(gateway.get(coupon).statusCode()).isEqualTo(410);
        upstream.behave("PUT", coupon);
        assertThat(gateway.post(coupon + ":undelete").statusCode()).isEqualTo(200);
    }

    @Test
    void restoreWhoseAnswerIsLostIsSettledByReading() {
        String coupon = upstream.create("/coupons", "{\"code\":\"X\"}");
        gateway.delete(coupon);
        upstream.on("PUT", coupon, (request, well) -> Mono.fromSupplier(well).thenReturn(Reply.RESET));
        assertThat(gateway.post(coupon + ":undelete").statusCode()).isEqualTo(200);
        assertThat(gateway.get(coupon).statusCode()).isEqualTo(200);
        assertThat(snapshot(coupon)).isEmpty();
    }

    @Test
    void permanentDeleteDropsTombstoneAndSnapshotAndSendsNoDelete() {
        String coupon = upstream.create("/coupons", "{\"code\":\"X\"}");
        gateway.delete(coupon);
        int deletes = deletes(coupon);
        assertThat(gateway.delete(coupon + "?permanent=true").statusCode()).isEqualTo(204);
        assertThat(deletes(coupon)).isEqualTo(deletes);
        assertThat(snapshot(coupon)).isEmpty();
        assertThat(gateway.get(coupon).statusCode()).isEqualTo(404);
        assertThat(gateway.post(coupon + ":undelete").statusCode()).isEqualTo(404);
    }

    @Test
    void permanentDeleteOfALiveItemKeepsNoSnapshot() {
        String coupon = upstream.create("/coupons", "{\"code\":\"X\"}");
        assertThat(gateway.delete(coupon + "?permanent=true").statusCode()).isEqualTo(204);
        assertThat(snapshot(coupon)).isEmpty();
        assertThat(gateway.get(coupon).statusCode()).isEqualTo(404);
    }

    @Test
    void whomTheUpstreamRefusesSeesAndDropsNoSnapshot() {
        String coupon = upstream.create("/coupons", "{\"code\":\"X\"}");
        gateway.delete(coupon);
        upstream.on("GET", coupon, (request, well) -> Mono.just(Reply.status(403)));
        assertThat(gateway.get("/coupons/trashed/" + id(coupon)).statusCode()).isEqualTo(403);
        assertThat(gateway.get(coupon + "?with_trashed=true").statusCode()).isEqualTo(403);
        assertThat(gateway.post(coupon + ":undelete").statusCode()).isEqualTo(403);
        assertThat(gateway.delete(coupon + "?permanent=true").statusCode()).isEqualTo(403);
        assertThat(snapshot(coupon)).isPresent();
        upstream.behave("GET", coupon);
        assertThat(gateway.post(coupon + ":undelete").statusCode()).isEqualTo(200);
    }

    @Test
    void purgeDropsTombstoneAndSnapshotAndSendsNothing() {
        String item = upstream.create("/due", "{\"code\":\"X\"}");
        gateway.delete(item);
        int before = upstream.received(item).size();
        await().atMost(WAIT).until(() -> {
            gateway.bean(Purge.class).run();
            return snapshot(item).isEmpty();
        });
        assertThat(upstream.received(item)).hasSize(before);
        assertThat(gateway.get(item).statusCode()).isEqualTo(404);
    }

    @Test
    void whatIsRedactedIsNotKept() {
        String item = upstream.create("/secret", "{\"card\":\"4111\",\"name\":\"Ada\"}");
        assertThat(gateway.delete(item).statusCode()).isEqualTo(204);
        assertThat(gateway.get(item + "?with_trashed=true").body())
                .contains("Ada")
                .doesNotContain("card", "4111");
        gateway.post(item + ":undelete");
        assertThat(upstream.item(item).orElseThrow()).contains("Ada").doesNotContain("card");
    }

    @Test
    void answerWithTheItemComesFromTheSnapshot() {
        String item = upstream.create("/shown", "{\"name\":\"Ada\"}");
        HttpResponse<String> deleted = gateway.delete(item);
        assertThat(deleted.statusCode()).isEqualTo(200);
        assertThat(deleted.body()).contains("Ada");
    }

    @Test
    void restoreByPostGivesAnotherIdToWhichTheOldOneLeads() {
        String ticket = upstream.create("/tickets", "{\"title\":\"Broken\"}");
        gateway.delete(ticket);
        HttpResponse<String> restored = gateway.post(ticket + ":undelete");
        assertThat(restored.statusCode()).isEqualTo(201);
        String anew = restored.headers().firstValue("Location").orElseThrow();
        assertThat(anew).startsWith("/tickets/").isNotEqualTo(ticket);
        assertThat(upstream.item(anew).orElseThrow()).contains("\"title\":\"Broken\"", "\"id\":" + id(anew));
        Received post = last("POST", "/tickets");
        assertThat(post.body()).isEqualTo("{\"title\":\"Broken\"}");
        assertThat(post.header("Idempotency-Key")).isPresent();
        assertThat(snapshot(ticket)).isEmpty();

        for (String method : List.of("GET", "PUT", "DELETE")) {
            HttpResponse<String> moved = gateway.send(method, ticket + "?a=b", "");
            assertThat(moved.statusCode()).isEqualTo(308);
            assertThat(moved.headers().firstValue("Location")).contains(anew + "?a=b");
            assertThat(moved.headers().firstValue("Cache-Control")).contains("no-store");
        }
        assertThat(gateway.post(ticket + ":undelete").headers().firstValue("Location"))
                .contains(anew + ":undelete");
        assertThat(gateway.get(anew).statusCode()).isEqualTo(200);
        assertThat(gateway.delete(anew).statusCode()).isEqualTo(204);
        assertThat(gateway.get(ticket).statusCode()).isEqualTo(308);
        assertThat(gateway.get(anew).statusCode()).isEqualTo(410);

        String again = gateway.post(anew + ":undelete")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        for (String old : List.of(ticket, anew)) {
            assertThat(gateway.get(old).headers().firstValue("Location")).contains(again);
        }
    }

    @Test
    void damagedSnapshotHidesNoOtherInAList() {
        String damaged = upstream.create("/listed", "{\"title\":\"damaged\"}");
        String whole = upstream.create("/listed", "{\"title\":\"whole\"}");
        gateway.delete(damaged);
        gateway.delete(whole);
        int changed = gateway.store()
                .sql("UPDATE body SET content = 'AAAA' WHERE resource = 'listed' AND id = :id")
                .param("id", id(damaged))
                .update();
        assertThat(changed).isEqualTo(1);

        HttpResponse<String> list = gateway.get("/listed?only_trashed=true");
        assertThat(list.statusCode()).isEqualTo(200);
        assertThat(list.body()).contains("whole").doesNotContain("damaged");
        HttpResponse<String> item = gateway.get(damaged + "?with_trashed=true");
        assertThat(item.statusCode()).isEqualTo(500);
        assertThat(item.body()).contains("snapshot-broken");
        assertThat(gateway.delete(damaged + "?permanent=true").statusCode()).isEqualTo(204);
        gateway.delete(whole + "?permanent=true");
    }

    @Test
    void itemIsNeverCreatedTwice() {
        String ticket = upstream.create("/tickets", "{\"title\":\"Twice?\"}");
        gateway.delete(ticket);
        upstream.on(
                "POST", "/tickets", (request, well) -> Mono.fromSupplier(well).thenReturn(Reply.RESET));
        int posts = upstream.received("/tickets").size();
        assertThat(gateway.post(ticket + ":undelete").statusCode()).isEqualTo(502);
        upstream.behave("POST", "/tickets");
        await().atMost(WAIT)
                .untilAsserted(() ->
                        assertThat(gateway.post(ticket + ":undelete").body()).contains("restore-outcome-unknown"));
        assertThat(upstream.received("/tickets")).hasSize(posts + 1);
        assertThat(gateway.get(ticket).statusCode()).isEqualTo(410);
        assertThat(gateway.delete(ticket + "?permanent=true").statusCode()).isEqualTo(204);
        assertThat(gateway.get(ticket).statusCode()).isEqualTo(404);
    }

    @Test
    void postThatIsRefusedMayBeSentAgain() {
        String ticket = upstream.create("/tickets", "{\"title\":\"Again\"}");
        gateway.delete(ticket);
        upstream.on("POST", "/tickets", (request, well) -> Mono.just(Reply.status(400)));
        assertThat(gateway.post(ticket + ":undelete").statusCode()).isEqualTo(502);
        upstream.behave("POST", "/tickets");
        assertThat(gateway.post(ticket + ":undelete").statusCode()).isEqualTo(201);
    }

    @Test
    void listsPassAsTheyAreAndShowTheTrashToWhoAsks() {
        String kept = upstream.create("/listed", "{\"name\":\"kept\"}");
        String gone = upstream.create("/listed", "{\"name\":\"gone\"}");
        gateway.delete(gone);
        assertThat(gateway.get("/listed").body()).contains("kept").doesNotContain("gone");
        assertThat(gateway.get("/listed?with_trashed=true").body())
                .isEqualTo("[{\"id\":" + id(kept) + ",\"name\":\"kept\"},{\"id\":" + id(gone) + ",\"name\":\"gone\"}]");
        HttpResponse<String> only = gateway.get("/listed?only_trashed=true");
        assertThat(only.body()).isEqualTo("[{\"id\":" + id(gone) + ",\"name\":\"gone\"}]");
        assertThat(only.headers().firstValue("Cache-Control")).contains("private, no-store");
        assertThat(upstream.received("/listed").getLast().uri()).isEqualTo("/listed");
    }

    @Test
    void trashStandsAtTheEndOfTheLastPage() {
        String gone = upstream.create("/paged", "{\"name\":\"gone\"}");
        gateway.delete(gone);
        upstream.on(
                "GET",
                "/paged",
                (request, well) -> Mono.just(Reply.json(
                        request.uri().contains("page=2")
                                ? "{\"data\":[{\"it\":{\"id\":2}}],\"next\":null}"
                                : "{\"data\":[{\"it\":{\"id\":1}}],\"next\":\"/paged?page=2\"}")));
        String row = "{\"it\":{\"id\":" + id(gone) + ",\"name\":\"gone\"}}";
        assertThat(gateway.get("/paged?with_trashed=true").body())
                .isEqualTo("{\"data\":[{\"it\":{\"id\":1}}],\"next\":\"/paged?page=2\"}");
        assertThat(gateway.get("/paged?with_trashed=true&page=2").body())
                .isEqualTo("{\"data\":[{\"it\":{\"id\":2}}," + row + "],\"next\":null}");
        assertThat(gateway.get("/paged?only_trashed=true").body())
                .isEqualTo("{\"data\":[],\"next\":\"/paged?page=2\"}");
        assertThat(gateway.get("/paged?only_trashed=true&page=2").body())
                .isEqualTo("{\"data\":[" + row + "],\"next\":null}");
        upstream.on("GET", "/paged", (request, well) -> Mono.just(Reply.json("{\"items\":[]}")));
        assertThat(gateway.get("/paged?with_trashed=true").statusCode()).isEqualTo(502);
        upstream.on("GET", "/paged", (request, well) -> Mono.just(Reply.status(403)));
        assertThat(gateway.get("/paged?with_trashed=true").statusCode()).isEqualTo(403);
    }

    @Test
    void drainDeletesNothingAndShadowDeletesForReal() {
        String drained = upstream.create("/drained", "{}");
        assertThat(gateway.delete(drained).statusCode()).isEqualTo(503);
        assertThat(upstream.methods(drained)).isEmpty();
        String shadowed = upstream.create("/shadowed", "{}");
        assertThat(gateway.delete(shadowed).statusCode()).isEqualTo(204);
        assertThat(upstream.methods(shadowed)).containsExactly("DELETE");
        assertThat(snapshot(shadowed)).isEmpty();
    }

    @Test
    void eachOfManyThatWereRestoredIsToldWhereItIsNow() {
        String ticket = upstream.create("/tickets", "{\"title\":\"Many\"}");
        String ids = "{\"ids\":[\"" + id(ticket) + "\"]}";
        gateway.delete(ticket);
        HttpResponse<String> restored =
                gateway.send("POST", "/tickets/trashed:restore", ids, "Content-Type", "application/json");
        assertThat(restored.body()).contains("\"succeeded\":1");
        String now = gateway.get(ticket).headers().firstValue("Location").orElseThrow();
        assertThat(restored.body()).contains("\"status\":201", "\"location\":\"" + now + "\"");
        for (String change : List.of(":restore", ":purge")) {
            HttpResponse<String> moved =
                    gateway.send("POST", "/tickets/trashed" + change, ids, "Content-Type", "application/json");
            assertThat(moved.statusCode()).isEqualTo(207);
            assertThat(moved.body())
                    .contains(
                            "\"succeeded\":0",
                            "\"failed\":1",
                            "\"status\":308",
                            "\"location\":\"" + now + "\"",
                            "/problems/moved");
        }
        assertThat(upstream.item(now)).isPresent();
    }

    @Test
    void snapshotIsAResourceOfItsOwn() {
        String coupon = upstream.create("/coupons", "{\"code\":\"AEP\"}");
        String body = upstream.item(coupon).orElseThrow();
        String latest = "/coupons-snapshots/" + id(coupon) + "/snapshots/latest";
        assertThat(gateway.get(latest).statusCode()).isEqualTo(404);
        gateway.delete(coupon);
        assertThat(gateway.get(latest).body()).isEqualTo(body);
        assertThat(gateway.delete(latest).statusCode()).isEqualTo(405);
        assertThat(gateway.delete("/coupons-snapshots/" + id(coupon)).statusCode())
                .isEqualTo(405);
        HttpResponse<String> restored = gateway.post(latest + ":restore");
        assertThat(restored.statusCode()).isEqualTo(200);
        assertThat(restored.headers().firstValue("Content-Location")).contains(coupon);
        assertThat(upstream.item(coupon)).contains(body);
        assertThat(gateway.post(latest + ":restore").statusCode()).isEqualTo(409);
    }

    @Test
    void trashedItemHasOneSnapshotAndALiveOneHasNone() {
        String coupon = upstream.create("/coupons", "{\"code\":\"AEP\"}");
        String list = "/coupons-snapshots/" + id(coupon) + "/snapshots";
        HttpResponse<String> none = gateway.get(list);
        assertThat(none.statusCode()).isEqualTo(200);
        assertThat(none.body()).isEqualTo("{\"snapshots\":[]}");
        gateway.delete(coupon);
        HttpResponse<String> one = gateway.get(list + "?page_size=5");
        assertThat(one.statusCode()).isEqualTo(200);
        assertThat(one.headers().firstValue("Cache-Control")).contains("private, no-store");
        assertThat(one.body())
                .startsWith("{\"snapshots\":[{\"snapshot\":\"" + list + "/latest\",\"item\":\"" + coupon + "\"")
                .contains("\"create_time\":\"", "\"deletion_id\":\"", "\"restore\":\"" + list + "/latest:restore\"");
        assertThat(gateway.get(list + "?page_token=x").statusCode()).isEqualTo(400);
        assertThat(gateway.get(list + "?page_size=0").statusCode()).isEqualTo(400);
        assertThat(gateway.delete(list).statusCode()).isEqualTo(405);
        assertThat(gateway.get("/coupons-snapshots/9999/snapshots").statusCode())
                .isEqualTo(404);
        assertThat(gateway.post(list + ":restore").statusCode()).isEqualTo(200);
        assertThat(upstream.item(coupon)).isPresent();
        assertThat(gateway.get(list).body()).isEqualTo("{\"snapshots\":[]}");
        assertThat(gateway.post(list + ":restore").statusCode()).isEqualTo(409);
    }

    @Test
    void whatMightMeanASnapshotAndDoesNotSaySoPlainlyIsRefused() {
        String coupon = upstream.create("/coupons", "{\"code\":\"AEP\"}");
        gateway.delete(coupon);
        for (String path : List.of(
                "/coupons-snapshots//%s/snapshots/latest",
                "/coupons-snapshots/%s/snapshots/",
                "/coupons-snapshots/%s/Snapshots",
                "/coupons-snapshots/%s/snapshots/%%6Catest",
                "/x/../coupons-snapshots/%s/snapshots/latest:restore",
                "/coupons-snapshots/%s/snapshots;v=1/latest")) {
            String raw = path.formatted(id(coupon));
            assertThat(gateway.raw("GET " + raw + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                    .as(raw)
                    .startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void unknownItemIsUnknown() {
        assertThat(gateway.delete("/coupons/9999").statusCode()).isEqualTo(404);
        assertThat(gateway.get("/coupons/trashed/9999").statusCode()).isEqualTo(404);
        assertThat(gateway.post("/coupons/9999:undelete").statusCode()).isEqualTo(404);
    }

    private String upstreamPut(String path, String body) {
        upstream.put(path, body);
        return upstream.item(path).orElseThrow();
    }

    private Received last(String method, String path) {
        return upstream.received(path).stream()
                .filter(one -> one.method().equals(method))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private int deletes(String path) {
        return (int) upstream.methods(path).stream().filter("DELETE"::equals).count();
    }

    private Optional<FormerBody> snapshot(String path) {
        return tombstones().bodies().latest(key(path), Kind.SNAPSHOT).blockOptional(WAIT);
    }

    private Tombstones tombstones() {
        return gateway.bean(Tombstones.class);
    }

    private static ItemKey key(String path) {
        return new ItemKey(path.substring(1, path.lastIndexOf('/')), List.of(), id(path));
    }

    private static String id(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String text(FormerBody body) {
        return new String(body.content(), StandardCharsets.UTF_8);
    }
}
