package dev.cenotaph.policy.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.cenotaph.policy.Answers;
import dev.cenotaph.policy.Batch;
import dev.cenotaph.policy.CollectionDelete;
import dev.cenotaph.policy.Create;
import dev.cenotaph.policy.EncodedSlash;
import dev.cenotaph.policy.Expansion;
import dev.cenotaph.policy.InvalidPolicyException;
import dev.cenotaph.policy.ItemId;
import dev.cenotaph.policy.JsonScalar;
import dev.cenotaph.policy.Listing;
import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.Marker.ExtensionValue;
import dev.cenotaph.policy.MarkerWrites;
import dev.cenotaph.policy.MethodOverride;
import dev.cenotaph.policy.Mode;
import dev.cenotaph.policy.Pages;
import dev.cenotaph.policy.PathTemplate;
import dev.cenotaph.policy.PathTemplate.Literal;
import dev.cenotaph.policy.PathTemplate.Variable;
import dev.cenotaph.policy.Permanent;
import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.PolicyProblem;
import dev.cenotaph.policy.Reveal;
import dev.cenotaph.policy.Trash;
import dev.cenotaph.policy.View;
import dev.cenotaph.policy.Write;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyCompilerTest {

    @Test
    void everyDefaultIsTheOneOfTheLanguage() {
        var orders = Yaml.only("""
                version: 1
                upstream: http://localhost:9090
                resources:
                  orders:
                    path: /api/orders
                    marker: { timestamp: deleted_at }
                """);
        assertThat(orders.name()).isEqualTo("orders");
        assertThat(orders.upstream()).isEqualTo(URI.create("http://localhost:9090"));
        assertThat(orders.path())
                .isEqualTo(new PathTemplate("/api/orders", List.of(new Literal("api"), new Literal("orders"))));
        assertThat(orders.item())
                .isEqualTo(new PathTemplate(
                        "/api/orders/{id}",
                        List.of(new Literal("api"), new Literal("orders"), new Variable("id", ""))));
        assertThat(orders.id()).isEqualTo(new ItemId.Member(place("id")));
        assertThat(orders.idPattern()).isEmpty();
        assertThat(orders.wrap()).isEqualTo(Place.ROOT);
        assertThat(orders.encodedSlash()).isEqualTo(EncodedSlash.REFUSE);
        assertThat(orders.aliases()).isEmpty();
        assertThat(orders.marker()).isEqualTo(new Marker.Timestamp(place("deleted_at")));
        assertThat(orders.write())
                .isEqualTo(new Write(
                        Write.Method.PATCH,
                        Write.Format.MERGE_PATCH,
                        false,
                        Optional.empty(),
                        Write.Exists.CHECK,
                        Write.Verify.RESPONSE));
        assertThat(orders.list())
                .isEqualTo(new Listing(
                        Place.ROOT,
                        Place.ROOT,
                        List.of("application/json", "application/*+json"),
                        List.of(),
                        Listing.OnUnfilterable.FAIL));
        assertThat(orders.views()).isEmpty();
        assertThat(orders.unlink()).isEmpty();
        assertThat(orders.answers()).isEqualTo(Answers.plain(Answers.Delete.NO_CONTENT, Answers.Repeat.GONE, 410));
        assertThat(orders.trash())
                .isEqualTo(new Trash(
                        List.of("with_trashed", "show_deleted"),
                        List.of("only_trashed"),
                        Map.of(),
                        "trashed",
                        List.of(":undelete", "/restore"),
                        Trash.Writes.GONE,
                        Trash.Delete.REFUSE,
                        false));
        assertThat(orders.permanent()).isEqualTo(new Permanent("permanent", Permanent.Allow.ALWAYS));
        assertThat(orders.retention()).isEmpty();
        assertThat(orders.children()).isEmpty();
        assertThat(orders.create()).isEqualTo(Create.RESERVE);
        assertThat(orders.collectionDelete()).isEqualTo(CollectionDelete.REFUSE);
        assertThat(orders.markerWrites()).isEqualTo(MarkerWrites.LEARN);
        assertThat(orders.override()).isEqualTo(MethodOverride.REFUSE);
        assertThat(orders.mode()).isEqualTo(Mode.ENFORCE);
    }

    @Test
    void emptyBlocksHaveTheSameDefaultsAsNone() {
        var bare = Yaml.only(Yaml.orders(""));
        var empty = Yaml.only(Yaml.orders("write: {}\nlist: {}\nanswers: {}\ntrash: {}\npermanent: {}\n"
                + "views: []\naliases: []\nunlink: []\nchildren: []\nretention: none"));
        assertThat(empty).isEqualTo(bare);
    }

    @Test
    void everyKeyIsTakenOver() {
        var orders = Yaml.only("""
                version: 1
                upstream: https://shop:8443/
                resources:
                  orders:
                    path: /users/{user}/orders.json
                    item: /users/{user}/orders/{id}.json
                    id: { href: /_links/self/href }
                    id-pattern: '[0-9]+'
                    wrap: /order
                    encoded-slash: id
                    aliases: /o/{id}/of/{user}
                    marker: { status: { field: state, trashed: archived, live: open } }
                    write: { method: POST, format: json-patch, replace: no, at: /meta/state, exists: trust, verify: none }
                    list: { items: /data, row: /order, media-types: [Application/HAL+JSON], next: [/links/next, Link], on-unfilterable: pass }
                    views: [{ path: '/users/{user}/search', items: /results, row: /hit }, { path: /search }]
                    unlink: ['/users/{user}/orders/{id}.json/tags/{tag}']
                    answers: { delete: 200, repeat: 204, gone: 404 }
                    trash: { include: all, only: [], only-when: { state: binned }, collection: bin, restore: /undo }
                    permanent: { parameter: force, allow: trashed }
                    retention: P1WT12H
                    collection-delete: pass
                    expand: { ids: [id], separator: '|', paths: /bulk, most: 7, all-well: 200 }
                    batch: pass
                    reveal: verified
                    marker-writes: refuse
                    override: apply
                    mode: off
                """);
        assertThat(orders.upstream()).isEqualTo(URI.create("https://shop:8443"));
        assertThat(orders.item().segments())
                .containsExactly(
                        new Literal("users"),
                        new Variable("user", ""),
                        new Literal("orders"),
                        new Variable("id", ".json"));
        assertThat(orders.id()).isEqualTo(new ItemId.Href(place("_links", "self", "href")));
        assertThat(orders.idPattern()).map(Pattern::pattern).contains("[0-9]+");
        assertThat(orders.wrap()).isEqualTo(place("order"));
        assertThat(orders.encodedSlash()).isEqualTo(EncodedSlash.ID);
        assertThat(orders.aliases()).extracting(PathTemplate::text).containsExactly("/o/{id}/of/{user}");
        assertThat(orders.marker())
                .isEqualTo(new Marker.Status(
                        place("state"), new JsonScalar("\"archived\""), Optional.of(new JsonScalar("\"open\""))));
        assertThat(orders.write())
                .isEqualTo(new Write(
                        Write.Method.POST,
                        Write.Format.JSON_PATCH,
                        false,
                        Optional.of(place("meta", "state")),
                        Write.Exists.TRUST,
                        Write.Verify.NONE));
        assertThat(orders.list())
                .isEqualTo(new Listing(
                        place("data"),
                        place("order"),
                        List.of("application/hal+json"),
                        List.of(new Listing.Next.Body(place("links", "next")), new Listing.Next.Header("Link")),
                        Listing.OnUnfilterable.PASS));
        assertThat(orders.views())
                .containsExactly(
                        new View(Templates.parse("/users/{user}/search"), place("results"), place("hit")),
                        new View(Templates.parse("/search"), Place.ROOT, Place.ROOT));
        assertThat(orders.unlink()).hasSize(1);
        assertThat(orders.answers())
                .isEqualTo(Answers.plain(Answers.Delete.OK_WITH_ITEM, Answers.Repeat.NO_CONTENT, 404));
        assertThat(orders.trash())
                .isEqualTo(new Trash(
                        List.of("all"),
                        List.of(),
                        Map.of("state", "binned"),
                        "bin",
                        List.of("/undo"),
                        Trash.Writes.GONE,
                        Trash.Delete.REFUSE,
                        false));
        assertThat(orders.permanent()).isEqualTo(new Permanent("force", Permanent.Allow.TRASHED));
        assertThat(orders.retention()).contains(Duration.ofDays(7).plusHours(12));
        assertThat(orders.collectionDelete()).isEqualTo(CollectionDelete.PASS);
        assertThat(orders.expansion()).isEqualTo(new Expansion(List.of("id"), "|", List.of("/bulk"), 7, 200));
        assertThat(orders.batch()).isEqualTo(Batch.PASS);
        assertThat(orders.reveal()).isEqualTo(Reveal.VERIFIED);
        assertThat(orders.markerWrites()).isEqualTo(MarkerWrites.REFUSE);
        assertThat(orders.override()).isEqualTo(MethodOverride.APPLY);
        assertThat(orders.mode()).isEqualTo(Mode.OFF);
    }

    @Test
    void pathWithATrailingSlashHasItemsWithOne() {
        var orders = Yaml.only(Yaml.resource("path: /orders/\nmarker: { flag: x }"));
        assertThat(orders.path().segments()).containsExactly(new Literal("orders"), new Literal(""));
        assertThat(orders.item())
                .isEqualTo(new PathTemplate(
                        "/orders/{id}/", List.of(new Literal("orders"), new Variable("id", ""), new Literal(""))));
    }

    @ParameterizedTest
    @CsvSource({"P30D, 720", "P2W, 336", "PT12H, 12", "P1W2DT3H60M, 220", "PT36H, 36"})
    void retentionIsAsLongAsItSays(String retention, long hours) {
        assertThat(Yaml.only(Yaml.orders("retention: " + retention)).retention())
                .contains(Duration.ofHours(hours));
    }

    @Test
    void placesAreNamesOrPointers() {
        assertThat(marker("{ flag: a/b~c }")).isEqualTo(new Marker.Flag(place("a/b~c")));
        assertThat(marker("{ flag: /a~1b/~01/ }")).isEqualTo(new Marker.Flag(place("a/b", "~1", "")));
    }

    @Test
    void quotedScalarsAreTextsAndBareOnesWhatTheyLookLike() {
        assertThat(trashed("archived")).isEqualTo("\"archived\"");
        assertThat(trashed("'3'")).isEqualTo("\"3\"");
        assertThat(trashed("3")).isEqualTo("3");
        assertThat(trashed("0x1F")).isEqualTo("31");
        assertThat(trashed("0o17")).isEqualTo("15");
        assertThat(trashed("-1.50")).isEqualTo("-1.50");
        assertThat(trashed("True")).isEqualTo("true");
        assertThat(trashed("no")).isEqualTo("\"no\"");
        assertThat(trashed("\"a\\\"b\\\\\\n\"")).isEqualTo("\"a\\\"b\\\\\\u000a\"");
    }

    @Test
    void liveIsThePreviousValueUnlessGiven() {
        assertThat(marker("{ status: { field: state, trashed: x } }"))
                .isEqualTo(new Marker.Status(place("state"), new JsonScalar("\"x\""), Optional.empty()));
        assertThat(marker("{ status: { field: state, trashed: x, live: previous } }"))
                .isEqualTo(new Marker.Status(place("state"), new JsonScalar("\"x\""), Optional.empty()));
        assertThat(marker("{ status: { field: state, trashed: x, live: null } }"))
                .isEqualTo(new Marker.Status(
                        place("state"), new JsonScalar("\"x\""), Optional.of(new JsonScalar("null"))));
    }

    @Test
    void extensionsAreListsOrSubResources() {
        assertThat(marker("{ extension: { list: ext, key: deleted, value: \"true\" } }"))
                .isEqualTo(new Marker.ExtensionList(
                        place("ext"), "deleted", new ExtensionValue.Fixed(new JsonScalar("\"true\"")), "key", "value"));
        assertThat(marker("{ extension: { list: ext, key: k, value: timestamp, names: { key: id, value: v } } }"))
                .isEqualTo(new Marker.ExtensionList(place("ext"), "k", new ExtensionValue.DeleteTime(), "id", "v"));
        assertThat(marker("{ extension: { resource: \"/m/{id}\", namespace: n, key: k, value: true } }"))
                .isEqualTo(new Marker.ExtensionResource(
                        Templates.parse("/m/{id}"),
                        Optional.of("n"),
                        "k",
                        new ExtensionValue.Fixed(new JsonScalar("true")),
                        "key",
                        "value"));
    }

    @Test
    void snapshotsSayHowItemsAreCreatedAnewAndWhatIsKept() {
        assertThat(marker("{ snapshot: {} }"))
                .isEqualTo(new Marker.Snapshot(Marker.Recreate.PUT, 1_048_576, List.of()));
        assertThat(marker("{ snapshot: { recreate: POST, max-size: 64kB, redact: [secret, /cards/*/number] } }"))
                .isEqualTo(new Marker.Snapshot(
                        Marker.Recreate.POST,
                        65_536,
                        List.of(place("secret"), new Place(List.of("cards", "*", "number")))));
        assertThat(marker("{ snapshot: { max-size: 100B, redact: /card } }"))
                .isEqualTo(new Marker.Snapshot(Marker.Recreate.PUT, 100, List.of(place("card"))));
    }

    @Test
    void formatAndReplaceFollowTheMethod() {
        assertThat(write("{ method: PATCH }")).isEqualTo("MERGE_PATCH, merges");
        assertThat(write("{ method: PUT }")).isEqualTo("JSON, replaces");
        assertThat(write("{ method: POST }")).isEqualTo("JSON, merges");
        assertThat(write("{ method: PUT, replace: no }")).isEqualTo("JSON, merges");
        assertThat(write("{ method: POST, replace: yes }")).isEqualTo("JSON, replaces");
        assertThat(write("{ method: PUT, replace: yes, exists: trust }")).isEqualTo("JSON, replaces");
    }

    @Test
    void atNoneIsNoPlaceAndASlashMakesItOne() {
        assertThat(Yaml.only(Yaml.orders("write: { at: none }")).write().at()).isEmpty();
        assertThat(Yaml.only(Yaml.orders("write: { at: /none }")).write().at()).contains(place("none"));
    }

    @Test
    void filesKeepTheirNamesAndTheirOrder() {
        var set = Yaml.compile(
                Yaml.orders(""),
                "version: 1\nupstream: http://b\nresources: { users: { path: /users, marker: { flag: x } } }");
        assertThat(set.files()).extracting("name").containsExactly("a", "b");
        assertThat(set.resources()).extracting("name").containsExactly("orders", "users");
        assertThat(set.resources().getLast().upstream()).isEqualTo(URI.create("http://b"));
    }

    @Test
    void namesComeFromTheLastPartOfThePath() {
        assertThat(new PolicySource("a/b/shop.v1.yaml", "").name()).isEqualTo("shop.v1");
        assertThat(new PolicySource("a\\b\\shop.yml", "").name()).isEqualTo("shop");
        assertThat(new PolicySource("shop", "").name()).isEqualTo("shop");
    }

    @Test
    void noFilesMakeAnEmptySet() {
        assertThat(Yaml.compile().files()).isEmpty();
    }

    @Test
    void versionNamesTheBytesAndTheFileNames() {
        String version = Yaml.compile(Yaml.orders("")).version();
        assertThat(version).matches("[0-9a-f]{12}");
        assertThat(Yaml.compile(Yaml.orders("")).version()).isEqualTo(version);
        assertThat(Yaml.compile(Yaml.orders("# changed")).version()).isNotEqualTo(version);
        assertThat(compile("conf/a.yaml").version()).isEqualTo(version);
        assertThat(compile("conf/b.yaml").version()).isNotEqualTo(version);
    }

    private static dev.cenotaph.policy.PolicySet compile(String file) {
        return PolicyCompiler.compile(List.of(new PolicySource(file, Yaml.orders(""))), name -> null);
    }

    @Test
    void allMistakesOfAFileAreToldAtOnceAndInOrder() {
        assertThat(Yaml.found("""
                version: 2
                upstream: localhost:9090
                preset: shadow
                resources:
                  orders:
                    path: /orders//all
                    marker: { flag: is_trashed, timestamp: deleted_at }
                    write: { methd: PUT }
                    list: { items: /da~ta }
                    answers: { gone: 403 }
                  7users:
                    path: /users
                    marker: { status: { field: state } }
                    retention: a month
                """))
                .containsExactly(
                        "1:10 unsupported-version",
                        "2:11 invalid-upstream",
                        "3:9 invalid-value",
                        "6:11 invalid-template",
                        "7:33 marker-kind",
                        "8:14 unknown-key",
                        "9:20 invalid-place",
                        "10:22 invalid-value",
                        "11:3 invalid-name",
                        "13:15 missing-key",
                        "14:16 invalid-duration");
    }

    @Test
    void aFileThatIsNotYamlDoesNotHideTheOthers() {
        assertThat(Yaml.problems("version: [", Yaml.orders("mode: on"), "- 1"))
                .extracting(PolicyProblem::file)
                .containsExactly("a.yaml", "b.yaml", "c.yaml");
    }

    @Test
    void exceptionSaysAllProblemsOneALine() {
        assertThatThrownBy(() -> Yaml.compile(Yaml.orders("mode: of\nwrpa: /order")))
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        "a.yaml:7:11: invalid-value: `mode: of` means nothing. Did you mean `off`?",
                        "a.yaml:8:5: unknown-key: `wrpa` is no key here. Did you mean `wrap`?"));
    }

    @Test
    void resourceNamesAreUniqueOverAllFiles() {
        String other = Yaml.HEAD + "resources: { orders: { path: /others, marker: { flag: x } } }";
        assertThat(Yaml.problems(Yaml.orders(""), other))
                .extracting(PolicyProblem::toString)
                .containsExactly(
                        "b.yaml:3:14: duplicate-resource: `orders` is the name of another resource, at a.yaml:4:3. "
                                + "Rename one of them: the name is part of every tombstone's key.");
    }

    @Test
    void filesThatDifferInTheirEndingsAloneAreRefused() {
        var sources = List.of(
                new PolicySource("shop.yaml", Yaml.orders("")),
                new PolicySource("shop.yml", Yaml.orders("").replace("orders", "users")));
        assertThatThrownBy(() -> PolicyCompiler.compile(sources, name -> null))
                .hasMessageContaining("shop.yml:1:1: duplicate-file-name");
    }

    private static Place place(String... tokens) {
        return new Place(List.of(tokens));
    }

    private static Marker marker(String marker) {
        return Yaml.only(Yaml.resource("path: /orders\nmarker: " + marker)).marker();
    }

    private static String trashed(String value) {
        var status = (Marker.Status) marker("{ status: { field: state, trashed: " + value + " } }");
        return status.trashed().json();
    }

    private static String write(String write) {
        var compiled = Yaml.only(Yaml.orders("write: " + write)).write();
        return compiled.format() + (compiled.replace() ? ", replaces" : ", merges");
    }

    @Test
    void readsWhatBecomesOfTotalsAndPages() {
        String list = """
                list:
                  total: [/meta/total, X-Total-Count]
                  totals: drop
                  query: { status: active, $top: 1 }
                  paging: { offset: skip, limit: top }
                """;

        Pages pages = Yaml.only(Yaml.orders(list)).list().pages();

        assertThat(pages.total())
                .containsExactly(
                        new Pages.Spot.InBody(place("meta", "total")), new Pages.Spot.InHeader("X-Total-Count"));
        assertThat(pages.totals()).isEqualTo(Pages.Totals.DROP);
        assertThat(pages.query()).containsExactly(entry("status", "active"), entry("$top", "1"));
        assertThat(pages.paging()).contains(new Pages.Paging.Offset("skip", Optional.of("top")));
        assertThat(pages.shortPages()).isEqualTo(Pages.ShortPages.ALLOW);
    }

    @Test
    void readsHowPagesAreFilled() {
        String list = """
                list:
                  paging: { cursor: page_token, limit: page_size, from: /next_page_token }
                  short-pages: refill
                """;

        Pages pages = Yaml.only(Yaml.orders(list)).list().pages();

        assertThat(pages.paging())
                .contains(new Pages.Paging.Cursor(
                        "page_token", "page_size", new Pages.Spot.InBody(place("next_page_token"))));
        assertThat(pages.refills()).isTrue();
    }
}
