package dev.cenotaph.gateway.listing;

import static dev.cenotaph.policy.marker.TestPolicy.place;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenotaph.policy.ItemId;
import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.PathTemplate;
import dev.cenotaph.policy.PathTemplate.Literal;
import dev.cenotaph.policy.PathTemplate.Variable;
import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.marker.IdReader;
import dev.cenotaph.policy.marker.TestPolicy;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowsTest {
    /** Knows 7 as trashed, and 8 as trashed since this answer was made. */
    private final Index index = new Index();

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{\"id\":1,\"deleted_at\":null} | live | [live 1]",
                "{\"id\":1} | live | []",
                "{\"id\":7} | trashed | []",
                "{\"id\":\"7\"} | trashed | []",
                "{\"id\":7,\"deleted_at\":null} | live | [live 7]",
                "{\"id\":8,\"deleted_at\":null} | trashed | [live 8]",
                "{\"id\":1,\"deleted_at\":\"2026-11-22T10:00:00Z\"} | trashed | [trashed 1 2026-11-22T10:00:00Z]",
                "{\"id\":1,\"deleted_at\":true} | trashed | [trashed 1]",
                "{\"deleted_at\":true} | trashed | []",
                "{\"deleted_at\":null} | live | []",
                "{\"id\":null,\"deleted_at\":null} | live | []",
            })
    void markerDecidesAndTheIndexWhereItIsHidden(String row, String expected, String learned) {
        Rows rows = Rows.of(TestPolicy.with(TestPolicy.TIMESTAMP).policy(), Place.ROOT);
        assertThat(keep(rows, Rows.Scope.EXCLUDE, row)).isEqualTo(expected.equals("live"));
        assertThat(index.learned).hasToString(learned);
        assertThat(keep(rows, Rows.Scope.ONLY, row)).isEqualTo(expected.equals("trashed"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{} | shows neither",
                "{\"id\":\"\"} | shows neither",
                "{\"id\":{}} | shows neither",
                "{\"id\":true} | shows neither",
                "5 | holds no item",
                "null | holds no item",
                "[1] | holds no item",
            })
    void rowsThatShowNothingFailWithTheirNumber(String row, String why) {
        var policy = TestPolicy.with(TestPolicy.FLAG);
        Rows rows = Rows.of(policy.policy(), Place.ROOT);
        RowJudge judge = rows.judge(Rows.Scope.EXCLUDE, index);
        keep(judge, "{\"id\":1}");
        assertThatThrownBy(() -> keep(judge, row))
                .isInstanceOf(UnfilterableListException.class)
                .hasMessageStartingWith("row 2 " + why);
        Rows passing = Rows.of(policy.passing().policy(), Place.ROOT);
        assertThat(keep(passing, Rows.Scope.EXCLUDE, row)).isTrue();
        assertThat(keep(passing, Rows.Scope.ONLY, row)).isFalse();
    }

    @Test
    void itemsMaySitDeeperInARow() {
        Rows rows = Rows.of(TestPolicy.with(TestPolicy.FLAG).policy(), place("hit"));
        assertThat(keep(rows, Rows.Scope.EXCLUDE, "{\"score\":1,\"hit\":{\"is_trashed\":true}}"))
                .isFalse();
        assertThat(keep(rows, Rows.Scope.EXCLUDE, "{\"is_trashed\":true,\"hit\":{\"id\":1}}"))
                .isTrue();
        assertThatThrownBy(() -> keep(rows, Rows.Scope.EXCLUDE, "{\"id\":1}"))
                .hasMessage("row 1 holds no item at \"/hit\"");
    }

    @Test
    void markersInSubResourcesAreKnownByIdAlone() {
        var marker = new Marker.ExtensionResource(
                new PathTemplate("/orders/{id}/meta", List.of()),
                Optional.empty(),
                "deleted",
                new Marker.ExtensionValue.DeleteTime(),
                "key",
                "value");
        Rows rows = Rows.of(TestPolicy.with(marker).policy(), Place.ROOT);
        assertThat(keep(rows, Rows.Scope.EXCLUDE, "{\"id\":7}")).isFalse();
        assertThat(keep(rows, Rows.Scope.EXCLUDE, "{\"id\":1,\"deleted\":true}"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/orders/7, 7",
        "/orders/7/, 7",
        "7, 7",
        "http://h:1/orders/7?x=/9#/8, 7",
        "//h/orders/7, 7",
        "/orders/7{?projection}, 7",
        "/orders/a%20b, a b",
        "/orders/%C3%A9, é",
        "/orders/a%2Fb, a/b",
        "/orders/a+b, a+b",
        "/orders/a:b, a:b",
        "/orders/%zz, -",
        "/orders/%4, -",
        "/orders/%ff, -",
        "http://host, -",
        "/, -",
        "'', -",
        "http://host?x, -",
        "/orders/é, é",
        "/orders/é%20, 'é '"
    })
    void idsAreReadFromLinks(String link, String expected) {
        var ids = IdReader.of(TestPolicy.with(TestPolicy.FLAG)
                .id(new ItemId.Href(place("_links", "self", "href")))
                .policy());
        byte[] item = ("{\"_links\":{\"self\":{\"href\":\"" + link.replace("/", "\\/") + "\"}}}").getBytes(UTF_8);
        assertThat(ids.read(item, 0, item.length).orElse("-")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"/issues/7.json, 7", "/issues/7, 7", "/issues/.json, .json", "/issues/7.json/x, x"})
    void suffixesOfTheTemplateAreNoPartOfTheId(String link, String expected) {
        var ids = IdReader.of(TestPolicy.with(TestPolicy.FLAG)
                .id(new ItemId.Href(place("url")))
                .item(new Literal("issues"), new Variable("id", ".json"))
                .policy());
        byte[] item = ("{\"url\":\"" + link + "\"}").getBytes(UTF_8);
        assertThat(ids.read(item, 0, item.length)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"/orders/7/detail/, 7", "/orders/7, 7", "/detail, -"})
    void literalsAfterTheIdAreNoPartOfIt(String link, String expected) {
        var ids = IdReader.of(TestPolicy.with(TestPolicy.FLAG)
                .id(new ItemId.Href(place("url")))
                .item(new Literal("orders"), new Variable("id", ""), new Literal("detail"), new Literal(""))
                .policy());
        byte[] item = ("{\"url\":\"" + link + "\"}").getBytes(UTF_8);
        assertThat(ids.read(item, 0, item.length).orElse("-")).isEqualTo(expected);
    }

    @Test
    void idsAreReadAsTheyAreSpelled() {
        var ids = IdReader.of(TestPolicy.with(TestPolicy.FLAG).policy());
        for (String id : List.of("7", "1.50", "123456789012345678901", "\"a\\u0062\"")) {
            byte[] item = (" {\"id\": " + id + "}").getBytes(UTF_8);
            assertThat(ids.read(item, 0, item.length)).contains(id.startsWith("\"") ? "ab" : id);
        }
        assertThat(ids.read("nope".getBytes(UTF_8), 0, 4)).isEmpty();
        var links = IdReader.of(TestPolicy.with(TestPolicy.FLAG)
                .id(new ItemId.Href(place("id")))
                .policy());
        assertThat(links.read("{\"id\":7}".getBytes(UTF_8), 0, 8)).isEmpty();
    }

    @Test
    void listsLoseTheirTrashedRows() {
        Rows rows = Rows.of(TestPolicy.with(TestPolicy.FLAG).policy(), Place.ROOT);
        byte[] body = "[{\"id\":6},\n {\"id\":7},\n {\"id\":9,\"is_trashed\":true}, {\"id\":10}]".getBytes(UTF_8);
        var filter = ListFilter.of(Place.ROOT, rows.judge(Rows.Scope.EXCLUDE, index), ListFilter.Limits.DEFAULT);
        var out = new ByteArrayOutputStream();
        filter.feed(body, 0, body.length, out::write);
        filter.finish(out::write);
        assertThat(out.toString(UTF_8)).isEqualTo("[{\"id\":6}, {\"id\":10}]");
    }

    private boolean keep(Rows rows, Rows.Scope scope, String row) {
        return keep(rows.judge(scope, index), row);
    }

    private static boolean keep(RowJudge judge, String row) {
        byte[] bytes = ("[" + row + "]").getBytes(UTF_8);
        return judge.keep(bytes, 1, bytes.length - 2);
    }

    private static final class Index implements IndexView {
        private final List<String> learned = new ArrayList<>();

        @Override
        public boolean isTrashed(String id) {
            return Set.of("7", "8").contains(id);
        }

        @Override
        public void sawTrashed(String id, Optional<Instant> since) {
            learned.add("trashed " + id + since.map(time -> " " + time).orElse(""));
        }

        @Override
        public boolean sawLive(String id) {
            learned.add("live " + id);
            return id.equals("8");
        }
    }
}
