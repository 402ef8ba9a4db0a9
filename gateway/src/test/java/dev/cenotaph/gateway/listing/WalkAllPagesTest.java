package dev.cenotaph.gateway.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.TestGateway;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whoever walks all pages meets every live item once, although items are trashed before, behind and under him. */
class WalkAllPagesTest {
    private static final int WALKS = 25;
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>; rel=\"next\"");

    private static final PagingUpstream UPSTREAM = new PagingUpstream();
    private static final TestGateway GATEWAY =
            TestGateway.with(TestGateway.policy(UPSTREAM.port(), """
                    offset:
                      path: /shops/{shop}/offset
                      marker: { flag: trashed }
                      list: { items: /data, next: Link, paging: { offset: offset, limit: limit }, short-pages: refill }
                    page:
                      path: /shops/{shop}/page
                      marker: { flag: trashed }
                      list: { items: /data, next: Link, paging: { page: page, size: size }, short-pages: refill }
                    cursor:
                      path: /shops/{shop}/cursor
                      marker: { flag: trashed }
                      list:
                        items: /data
                        paging: { cursor: cursor, limit: limit, from: /next_cursor }
                        short-pages: refill
                    links:
                      path: /shops/{shop}/links
                      marker: { flag: trashed }
                      list: { items: /data, next: /links/next/href, paging: next, short-pages: refill }
                    """), "cenotaph.limits.fill-calls=100");
    private static final TestGateway LINKED = TestGateway.with(TestGateway.policy(UPSTREAM.port(), """
                    offset:
                      path: /shops/{shop}/offset
                      marker: { flag: trashed }
                      list: { items: /data, next: Link, paging: { offset: offset, limit: limit }, short-pages: refill-linked }
                    page:
                      path: /shops/{shop}/page
                      marker: { flag: trashed }
                      list: { items: /data, next: Link, paging: { page: page, size: size }, short-pages: refill-linked }
                    """));

    @AfterAll
    static void stop() {
        GATEWAY.close();
        LINKED.close();
        UPSTREAM.close();
    }

    static Stream<Arguments> walks() {
        return Stream.of("offset", "page", "cursor", "links")
                .flatMap(style -> IntStream.range(0, WALKS).mapToObj(seed -> Arguments.of(style, seed)));
    }

    @ParameterizedTest
    @MethodSource("walks")
    void followingLinksShowsEveryLiveItemOnceOnFullPages(String style, int seed) {
        var walk = new Walk(GATEWAY, "/shops/f" + seed + "/" + style, seed);
        walk.follow(style.equals("page") ? "size" : "limit", true);
        walk.check();
    }

    static Stream<Arguments> countedWalks() {
        return walks().filter(walk -> List.of("offset", "page").contains(walk.get()[0]));
    }

    @ParameterizedTest
    @MethodSource("countedWalks")
    void whoNamesPagesHimselfMeetsEveryLiveItemOnce(String style, int seed) {
        for (TestGateway gateway : List.of(GATEWAY, LINKED)) {
            var walk = new Walk(gateway, "/shops/c" + gateway.port() + "-" + seed + "/" + style, seed);
            walk.count(style);
            walk.check();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void linkedFillingIsRightForThoseWhoFollowAndForThoseWhoCountFromAnUnnamedFirstPage(int seed) {
        for (String style : List.of("offset", "page")) {
            var following = new Walk(LINKED, "/shops/lf" + seed + "/" + style, seed);
            following.follow(style.equals("page") ? "size" : "limit", false);
            following.check();
            var counting = new Walk(LINKED, "/shops/lc" + seed + "/" + style, seed);
            counting.firstIsUnnamed = true;
            counting.count(style);
            counting.check();
        }
    }

    /** One client on its way, and others who trash what it has seen, sees, and will see. */
    private static final class Walk {
        private final TestGateway gateway;
        private final String collection;
        private final Random random;
        private final int items;
        private final int size;
        private final TreeSet<Integer> live = new TreeSet<>();
        private final List<Integer> met = new ArrayList<>();
        private boolean firstIsUnnamed;

        Walk(TestGateway gateway, String collection, int seed) {
            this.gateway = gateway;
            this.collection = collection;
            this.random = new Random(seed * 31L + 7);
            this.items = random.nextInt(40);
            this.size = 1 + random.nextInt(7);
            double share = random.nextDouble();
            var trashed = new ArrayList<Boolean>();
            for (int id = 1; id <= items; id++) {
                trashed.add(random.nextDouble() < share);
                if (!trashed.getLast()) {
                    live.add(id);
                }
            }
            UPSTREAM.fill(collection, trashed);
        }

        void follow(String sizeName, boolean full) {
            Optional<String> page = Optional.of(collection + "?" + sizeName + "=" + size);
            while (page.isPresent()) {
                HttpResponse<String> answer = gateway.get(page.get());
                int rows = take(answer);
                page = next(answer, sizeName);
                if (full && page.isPresent()) {
                    assertThat(rows).as(answer.body()).isEqualTo(size);
                }
                trashSome();
            }
        }

        void count(String style) {
            int pages = (items + size - 1) / size;
            for (int page = 0; page < pages; page++) {
                String position = style.equals("page")
                        ? "size=" + size + "&page=" + (page + 1)
                        : "limit=" + size + "&offset=" + page * size;
                boolean unnamed = firstIsUnnamed && page == 0;
                take(gateway.get(
                        collection + "?" + (unnamed ? position.substring(0, position.indexOf('&')) : position)));
                trashSome();
            }
        }

        private int take(HttpResponse<String> answer) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode rows = JsonMapper.shared().readTree(answer.body()).at("/data");
            var ids = new ArrayList<Integer>();
            rows.forEach(row -> ids.add(row.get("id").asInt()));
            assertThat(live).containsAll(ids);
            met.addAll(ids);
            return ids.size();
        }

        private Optional<String> next(HttpResponse<String> answer, String sizeName) {
            JsonNode body = JsonMapper.shared().readTree(answer.body());
            if (collection.endsWith("cursor")) {
                return Optional.ofNullable(body.get("next_cursor"))
                        .map(cursor -> collection + "?" + sizeName + "=" + size + "&cursor=" + cursor.asString());
            }
            if (collection.endsWith("links")) {
                JsonNode link = body.at("/links/next/href");
                return link.isMissingNode() ? Optional.empty() : Optional.of(link.asString());
            }
            return answer.headers().allValues("Link").stream()
                    .map(NEXT::matcher)
                    .filter(Matcher::find)
                    .map(link -> link.group(1))
                    .findFirst();
        }

        private void trashSome() {
            for (int times = random.nextInt(3); times > 0 && !live.isEmpty(); times--) {
                int id = List.copyOf(live).get(random.nextInt(live.size()));
                assertThat(gateway.delete(collection + "/" + id).statusCode()).isEqualTo(204);
                live.remove(id);
            }
        }

        void check() {
            assertThat(met).doesNotHaveDuplicates().containsAll(live);
        }
    }
}
