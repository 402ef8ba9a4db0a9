package dev.cenotaph.policy.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.match.PathReading;
import dev.cenotaph.policy.match.PolicyMatcher;
import dev.cenotaph.policy.yaml.PolicyCompiler;
import dev.cenotaph.policy.yaml.PolicySource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One request in, one operation out: the whole table. */
class OperationClassifierTest {
    private static final String POLICIES = """
            version: 1
            upstream: http://localhost:9090
            resources:
              orders:
                path: /orders
                marker: { flag: trashed }
                unlink: ["/orders/{id}/tags/{tag}"]
                views: [{ path: /search, items: /results, row: /hit }]
              open:
                path: /open
                marker: { flag: trashed }
                override: apply
                collection-delete: pass
                permanent: { parameter: force, allow: trashed }
                trash: { include: show_deleted }
              secrets:
                path: /vaults/{vault}/secrets
                marker: { flag: trashed }
                permanent: { allow: trashed }
                trash: { collection: "../deleted{collection}", restore: /recover, delete: permanent }
              kept:
                path: /kept.json
                item: /kept/{id}.json
                marker: { flag: trashed }
                permanent: { allow: never }
                trash: { collection: "../{collection}-bin", delete: permanent }
              archive:
                path: /archive
                marker: { status: { field: status, trashed: archived } }
                trash: { only-when: { status: archived, "state.of": "in the bin" } }
                views: [{ path: /archive-search }]
              many:
                path: /many
                marker: { flag: trashed }
                collection-delete: expand
                expand: { ids: [id, key], separator: ';', paths: [':batchDelete', /bulk-delete] }
              kept-old:
                path: /pages/{wiki}
                item: /pages/{wiki}/{id}.json
                marker: { flag: trashed }
                revisions: { keep: 3 }
              coupons:
                path: /shops/{shop}/coupons
                marker: { snapshot: {} }
              real:
                path: /real
                marker: { flag: trashed }
                answers: { delete: pass }
                permanent: { allow: never }
            """;
    private static final PolicyMatcher MATCHER = new PolicyMatcher(policies());

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    OPTIONS | /orders/7                        | Preflight
                    OPTIONS | /orders                          | Preflight
                    GET     | /orders                          | ReadList EXCLUDE
                    GET     | /orders?with_trashed=true        | ReadList INCLUDE
                    GET     | /orders?with_trashed=false       | ReadList EXCLUDE
                    GET     | /orders?show_deleted=true        | ReadList INCLUDE
                    GET     | /orders?only_trashed=true        | ReadList ONLY
                    GET     | /orders?status=archived          | ReadList EXCLUDE
                    GET     | /archive?status=archived         | ReadList ONLY
                    GET     | /archive?page=2&status=archived&with_trashed=true | ReadList ONLY
                    GET     | /archive?state.of=in+the%20bin   | ReadList ONLY
                    GET     | /archive-search?status=archived  | ReadList ONLY
                    POST    | /archive-search?status=archived  | ReadList ONLY
                    GET     | /archive?status=active           | ReadList EXCLUDE
                    GET     | /archive?status=active&status=open | ReadList EXCLUDE
                    GET     | /archive?status=Archived         | ReadList EXCLUDE
                    GET     | /archive?Status=archived         | ReadList EXCLUDE
                    GET     | /archive?status=active;status=archived | ReadList EXCLUDE
                    GET     | /archive/7?status=archived       | ReadItem EXCLUDE
                    GET     | /pages/w/7.json/revisions        | ReadRevisions 7 /pages/w/7.json 100 EXCLUDE
                    HEAD    | /pages/w/7.json/revisions        | ReadRevisions 7 /pages/w/7.json 100 EXCLUDE
                    GET     | /pages/w/7.json/revisions?page_size=2&page_token=5&with_trashed=true | ReadRevisions 7 /pages/w/7.json 2 INCLUDE
                    GET     | /pages/w/7.json/revisions?page_size=0 | 400
                    POST    | /pages/w/7.json/revisions        | 405
                    DELETE  | /pages/w/7.json/revisions        | 405
                    GET     | /pages/w/7.json/revisions/2      | ReadRevision 2 of 7 EXCLUDE
                    PATCH   | /pages/w/7.json/revisions/2      | MakeCurrent 2 of 7 /pages/w/7.json
                    PUT     | /pages/w/7.json/revisions/2      | 405
                    DELETE  | /pages/w/7.json/revisions/2      | 405
                    OPTIONS | /pages/w/7.json/revisions/2      | Preflight
                    GET     | /pages/w/7.json/revisions/0      | 404
                    GET     | /pages/w/7.json/revisions/02     | 404
                    GET     | /pages/w/7.json/revisions/latest | 404
                    GET     | /pages/w/7.json/revisions/2/x    | Pass EXCLUDE
                    DELETE  | /pages/w/7.json/revisions/2/x    | 405
                    GET     | /orders/7/revisions              | Pass EXCLUDE
                    GET     | /shops/s/coupons-snapshots/7/snapshots | ReadSnapshots 7 /shops/s/coupons/7
                    HEAD    | /shops/s/coupons-snapshots/7/snapshots?page_size=1 | ReadSnapshots 7 /shops/s/coupons/7
                    GET     | /shops/s/coupons-snapshots/7/snapshots?page_token=1 | 400
                    POST    | /shops/s/coupons-snapshots/7/snapshots | 405
                    DELETE  | /shops/s/coupons-snapshots/7/snapshots | 405
                    GET     | /shops/s/coupons-snapshots/7/snapshots/latest | ReadTrashedItem
                    POST    | /shops/s/coupons-snapshots/7/snapshots/latest:restore | Restore 7 /shops/s/coupons/7
                    POST    | /shops/s/coupons-snapshots/7/snapshots:restore | Restore 7 /shops/s/coupons/7
                    DELETE  | /shops/s/coupons-snapshots/7/snapshots:restore | 405
                    DELETE  | /shops/s/coupons-snapshots/7 | 405
                    GET     | /archive?status=archived&status=archived | 400
                    GET     | /archive?status=active&status=archived | 400
                    GET     | /orders?only_trashed=true&with_trashed=true | ReadList ONLY
                    HEAD    | /orders                          | Pass EXCLUDE
                    POST    | /orders                          | Create
                    PUT     | /orders                          | Pass EXCLUDE
                    DELETE  | /orders                          | 405
                    DELETE  | /open                            | Pass EXCLUDE
                    POST    | /orders:batchDelete              | 405
                    GET     | /orders:batchDelete              | Pass EXCLUDE
                    DELETE  | /orders:batchDelete              | 405
                    POST    | /open:batchDelete                | Pass EXCLUDE
                    DELETE  | /many                            | ChangeMany DELETE []
                    DELETE  | /many?id=1;2                     | ChangeMany DELETE [1, 2]
                    DELETE  | /many?id=1%3B2&key=%C3%BC        | ChangeMany DELETE [1, 2, ü]
                    DELETE  | /many?id=1&id=2                  | ChangeMany DELETE [1, 2]
                    DELETE  | /many?id=                        | ChangeMany DELETE []
                    DELETE  | /many?id=1;;2                    | ChangeMany DELETE [1, , 2]
                    DELETE  | /many?ids=1                      | ChangeMany DELETE []
                    DELETE  | /many?ID=1                       | 400
                    DELETE  | /many?id=%ZZ                     | 400
                    DELETE  | /many?id=1&permanent=true        | ChangeMany DELETE [1] for good
                    POST    | /many:batchDelete                | ChangeMany DELETE []
                    POST    | /many/bulk-delete                | ChangeMany DELETE []
                    POST    | /orders/trashed:restore          | ChangeMany RESTORE []
                    GET     | /orders/trashed:restore          | 405
                    POST    | /orders/trashed:purge            | ChangeMany PURGE [] for good
                    POST    | /real/trashed:purge              | 403
                    GET     | /orders/trashed:jobs/a           | Job a
                    POST    | /orders/trashed:jobs/a           | Job a resumed
                    DELETE  | /orders/trashed:jobs/a           | 405
                    GET     | /orders/7                        | ReadItem EXCLUDE
                    HEAD    | /orders/7                        | ReadItem EXCLUDE
                    GET     | /orders/7?with_trashed=true      | ReadItem INCLUDE
                    PUT     | /orders/7                        | WriteItem
                    PATCH   | /orders/7                        | WriteItem
                    POST    | /orders/7                        | WriteItem
                    DELETE  | /orders/7                        | SoftDelete
                    DELETE  | /orders/7?permanent=false        | SoftDelete
                    DELETE  | /orders/7?permanent=true         | PermanentDelete REQUESTED
                    DELETE  | /orders/7?force=true             | SoftDelete
                    DELETE  | /open/7?force=true               | PermanentDelete REQUESTED_IF_TRASHED
                    DELETE  | /open/7?permanent=true           | SoftDelete
                    DELETE  | /real/7                          | PermanentDelete POLICY
                    DELETE  | /real/7?permanent=true           | 403
                    GET     | /orders/7/lines                  | Pass EXCLUDE
                    GET     | /orders/7/lines?with_trashed=true | Pass INCLUDE
                    POST    | /orders/7/lines?with_trashed=true | Pass EXCLUDE
                    DELETE  | /orders/7/lines/1                | 405
                    DELETE  | /orders/7/tags/red               | Pass EXCLUDE
                    POST    | /orders/7:undelete               | Restore 7 /orders/7
                    POST    | /orders/7/restore                | Restore 7 /orders/7
                    GET     | /orders/7:undelete               | ReadItem EXCLUDE
                    DELETE  | /orders/7:undelete               | SoftDelete
                    GET     | /orders/7/restore                | Pass EXCLUDE
                    DELETE  | /orders/7/restore                | 405
                    GET     | /orders/trashed                  | ReadTrash 100
                    HEAD    | /orders/trashed                  | ReadTrash 100
                    GET     | /orders/trashed?page_size=5      | ReadTrash 5
                    GET     | /orders/trashed?page_size=99999  | ReadTrash 1000
                    GET     | /orders/trashed?page_size=0      | 400
                    GET     | /orders/trashed?page_size=many   | 400
                    GET     | /orders/trashed?page_size=1&page_size=2 | 400
                    GET     | /orders/trashed?page_token=a&page_token=b | 400
                    DELETE  | /orders/trashed                  | 405
                    POST    | /orders/trashed                  | 405
                    GET     | /orders/trashed/7                | ReadTrashedItem
                    PATCH   | /orders/trashed/7                | Restore 7 /orders/7
                    DELETE  | /orders/trashed/7                | 405
                    PUT     | /orders/trashed/7                | 405
                    POST    | /orders/trashed/7:undelete       | Restore 7 /orders/7
                    POST    | /orders/trashed/7/restore        | Restore 7 /orders/7
                    GET     | /orders/trashed/7/restore        | Pass EXCLUDE
                    DELETE  | /orders/trashed/7/restore        | 405
                    GET     | /vaults/a/deletedsecrets         | ReadTrash 100
                    GET     | /vaults/a/deletedsecrets/7       | ReadTrashedItem
                    DELETE  | /vaults/a/deletedsecrets/7       | PermanentDelete REQUESTED_IF_TRASHED
                    PUT     | /vaults/a/deletedsecrets/7       | 405
                    DELETE  | /vaults/a/deletedsecrets         | 405
                    DELETE  | /vaults/a/deletedsecrets/7/x     | 405
                    POST    | /vaults/a/deletedsecrets/7/recover | Restore 7 /vaults/a/secrets/7
                    POST    | /vaults/a/secrets/7/recover      | Restore 7 /vaults/a/secrets/7
                    GET     | /kept-bin.json                   | ReadTrash 100
                    GET     | /kept-bin/7.json                 | ReadTrashedItem
                    DELETE  | /kept-bin/7.json                 | 403
                    POST    | /kept-bin/7.json:undelete        | Restore 7 /kept/7.json
                    GET     | /search                          | ReadList EXCLUDE
                    POST    | /search                          | ReadList EXCLUDE
                    HEAD    | /search                          | Pass EXCLUDE
                    DELETE  | /search                          | 405
                    delete  | /orders/7                        | 405
                    Delete  | /orders/7                        | 405
                    PURGE   | /orders/7                        | 405
                    MOVE    | /orders/7                        | 405
                    TRACE   | /orders/7                        | 405
                    GET     | /orders?with_trashed=1           | 400
                    GET     | /orders?with_trashed=TRUE        | 400
                    GET     | /orders?with_trashed             | 400
                    GET     | /orders?with_trashed=            | 400
                    GET     | /orders?With_Trashed=true        | 400
                    GET     | /orders?with_trashed=true&with_trashed=true | 400
                    GET     | /orders?with_trashed=true&show_deleted=true | 400
                    GET     | /orders?%77ith_trashed=true      | 400
                    GET     | /orders?with_trashed=%74rue      | 400
                    DELETE  | /orders/7?permanent=yes          | 400
                    DELETE  | /orders/7?PERMANENT=true         | 400
                    DELETE  | /orders/7?permanent=true&permanent=true | 400
                    GET     | /orders/7?permanent=yes          | 400
                    POST    | /orders/7?_method=DELETE         | 400
                    POST    | /orders/7?%5Fmethod=DELETE       | 400
                    POST    | /orders/7?_METHOD=DELETE         | 400
                    GET     | /orders/7?_method=DELETE         | 400
                    POST    | /open/7?_method=DELETE           | SoftDelete
                    POST    | /open/7?_method=delete           | SoftDelete
                    POST    | /open/7?_method=delete&force=true | PermanentDelete REQUESTED_IF_TRASHED
                    POST    | /open/7?_method=PURGE            | 405
                    POST    | /open/7?_method=DELETE&_method=PUT | 400
                    """)
    void requestIs(String method, String uri, String expected) {
        assertThat(described(classified(method, uri, Map.of(), List.of()).operation()))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "X-HTTP-Method-Override",
        "x-http-method-override",
        "X-HTTP-Method",
        "X-Method-Override",
        "X_HTTP_METHOD_OVERRIDE",
        "_method"
    })
    void overrideHeaderIsRefusedOrJudged(String header) {
        assertThat(described(classified("POST", "/orders/7", Map.of(header, "DELETE"), List.of())
                        .operation()))
                .isEqualTo("400");
        assertThat(classified("POST", "/open/7", Map.of(header, "DELETE"), List.of()))
                .extracting(classified -> described(classified.operation()), Classified::method)
                .containsExactly("SoftDelete", "DELETE");
    }

    @Test
    void overrideInTheBodyIsRefusedOrJudged() {
        assertThat(described(classified("POST", "/orders/7", Map.of(), List.of("DELETE"))
                        .operation()))
                .isEqualTo("400");
        assertThat(described(classified("POST", "/open/7", Map.of(), List.of("DELETE"))
                        .operation()))
                .isEqualTo("SoftDelete");
    }

    @Test
    void overridesThatDisagreeAreRefused() {
        assertThat(described(classified("POST", "/open/7", Map.of("X-HTTP-Method", "PUT"), List.of("DELETE"))
                        .operation()))
                .isEqualTo("400");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            websocket     | 400
            h2c, WebSocket | 400
            HTTP/2.0      | 400
            ''            | 400
            """)
    void upgradeToAnotherProtocolIsRefused(String upgrade, String status) {
        assertThat(described(classified("GET", "/orders/7", Map.of("Upgrade", upgrade), List.of())
                        .operation()))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2c", "H2C", "h2c, h2c"})
    void offerOfHttp2IsIgnored(String upgrade) {
        assertThat(classified("GET", "/orders/7", Map.of("Upgrade", upgrade), List.of()))
                .isEqualTo(classified("GET", "/orders/7", Map.of(), List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /archive?a=1&status=archived&only_trashed=true, a=1&status=archived",
        "GET, /orders?a=1&with_trashed=true&b=%20x, a=1&b=%20x",
        "GET, /orders?with_trashed=true,",
        "GET, /orders?a&&b=, a&&b=",
        "DELETE, /orders/7?permanent=false&key=k, key=k",
        "GET, /orders/7?permanent=true&a=1, a=1",
        "POST, /open/7?_method=DELETE&key=k, key=k"
    })
    void ourParametersAreNotForwarded(String method, String uri, String query) {
        assertThat(classified(method, uri, Map.of(), List.of()).query()).isEqualTo(Optional.ofNullable(query));
    }

    @Test
    void refusalOfAMethodNamesTheAllowedOnes() {
        var refused = (Operation.Refused)
                classified("DELETE", "/orders", Map.of(), List.of()).operation();
        assertThat(refused.refusal().allow()).containsExactly("GET", "HEAD", "OPTIONS", "POST");
    }

    private static Classified classified(
            String method, String uri, Map<String, String> headers, List<String> bodyOverrides) {
        int query = uri.indexOf('?');
        String path = query < 0 ? uri : uri.substring(0, query);
        var governed = (PathReading.Governed) MATCHER.read(path);
        var byName = new LinkedHashMap<String, List<String>>();
        headers.forEach((name, value) -> byName.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        var line = new RequestLine(
                method,
                query < 0 ? Optional.empty() : Optional.of(uri.substring(query + 1)),
                new ArrayList<>(headers.keySet()),
                name -> byName.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
        return OperationClassifier.classify(governed.match(), line, bodyOverrides);
    }

    private static String described(Operation operation) {
        return switch (operation) {
            case Operation.Preflight preflight -> "Preflight";
            case Operation.Pass pass -> "Pass " + pass.scope();
            case Operation.ReadItem read -> "ReadItem " + read.scope();
            case Operation.ReadList list -> "ReadList " + list.scope();
            case Operation.ReadTrash trash -> "ReadTrash " + trash.pageSize();
            case Operation.ReadTrashedItem item -> "ReadTrashedItem";
            case Operation.WriteItem write -> "WriteItem";
            case Operation.Create create -> "Create";
            case Operation.SoftDelete delete -> "SoftDelete";
            case Operation.PermanentDelete delete -> "PermanentDelete " + delete.grant();
            case Operation.Restore restore -> "Restore " + restore.key().id() + " " + restore.path();
            case Operation.ChangeMany many ->
                "ChangeMany " + many.change() + " " + many.ids() + (many.permanent() ? " for good" : "");
            case Operation.Job job -> "Job " + job.id() + (job.resume() ? " resumed" : "");
            case Operation.ReadSnapshots read -> "ReadSnapshots " + read.key().id() + " " + read.path();
            case Operation.ReadRevisions read ->
                "ReadRevisions " + read.key().id() + " " + read.path() + " " + read.pageSize() + " " + read.scope();
            case Operation.ReadRevision read ->
                "ReadRevision " + read.number() + " of " + read.key().id() + " " + read.scope();
            case Operation.MakeCurrent make ->
                "MakeCurrent " + make.number() + " of " + make.key().id() + " " + make.path();
            case Operation.Refused refused -> Integer.toString(refused.refusal().status());
        };
    }

    private static PolicySet policies() {
        return PolicyCompiler.compile(List.of(new PolicySource("test.yaml", POLICIES)), name -> null);
    }
}
