package dev.cenotaph.gateway.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.filter.PoliciesInForce;
import dev.cenotaph.gateway.rebuild.Rebuild;
import dev.cenotaph.gateway.testing.TestGateway;
import dev.cenotaph.gateway.tombstone.RebuildProgress.State;
import dev.cenotaph.policy.ResourcePolicy;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts in lists: right, or not there. */
class ListTotalsTest {
    private static final PagingUpstream UPSTREAM = new PagingUpstream();
    private static final TestGateway GATEWAY = TestGateway.with(
            TestGateway.policy(UPSTREAM.port(), """
                    offset:
                      path: /shops/{shop}/offset
                      marker: { flag: trashed }
                      list:
                        items: /data
                        total: [/total, X-Total-Count]
                        paging: { offset: offset, limit: limit }
                    links:
                      path: /shops/{shop}/links
                      marker: { flag: trashed }
                      list: { items: /data, total: [/total, X-Total-Count], totals: drop }
                    cursor:
                      path: /shops/{shop}/cursor
                      marker: { flag: trashed }
                      list: { items: /data, total: [/total, X-Total-Count], query: { trashed: no } }
                    page:
                      path: /shops/{shop}/page
                      marker: { flag: trashed }
                      list: { items: /data, total: /total }
                    """),
            "cenotaph.rebuild.rate=1000",
            "cenotaph.limits.list-page=2KB",
            "cenotaph.credentials[0].upstream=http://localhost:" + UPSTREAM.port());

    @AfterAll
    static void stop() {
        GATEWAY.close();
        UPSTREAM.close();
    }

    @Test
    void totalsAreThoseOfTheLiveItemsOnceTheListWasReadWhole() {
        String list = collection("read/offset", 20);
        UPSTREAM.trash(list, 18);
        rebuild("offset", "read");
        String untouched = UPSTREAM.calls().isEmpty() ? "" : upstreams(list);

        GATEWAY.delete(list + "/2");
        GATEWAY.delete(list + "/19");
        var page = GATEWAY.get(list + "?limit=3");
        assertThat(total(page)).contains("17");
        assertThat(page.headers().firstValue("X-Total-Count")).hasValue("17");
        assertThat(page.body())
                .isEqualTo(untouched
                        .replace("\"total\": 20", "\"total\": 17")
                        .replace(",\n    {\"id\": 2, \"name\": \"n2\", \"trashed\": false}", ""));

        GATEWAY.post(list + "/2/restore");
        assertThat(total(GATEWAY.get(list + "?limit=3&offset=6"))).contains("18");
        var head = GATEWAY.send("HEAD", list, "");
        assertThat(head.headers().firstValue("X-Total-Count")).hasValue("18");
    }

    private static String upstreams(String list) {
        return GATEWAY.get(list + "?limit=3&with_trashed=true").body();
    }

    @Test
    void totalsAreLeftOutWhereNothingHasReadTheList() {
        String list = collection("unread/offset", 20);
        GATEWAY.delete(list + "/2");
        var page = GATEWAY.get(list + "?limit=3");
        assertThat(total(page)).isEmpty();
        assertThat(page.body()).startsWith("{\n  \"data\": [");
        assertThat(page.headers().firstValue("X-Total-Count")).isEmpty();
        assertThat(GATEWAY.send("HEAD", list, "").headers().firstValue("X-Total-Count"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"name=n1", "limit=3&q=", "sort=name", "Limit=3"})
    void totalsAreLeftOutWhereAParameterMayFilter(String query) {
        String list = collection("filtered/offset", 20);
        rebuild("offset", "filtered");
        GATEWAY.delete(list + "/2");
        assertThat(total(GATEWAY.get(list + "?limit=3"))).contains("19");
        assertThat(total(GATEWAY.get(list + "?" + query))).isEmpty();
    }

    @Test
    void totalOfAPageThatHoldsEverythingIsWhatItShows() {
        String list = collection("small/offset", 4);
        UPSTREAM.trash(list, 3);
        GATEWAY.delete(list + "/1");
        var page = GATEWAY.get(list + "?name=anything");
        assertThat(total(page)).contains("2");
        assertThat(page.headers().firstValue("X-Total-Count")).hasValue("2");
    }

    @Test
    void totalsAreLeftOutWhereARowIsNotInTheStateThatWasKnown() {
        String list = collection("surprise/offset", 20);
        rebuild("offset", "surprise");
        assertThat(total(GATEWAY.get(list + "?limit=3"))).contains("20");
        UPSTREAM.trash(list, 2);
        assertThat(total(GATEWAY.get(list + "?limit=3"))).isEmpty();
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(total(GATEWAY.get(list + "?limit=3"))).contains("19"));
    }

