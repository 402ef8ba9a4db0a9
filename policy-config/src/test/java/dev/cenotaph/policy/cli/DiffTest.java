package dev.cenotaph.policy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.policy.Answers;
import dev.cenotaph.policy.Expansion;
import dev.cenotaph.policy.Listing;
import dev.cenotaph.policy.Pages;
import dev.cenotaph.policy.Permanent;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.Trash;
import dev.cenotaph.policy.Unique;
import dev.cenotaph.policy.Write;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DiffTest {
    private static final Path MIGRATIONS =
            Path.of("../gateway/src/main/resources/dev/cenotaph/gateway/tombstone/migration");
    private static final String ORDERS = """
            version: 1
            upstream: http://localhost:9090
            resources:
              orders:
                path: /api/orders
                marker: { timestamp: deleted_at }
            """;

    @TempDir
    Path directory;

    @Test
    void otherTextIsNoChange() throws IOException {
        Run run = diff(ORDERS, "# The orders.\n" + ORDERS.replace("/api/orders", "\"/api/orders\""));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("Nothing changes in behaviour.\n");
    }

    @Test
    void aResourceThatIsGoneIsUnprotected() throws IOException {
        Run run = diff(ORDERS, ORDERS.replace("orders", "carts"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("error[unprotected]: `orders` is gone: a DELETE of `/api/orders/{id}` deletes for good.")
                .contains("note[safer]: `carts` is new");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode: off|unprotected|1",
                "answers: { delete: pass }|unprotected|1",
                "collection-delete: pass|unprotected|1",
                "collection-delete: expand|otherwise|0",
                "batch: pass|unprotected|1",
                "reveal: verified|otherwise|0",
                "item: /api/orders/{id}.json|orphaned|0",
                "write: { verify: none }|riskier|0",
                "write: { exists: trust }|riskier|0",
                "list: { on-unfilterable: pass }|riskier|0",
                "list: { total: /total }|otherwise|0",
                "unlink: ['/api/orders/{id}/tags/{tag}']|unprotected|1",
                "retention: P30D|riskier|0",
                "override: apply|unprotected|1",
                "id-pattern: '[0-9]+'|orphaned|0",
                "permanent: { allow: never }|safer|0",
                "views: [{ path: /search }]|safer|0",
                "answers: { gone: 404 }|otherwise|0",
                "answers: { repeat: 204 }|otherwise|0",
                "wrap: /order|orphaned|0"
            })
    void eachChangeHasItsKindAndExitCode(String key, String kind, int exitCode) throws IOException {
        Run run = diff(ORDERS, ORDERS + "    " + key + "\n");

        assertThat(run.out()).contains("[" + kind + "]: `orders`: ");
        assertThat(run.exitCode()).isEqualTo(exitCode);
    }

    /**
     * A change of each thing that a policy can say, by the component of the model that holds it: what to write before, and
     * what to write then. A component without a row fails {@link #everythingThatAPolicySaysHasARow}.
     */
    private static final Map<String, List<String>> EACH = Map.ofEntries(
            each("upstream", "", "upstream: http://localhost:9091"),
            each("path", "", "path: /api/v2/orders"),
            each("item", "", "item: /api/orders/{id}.json"),
            each("id", "", "id: /number"),
            each("idPattern", "", "id-pattern: '[0-9]+'"),
            each("wrap", "", "wrap: /order"),
            each("encodedSlash", "", "encoded-slash: id"),
            each("aliases", "", "aliases: ['/orders/{id}']"),
            each("marker", "", "marker: { flag: is_trashed }"),
            each("write.method", "", "write: { method: PUT, replace: yes }"),
            each("write.format", "", "write: { format: json-patch }"),
            each("write.replace", "write: { method: PUT, replace: no }", "write: { method: PUT, replace: yes }"),
            each("write.at", "", "write: { at: /order/deleted_at }"),
            each("write.exists", "", "write: { exists: trust }"),
            each("write.verify", "", "write: { verify: none }"),
            each("list.items", "", "list: { items: /data }"),
            each("list.row", "", "list: { row: /order }"),
            each("list.mediaTypes", "", "list: { media-types: [text/json] }"),
            each("list.next", "", "list: { next: [/links/next] }"),
            each("list.onUnfilterable", "", "list: { on-unfilterable: pass }"),
            each("list.pages.total", "", "list: { items: /data, total: [/meta/total] }"),
            each(
                    "list.pages.totals",
                    "list: { items: /data, total: [/meta/total] }",
                    "list: { items: /data, total: [/meta/total], totals: drop }"),
            each("list.pages.last", "", "list: { last: [/links/last] }"),
            each("list.pages.query", "", "list: { query: { status: open } }"),
            each("list.pages.paging", "", "list: { paging: { offset: skip } }"),
            each(
                    "list.pages.shortPages",
                    "list: { next: [Link], paging: { offset: skip, limit: n } }",
                    "list: { next: [Link], paging: { offset: skip, limit: n }, short-pages: refill }"),
            each("views", "views: [{ path: /search, items: /results }]", "views: [{ path: /search, items: /found }]"),
            each("views.row", "views: [{ path: /search }]", "views: [{ path: /search, row: /order }]"),
            each("unlink", "", "unlink: ['/api/orders/{id}/tags/{tag}']"),
            each("embedded", "", "embedded: [{ path: /api/carts, at: [/orders] }]"),
            each("answers.delete", "", "answers: { delete: 202 }"),
            each(
                    "answers.deleteBody",
                    "answers: { delete: 200, delete-body: '{}' }",
                    "answers: { delete: 200, delete-body: '[]' }"),
            each("answers.repeat", "", "answers: { repeat: 204 }"),
            each("answers.repeatCode", "", "answers: { repeat-code: gone_already }"),
            each("answers.read", "", "answers: { read: item }"),
            each("answers.gone", "", "answers: { gone: 404 }"),
            each("answers.allowMissing", "", "answers: { allow-missing: [allow_missing] }"),
            each("trash.include", "", "trash: { include: [all] }"),
            each("trash.only", "", "trash: { only: [bin] }"),
            each("trash.onlyWhen", "", "trash: { only-when: { status: archived } }"),
            each("trash.collection", "", "trash: { collection: bin }"),
            each("trash.restore", "", "trash: { restore: [':recover'] }"),
            each("trash.writes", "", "trash: { writes: put }"),
            each("trash.delete", "", "trash: { delete: permanent }"),
            each("trash.restoreAncestors", "", "trash: { restore-ancestors: true }"),
            each("permanent.parameter", "", "permanent: { parameter: force }"),
            each("permanent.allow", "", "permanent: { allow: never }"),
            each("retention", "", "retention: P30D"),
            each("children", "", "children: [lines]"),
            each("revisions", "", "revisions: { keep: 3 }"),
            each("create", "", "create: overwrite"),
            each("unique.keys", "", "unique: [/number]"),
            each("unique.statuses", "", "duplicates: { status: [422] }"),
            each("unique.explain", "", "duplicates: { explain: problem }"),
            each("collectionDelete", "", "collection-delete: expand"),
            each("expansion.ids", "", "expand: { ids: [which] }"),
            each("expansion.separator", "", "expand: { separator: ';' }"),
            each("expansion.paths", "", "expand: { paths: [':purgeAll'] }"),
            each("expansion.most", "", "expand: { most: 7 }"),
            each("expansion.allWell", "", "expand: { all-well: 200 }"),
            each("batch", "", "batch: pass"),
            each("reveal", "", "reveal: verified"),
            each("markerWrites", "", "marker-writes: refuse"),
            each("override", "", "override: apply"),
            each("mode", "", "mode: drain"));

    private static Map.Entry<String, List<String>> each(String component, String before, String after) {
        return Map.entry(component, List.of(before, after));
    }

    static Stream<Arguments> each() {
        return EACH.entrySet().stream()
                .map(row -> Arguments.of(
                        row.getKey(), row.getValue().get(0), row.getValue().get(1)));
    }

    @ParameterizedTest
    @MethodSource("each")
    void whateverAPolicySaysOtherwiseIsToldOnce(String component, String before, String after) throws IOException {
        Run run = diff(policy(before), policy(after));

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).as(component).doesNotContain("Nothing changes").contains("`: ");
        assertThat(diff(policy(after), policy(before)).out()).as(component).doesNotContain("Nothing changes");
        assertThat(diff(policy(after), policy(after)).out()).isEqualTo("Nothing changes in behaviour.\n");
    }

    @Test
    void everythingThatAPolicySaysHasARow() {
        assertThat(EACH.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Stream.of("views.row"), components("", ResourcePolicy.class))
                                .filter(component -> !component.equals("name"))
                                .toList());
    }

    /** The components of a record, and of those in it that stand for a map of the language. */
    private static Stream<String> components(String prefix, Class<?> record) {
        var maps = Set.of(
                Write.class,
                Listing.class,
                Pages.class,
                Answers.class,
                Trash.class,
                Permanent.class,
                Unique.class,
                Expansion.class);
        return Arrays.stream(record.getRecordComponents())
                .flatMap(component -> maps.contains(component.getType())
                        ? components(prefix + component.getName() + ".", component.getType())
                        : Stream.of(prefix + component.getName()));
    }

    /** A policy with one line more, which stands for the one that says the same there. */
    private static String policy(String line) {
        String key = line.substring(0, Math.max(0, line.indexOf(':')));
        String orders = key.isEmpty()
                ? ORDERS
                : ORDERS.contains("\n" + key + ": ")
                        ? ORDERS.replaceFirst("\n" + key + ": .*", "\n" + line)
                        : ORDERS.replaceFirst("(?m)^    " + key + ": .*\\n", "") + "    " + line + "\n";
        return orders + """
                  lines:
                    path: /api/orders/{order}/lines
                    marker: { timestamp: deleted_at }
                """;
    }

    @Test
    void aReleaseThatDisarmsTheReloadGuardIsToldAlsoOfWhatIsGone() throws IOException {
        String released = ORDERS.replace("upstream:", "released: [orders]\nupstream:");

        assertThat(diff(ORDERS, released).out()).contains("warning[riskier]: `orders` is released: a reload may");
        assertThat(diff(released, ORDERS).out()).contains("note[safer]: `orders` is released no more");
        assertThat(diff(ORDERS, released.replace("  orders:", "  carts:")).out())
                .contains("`orders` is released: a reload may");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "permanent: { allow: never }|permanent: { allow: always }|1",
                "permanent: { allow: never }|permanent: { allow: trashed }|1",
                "permanent: { allow: trashed }|permanent: { allow: always }|1",
                "permanent: { allow: always }|permanent: { allow: trashed }|0",
                "trash: { delete: refuse }|trash: { delete: permanent }|1",
                "override: refuse|override: apply|1",
            })
    void whatLetsHardDeletesPassThatDidNotEndsWithOne(String before, String after, int exitCode) throws IOException {
        assertThat(diff(policy(before), policy(after)).exitCode()).isEqualTo(exitCode);
    }

    @Test
    void anOverrideIsRiskierAloneWhereNoDeleteIsForGood() throws IOException {
        Run run = diff(
                policy("permanent: { allow: never }"),
                policy("permanent: { allow: never }").replace("  lines:", "    override: apply\n  lines:"));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("warning[riskier]: `orders`: A POST that names DELETE is a DELETE now.");
    }

    @Test
    void aResourceThatDoesNotActLetsNothingPassThatDidNot() throws IOException {
        String off = ORDERS + "    mode: off\n";

        assertThat(diff(off + "    permanent: { allow: never }\n", off).out())
                .isEqualTo("Nothing changes in behaviour.\n");
    }

    @Test
    void anotherLiveValueLeavesTheTrashReadable() throws IOException {
        String status = "marker: { status: { field: state, trashed: deleted, live: %s } }";

        Run run = diff(policy(status.formatted("open")), policy(status.formatted("previous")));

        assertThat(run.out())
                .contains("note[otherwise]: `orders`: A restore writes something else")
                .doesNotContain("orphaned");
    }

    @Test
    void aNewAliasIsShownWhereItStands() throws IOException {
        Run run = diff(ORDERS, ORDERS + "    aliases: ['/orders/{id}']\n");

        assertThat(run.out()).contains("new.yaml:7:5: note[safer]: `orders`: It governs `/orders/{id}`");
    }

    @Test
    void anotherUpstreamIsToldWithTheNameOfTheResource() throws IOException {
        Run run = diff(ORDERS, ORDERS.replace("9090", "9091"));

        assertThat(run.out()).contains("[orphaned]: `orders`: Its upstream is http://localhost:9091 now");
    }

    @Test
    void whatAPresetChangesIsToldByWhatChangesAlone() throws IOException {
        Run run = diff(ORDERS, ORDERS.replace("upstream:", "preset: fhir\nupstream:"));

        assertThat(run.out())
                .contains("A PUT may restore a trashed item.", "A second DELETE answers no-content.", "2 changes");
    }

    @Test
    void aResourceThatMovedLeavesItsOldPathsUnprotected() throws IOException {
        Run run = diff(ORDERS, ORDERS.replace("/api/orders", "/api/v2/orders"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("error[unprotected]: `orders`: `/api/orders/{id}` is governed by no policy any more")
                .contains("note[safer]: `orders`: It governs `/api/v2/orders/{id}`, which it did not.");
    }

    @Test
    void whatTheStoreHoldsIsOrphanedByAnotherMarker() throws IOException, SQLException {
        Path store = store("orders", "orders", "parts");
        String changed = ORDERS.replace("timestamp: deleted_at", "flag: is_trashed");

        Run run = diff("--store", "jdbc:sqlite:" + store, ORDERS, changed);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("error[orphaned]:", "The store has 2 tombstones of `orders`.");
        assertThat(diff(ORDERS, changed).exitCode()).isZero();
        assertThat(diff("--store", "jdbc:sqlite:" + store("parts"), ORDERS, changed)
                        .exitCode())
                .isZero();
    }

    @Test
    void aStoreThatIsNotThereIsNotMade() throws IOException {
        Path none = directory.resolve("none.db");

        Run run = diff("--store", "jdbc:sqlite:" + none, ORDERS, ORDERS);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("there is no store at");
        assertThat(none).doesNotExist();
    }

    private Path store(String... resources) throws IOException, SQLException {
        Path file = directory.resolve(resources.length + ".db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            for (String sql :
                    Files.readString(MIGRATIONS.resolve("V1__tombstones.sql")).split(";\\s*\\n")) {
                statement.executeUpdate(sql);
            }
            for (int i = 0; i < resources.length; i++) {
                statement.executeUpdate("""
                        INSERT INTO tombstone (resource, parents, id, state, version, revision, delete_time, deletion_id,
                            change_time, request_id, policy_version)
                        VALUES ('%s', '', '%d', 'TRASHED', 1, %d, 0, 'd', 0, 'r', 'p')
                        """.formatted(resources[i], i, i + 1));
            }
        }
        return file;
    }

    private Run diff(String before, String after) throws IOException {
        return Run.of("diff", write("old.yaml", before), write("new.yaml", after));
    }

    private Run diff(String option, String value, String before, String after) throws IOException {
        return Run.of("diff", option, value, write("old.yaml", before), write("new.yaml", after));
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }
}