    @Test
    void whoAsksForTrashGetsTheUpstreamsTotalAndWhoAsksForTrashAloneGetsNone() {
        String list = collection("trash/offset", 20);
        rebuild("offset", "trash");
        GATEWAY.delete(list + "/2");
        assertThat(total(GATEWAY.get(list + "?limit=3&with_trashed=true"))).contains("20");
        assertThat(total(GATEWAY.get(list + "?limit=3&only_trashed=true"))).isEmpty();
    }

    @Test
    void droppedTotalsAreNeverThere() {
        String list = collection("drop/links", 20);
        rebuild("links", "drop");
        for (String query : List.of("?limit=3", "?limit=100")) {
            var page = GATEWAY.get(list + query);
            assertThat(total(page)).isEmpty();
            assertThat(page.headers().firstValue("X-Total-Count")).isEmpty();
        }
    }

    @Test
    void policysFilterGoesAlongUnlessTrashIsAskedForOrTheClientHasItsOwn() {
        String list = collection("filter/cursor", 20);
        UPSTREAM.forgetCalls();
        GATEWAY.get(list + "?limit=3");
        GATEWAY.get(list);
        GATEWAY.get(list + "?limit=3&with_trashed=true");
        GATEWAY.get(list + "?only_trashed=true&limit=3");
        GATEWAY.get(list + "?Trashed=yes&limit=3");
        GATEWAY.get(list + "/1");
        assertThat(UPSTREAM.calls())
                .containsExactly(
                        "GET " + list + "?limit=3&trashed=no",
                        "GET " + list + "?trashed=no",
                        "GET " + list + "?limit=3",
                        "GET " + list + "?limit=3",
                        "GET " + list + "?Trashed=yes&limit=3",
                        "GET " + list + "/1");
    }

    @Test
    void totalUnderThePolicysFilterIsBelievedUntilARowShowsThatItDidNotFilter() {
        String list = collection("believed/cursor", 20);
        assertThat(total(GATEWAY.get(list + "?limit=3"))).contains("20");
        assertThat(total(GATEWAY.get(list + "?limit=3&trashed=yes"))).isEmpty();
        assertThat(total(GATEWAY.get(list + "?limit=3&Trashed=yes"))).isEmpty();
        UPSTREAM.trash(list, 2);
        var leaking = GATEWAY.get(list + "?limit=3");
        assertThat(leaking.body()).doesNotContain("n2");
        assertThat(total(leaking)).isEmpty();
    }

    @Test
    void listTooLongToBeHeldIsKeptBackRatherThanCountedWrong() {
        String list = collection("long/page", 200);
        var page = GATEWAY.get(list + "?size=200");
        assertThat(page.statusCode()).isEqualTo(502);
        assertThat(page.body()).contains("list-unfilterable").contains("cenotaph.limits.list-page");
        assertThat(GATEWAY.get(list + "?size=3").statusCode()).isEqualTo(200);
    }

    private static String collection(String name, int items) {
        String list = "/shops/" + name;
        UPSTREAM.fill(list, Collections.nCopies(items, false));
        return list;
    }

    private static Optional<String> total(HttpResponse<String> page) {
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        return Optional.of(page.body())
                .filter(body -> body.contains("\"total\""))
                .map(body -> body.replaceFirst("(?s).*\"total\": (\\d+).*", "$1"));
    }

    private static void rebuild(String resource, String shop) {
        ResourcePolicy policy = GATEWAY.bean(PoliciesInForce.class).get().set().resources().stream()
                .filter(one -> one.name().equals(resource))
                .findFirst()
                .orElseThrow();
        Rebuild rebuild = GATEWAY.bean(Rebuild.class);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> rebuild.begin(policy, List.of(shop)) instanceof Rebuild.Start.Started);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        rebuild.progress(policy, List.of(shop)).orElseThrow().state() == State.DONE);
    }
}
