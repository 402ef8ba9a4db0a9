package dev.cenotaph.policy.yaml;

import static dev.cenotaph.policy.yaml.BrokenFile.Judge.BOTH;
import static dev.cenotaph.policy.yaml.BrokenFile.Judge.COMPILER;
import static dev.cenotaph.policy.yaml.BrokenFile.Judge.YAML;
import static dev.cenotaph.policy.yaml.BrokenFile.file;
import static dev.cenotaph.policy.yaml.BrokenFile.marker;
import static dev.cenotaph.policy.yaml.BrokenFile.orders;
import static dev.cenotaph.policy.yaml.BrokenFile.resource;
import static dev.cenotaph.policy.yaml.ProblemCode.*;

import java.util.List;
import java.util.stream.Stream;

/** One mistake a file: every rule of the language, and where breaking it is told. */
final class BrokenFiles {
    private static final String HEAD = Yaml.HEAD;
    private static final String RESOURCES = "resources: { orders: { path: /orders, marker: { flag: is_trashed } } }\n";

    private BrokenFiles() {}

    static Stream<BrokenFile> all() {
        return Stream.of(
                        YAML_TEXTS,
                        FILES,
                        UPSTREAMS,
                        KEYS,
                        TEMPLATES,
                        PLACES,
                        PATTERNS,
                        MARKERS,
                        WRITES,
                        NAMES,
                        PRESETS,
                        EMBEDDED,
                        LATER,
                        PAGES,
                        COLLIDING)
                .flatMap(List::stream);
    }

    private static final List<BrokenFile> YAML_TEXTS = List.of(
            file(YAML_SYNTAX, YAML, "version: 1\nupstream: »: x\n"),
            file(YAML_SYNTAX, YAML, "version: 1\nresources: { orders: { path: /orders }\n»"),
            file(YAML_SYNTAX, YAML, "version: 1\n»\tupstream: x\n"),
            file(YAML_SYNTAX, YAML, "version: 1\nupstream: \"é»\u0007\"\n"),
            file(YAML_SYNTAX, YAML, "»\u0007"),
            orders(YAML_SYNTAX, YAML, "list: »*nowhere"),
            orders(YAML_SYNTAX, YAML, "list: &self { items: »*self }"),
            file(EMPTY_FILE, YAML, "»"),
            file(EMPTY_FILE, YAML, "»# nothing yet\n"),
            file(EMPTY_FILE, YAML, "---\n»..."),
            file(SEVERAL_DOCUMENTS, YAML, HEAD + RESOURCES + "»---\nversion: 1\n"),
            orders(TAG_NOT_ALLOWED, YAML, "wrap: »!!str /order"),
            orders(TAG_NOT_ALLOWED, YAML, "list: »!list { items: /data }"),
            orders(DUPLICATE_KEY, YAML, "wrap: /order\n»wrap: /orders"),
            file(
                    DUPLICATE_KEY,
                    YAML,
                    HEAD + "resources:\n  orders: { path: /orders, marker: { flag: x }, »path: /o }\n"),
            orders(WRONG_TYPE, YAML, "? »[wrap]\n: /order"),
            marker(INVALID_VALUE, YAML, "{ status: { field: state, trashed: ».inf } }"),
            marker(INVALID_VALUE, YAML, "{ status: { field: state, trashed: »1e99999999999 } }"),
            marker(INVALID_VALUE, YAML, "{ status: { field: state, trashed: »" + "9".repeat(101) + " } }"),
            file(TOO_LARGE, YAML, "»version: 1\n" + "#".repeat(1 << 20)),
            file(TOO_LARGE, YAML, "version: " + "[".repeat(31) + "»[" + "]".repeat(32)));

    private static final List<BrokenFile> FILES = List.of(
            file(WRONG_TYPE, BOTH, "»[version, 1]"),
            file(MISSING_KEY, BOTH, "»upstream: http://localhost:9090\n" + RESOURCES),
            file(MISSING_KEY, BOTH, "»version: 1\n" + RESOURCES),
            file(MISSING_KEY, BOTH, "»version: 1\nupstream: http://localhost:9090\n"),
            file(UNSUPPORTED_VERSION, BOTH, "version: »2\nupstream: http://localhost:9090\n" + RESOURCES),
            file(UNSUPPORTED_VERSION, BOTH, "version: »\"1\"\nupstream: http://localhost:9090\n" + RESOURCES),
            file(WRONG_TYPE, BOTH, "version: »[1]\nupstream: http://localhost:9090\n" + RESOURCES),
            file(UNKNOWN_KEY, BOTH, HEAD + "»resource: {}\n" + RESOURCES),
            file(WRONG_TYPE, BOTH, HEAD + "resources: »[orders]\n"),
            file(WRONG_TYPE, BOTH, HEAD + "resources:»\n"),
            file(EMPTY_VALUE, BOTH, HEAD + "resources: »{}\n"),
            file(WRONG_TYPE, BOTH, HEAD + "resources:\n  orders: »/orders\n"),
            file(INVALID_NAME, BOTH, HEAD + "resources:\n  »7orders: { path: /orders, marker: { flag: x } }\n"),
            file(INVALID_NAME, BOTH, HEAD + "resources:\n  »my orders: { path: /orders, marker: { flag: x } }\n"),
            file(INVALID_VALUE, BOTH, HEAD + "mode: »on\n" + RESOURCES),
            file(WRONG_TYPE, BOTH, HEAD + "released: »{ orders: true }\n" + RESOURCES),
            file(INVALID_NAME, BOTH, HEAD + "released: [orders, »7users]\n" + RESOURCES),
            file(WRONG_TYPE, BOTH, HEAD + "defaults: »off\n" + RESOURCES),
            file(WRONG_TYPE, BOTH, HEAD + "defaults:»\n" + RESOURCES),
            file(UNKNOWN_KEY, BOTH, HEAD + "defaults: { »versoin: 1 }\n" + RESOURCES),
            file(NOT_A_DEFAULT, BOTH, HEAD + "defaults: { »path: /orders }\n" + RESOURCES),
            file(NOT_A_DEFAULT, BOTH, HEAD + "defaults: { »aliases: [] }\n" + RESOURCES),
            file(NOT_A_DEFAULT, BOTH, HEAD + "defaults: { »children: [] }\n" + RESOURCES),
            file(INVALID_VALUE, BOTH, HEAD + "defaults: { answers: { gone: »403 } }\n" + RESOURCES),
            file(CONTRADICTION, COMPILER, HEAD + "mode: off\ndefaults: { »mode: enforce }\n" + RESOURCES));

    private static final List<BrokenFile> UPSTREAMS = List.of(
            upstream(INVALID_UPSTREAM, BOTH, "localhost:9090"),
            upstream(INVALID_UPSTREAM, BOTH, "ftp://localhost"),
            upstream(INVALID_UPSTREAM, BOTH, "//localhost"),
            upstream(INVALID_UPSTREAM, BOTH, "http:///"),
            upstream(INVALID_UPSTREAM, BOTH, "http://localhost/api"),
            upstream(INVALID_UPSTREAM, BOTH, "http://localhost/?a=b"),
            upstream(INVALID_UPSTREAM, BOTH, "http://localhost#top"),
            upstream(INVALID_UPSTREAM, BOTH, "http://user:secret@localhost"),
            upstream(INVALID_UPSTREAM, BOTH, "\"\""),
            upstream(INVALID_UPSTREAM, BOTH, "http://local host"),
            upstream(INVALID_UPSTREAM, COMPILER, "http://localhost:99999"),
            upstream(INVALID_UPSTREAM, COMPILER, "http://under_score"),
            upstream(INVALID_UPSTREAM, COMPILER, "\"http://${SHOP\""),
            upstream(INVALID_UPSTREAM, COMPILER, "\"${SHOP:localhost}\""),
            upstream(UNDEFINED_VARIABLE, COMPILER, "${SHOP_URL}"),
            upstream(UNDEFINED_VARIABLE, COMPILER, "http://${SHOP_HOST}:9090"),
            upstream(WRONG_TYPE, BOTH, "9090"));

    private static BrokenFile upstream(ProblemCode code, BrokenFile.Judge judge, String upstream) {
        return file(code, judge, "version: 1\nupstream: »" + upstream + "\n" + RESOURCES);
    }

    private static final List<BrokenFile> KEYS = List.of(
            file(MISSING_KEY, BOTH, HEAD + "resources:\n  »orders: { marker: { flag: x } }\n"),
            file(MISSING_KEY, BOTH, HEAD + "resources:\n  »orders: { path: /orders }\n"),
            orders(UNKNOWN_KEY, BOTH, "»iten: /orders/{id}"),
            orders(UNKNOWN_KEY, BOTH, "»generations: 5"),
            orders(UNKNOWN_KEY, BOTH, "»<<: { wrap: /order }"),
            orders(UNKNOWN_KEY, BOTH, "list: { »item: /data }"),
            orders(UNKNOWN_KEY, BOTH, "write: { »methods: PUT }"),
            orders(UNKNOWN_KEY, BOTH, "answers: { »deleted: 204 }"),
            orders(UNKNOWN_KEY, BOTH, "trash: { »includes: [all] }"),
            orders(UNKNOWN_KEY, BOTH, "permanent: { »allowed: never }"),
            orders(UNKNOWN_KEY, BOTH, "id: { href: /self, »rel: self }"),
            orders(UNKNOWN_KEY, BOTH, "views: [{ path: /search, »wrap: /hit }]"),
            orders(MISSING_KEY, BOTH, "»id: {}"),
            orders(MISSING_KEY, BOTH, "views: [»{ items: /hits }]"),
            orders(WRONG_TYPE, BOTH, "views: »/search"),
            orders(WRONG_TYPE, BOTH, "views: [»/search]"),
            orders(WRONG_TYPE, BOTH, "list: »/data"),
            orders(WRONG_TYPE, BOTH, "write: »PUT"),
            orders(WRONG_TYPE, BOTH, "answers: »204"),
            orders(WRONG_TYPE, BOTH, "trash:»"),
            orders(WRONG_TYPE, BOTH, "wrap: »[order]"),
            orders(WRONG_TYPE, BOTH, "id: »5"),
            orders(WRONG_TYPE, BOTH, "id: »[id]"),
            orders(WRONG_TYPE, BOTH, "aliases: »{ a: b }"),
            orders(WRONG_TYPE, BOTH, "aliases: ['/o/{id}', »7]"),
            orders(WRONG_TYPE, BOTH, "mode: »[off]"),
            orders(INVALID_VALUE, BOTH, "mode: »disabled"),
            orders(INVALID_VALUE, BOTH, "mode: »OFF"),
            orders(INVALID_VALUE, BOTH, "encoded-slash: »allow"),
            orders(INVALID_VALUE, BOTH, "marker-writes: »learned"),
            orders(INVALID_VALUE, BOTH, "override: »allow"),
            orders(INVALID_VALUE, BOTH, "create: »replace"),
            orders(INVALID_VALUE, BOTH, "collection-delete: »allow"),
            orders(INVALID_VALUE, BOTH, "batch: »allow"),
            orders(INVALID_VALUE, BOTH, "reveal: »never"),
            orders(WRONG_TYPE, BOTH, "reveal: »[verified]"),
            orders(WRONG_TYPE, BOTH, "expand: »[ids]"),
            orders(EMPTY_VALUE, BOTH, "expand: { ids: »[] }"),
            orders(INVALID_NAME, BOTH, "expand: { ids: [»'a b'] }"),
            orders(INVALID_VALUE, BOTH, "expand: { separator: »'&' }"),
            orders(INVALID_NAME, BOTH, "expand: { paths: [»batchDelete] }"),
            orders(INVALID_VALUE, BOTH, "expand: { most: »0 }"),
            orders(INVALID_VALUE, BOTH, "expand: { most: »1001 }"),
            orders(INVALID_VALUE, BOTH, "expand: { most: »'100' }"),
            orders(INVALID_VALUE, BOTH, "expand: { all-well: »204 }"),
            orders(UNKNOWN_KEY, BOTH, "expand: { »max: 100 }"),
            orders(INVALID_VALUE, BOTH, "answers: { delete: »205 }"),
            orders(INVALID_VALUE, BOTH, "answers: { delete: »\"204\" }"),
            orders(INVALID_VALUE, BOTH, "answers: { repeat: »404 }"),
            orders(INVALID_VALUE, BOTH, "answers: { gone: »gone }"),
            orders(INVALID_VALUE, BOTH, "permanent: { allow: »twice }"),
            orders(INVALID_VALUE, BOTH, "list: { on-unfilterable: »skip }"),
            orders(INVALID_VALUE, BOTH, "list: { media-types: [application/json, »json] }"),
            orders(INVALID_VALUE, BOTH, "list: { media-types: »application/json;charset=utf-8 }"),
            orders(EMPTY_VALUE, BOTH, "list: { media-types: »[] }"));

    private static final List<BrokenFile> TEMPLATES = List.of(
            path("orders", BOTH),
            path("http://localhost/orders", BOTH),
            path("\"\"", BOTH),
            path("//orders", BOTH),
            path("/api//orders", BOTH),
            path("/api/./orders", BOTH),
            path("/api/..", BOTH),
            path("/orders?open=true", BOTH),
            path("\"/orders#top\"", BOTH),
            path("/my orders", BOTH),
            path("/bücher", BOTH),
            path("/orders;v=1", BOTH),
            path("/orders\\7", BOTH),
            path("/%6Frders", BOTH),
            path("/%2e%2e/orders", BOTH),
            path("/b%c3%bccher", BOTH),
            path("/a%2Fb", BOTH),
            path("/a%5Cb", BOTH),
            path("/a%00b", BOTH),
            path("/100%", BOTH),
            path("\"/{user/orders\"", BOTH),
            path("\"/{}/orders\"", BOTH),
            path("\"/{user-id}/orders\"", BOTH),
            path("\"/u{user}/orders\"", BOTH),
            path("\"/{a}-{b}/orders\"", BOTH),
            path("\"/{a}b}/orders\"", BOTH),
            orders(INVALID_TEMPLATE, BOTH, "item: »\"{id}\""),
            orders(INVALID_TEMPLATE, BOTH, "aliases: [»'o/{id}']"),
            orders(INVALID_TEMPLATE, BOTH, "unlink: »tags/{tag}"),
            orders(INVALID_TEMPLATE, BOTH, "views: [{ path: »search }]"),
            marker(INVALID_TEMPLATE, BOTH, "{ extension: { resource: »\"meta/{id}\", key: k, value: v } }"),
            resource(TEMPLATE_VARIABLES, COMPILER, "path: »/users/{id}/orders\nmarker: { flag: x }"),
            resource(TEMPLATE_VARIABLES, COMPILER, "path: »/a/{a}/b/{a}\nmarker: { flag: x }"),
            orders(TEMPLATE_VARIABLES, COMPILER, "item: »/orders/one"),
            orders(TEMPLATE_VARIABLES, COMPILER, "item: »/orders/{region}/{id}"),
            resource(TEMPLATE_VARIABLES, COMPILER, "path: /u/{user}/o\nitem: »/u/{id}/o/{user}\nmarker: { flag: x }"),
            orders(TEMPLATE_VARIABLES, COMPILER, "aliases: ['/o/{id}', »'/o/{order}']"),
            orders(TEMPLATE_VARIABLES, COMPILER, "views: [{ path: »\"/users/{user}/orders\" }]"),
            marker(TEMPLATE_VARIABLES, COMPILER, "{ extension: { resource: »\"/meta/{order}\", key: k, value: v } }"),
            orders(TEMPLATE_NOT_BELOW_ITEM, COMPILER, "unlink: [»'/orders/{id}']"),
            orders(TEMPLATE_NOT_BELOW_ITEM, COMPILER, "unlink: [»'/orders/{id}/']"),
            orders(TEMPLATE_NOT_BELOW_ITEM, COMPILER, "unlink: [»'/tags/{id}/{tag}']"),
            orders(TEMPLATE_NOT_BELOW_ITEM, COMPILER, "unlink: [»'/orders/{order}/tags/{tag}']"));

    private static BrokenFile path(String path, BrokenFile.Judge judge) {
        return resource(INVALID_TEMPLATE, judge, "path: »" + path + "\nmarker: { flag: x }");
    }

    private static final List<BrokenFile> PLACES = List.of(
            orders(INVALID_PLACE, BOTH, "wrap: »/or~der"),
            orders(INVALID_PLACE, BOTH, "wrap: »/or~2der"),
            orders(INVALID_PLACE, BOTH, "list: { items: »/data~ }"),
            orders(INVALID_PLACE, BOTH, "list: { row: »/~x }"),
            orders(INVALID_PLACE, BOTH, "views: [{ path: /search, items: »/~x }]"),
            orders(INVALID_PLACE, BOTH, "id: »\"\""),
            orders(INVALID_PLACE, BOTH, "id: { href: »\"\" }"),
            orders(INVALID_PLACE, BOTH, "write: { at: »\"\" }"),
            marker(INVALID_PLACE, BOTH, "{ flag: »\"\" }"),
            marker(INVALID_PLACE, BOTH, "{ timestamp: »/~ }"),
            marker(INVALID_PLACE, BOTH, "{ status: { field: »\"\", trashed: x } }"),
            marker(INVALID_PLACE, BOTH, "{ extension: { list: »\"\", key: k, value: v } }"));

    private static final List<BrokenFile> PATTERNS = List.of(
            orders(INVALID_PATTERN, COMPILER, "id-pattern: »'[0-9'"),
            orders(INVALID_PATTERN, COMPILER, "id-pattern: »'*'"),
            orders(UNSAFE_PATTERN, COMPILER, "id-pattern: »'(a+)+'"),
            orders(UNSAFE_PATTERN, COMPILER, "id-pattern: »'(a|aa)*'"),
            orders(UNSAFE_PATTERN, COMPILER, "id-pattern: »'([a-z])\\1'"),
            orders(EMPTY_VALUE, BOTH, "id-pattern: »''"),
            orders(WRONG_TYPE, BOTH, "id-pattern: »7"));

    private static final List<BrokenFile> MARKERS = List.of(
            marker(MARKER_KIND, BOTH, "»{}"),
            marker(MARKER_KIND, BOTH, "{ flag: is_trashed, »timestamp: deleted_at }"),
            marker(UNKNOWN_KEY, BOTH, "{ »flg: is_trashed }"),
            marker(WRONG_TYPE, BOTH, "»is_trashed"),
            marker(WRONG_TYPE, BOTH, "{ flag: »true }"),
            marker(WRONG_TYPE, BOTH, "{ timestamp: »{ at: x } }"),
            marker(WRONG_TYPE, BOTH, "{ status: »archived }"),
            marker(MISSING_KEY, BOTH, "{ »status: { field: state } }"),
            marker(MISSING_KEY, BOTH, "{ »status: { trashed: x } }"),
            marker(WRONG_TYPE, BOTH, "{ status: { field: state, trashed: »null } }"),
            marker(WRONG_TYPE, BOTH, "{ status: { field: state, trashed: »[x] } }"),
            marker(UNKNOWN_KEY, BOTH, "{ status: { field: state, trashed: x, »alive: y } }"),
            marker(LIVE_EQUALS_TRASHED, COMPILER, "{ status: { field: state, trashed: x, live: »x } }"),
            marker(LIVE_EQUALS_TRASHED, COMPILER, "{ status: { field: state, trashed: 3, live: »0x3 } }"),
            marker(MARKER_KIND, BOTH, "{ extension: »{ key: k, value: v } }"),
            marker(MARKER_KIND, BOTH, "{ extension: { list: l, »resource: \"/m/{id}\", key: k, value: v } }"),
            marker(MISSING_KEY, BOTH, "{ »extension: { list: l, value: v } }"),
            marker(MISSING_KEY, BOTH, "{ »extension: { list: l, key: k } }"),
            marker(EMPTY_VALUE, BOTH, "{ extension: { list: l, key: »'', value: v } }"),
            marker(WRONG_TYPE, BOTH, "{ extension: { list: l, key: k, value: »null } }"),
            marker(CONTRADICTION, BOTH, "{ extension: { list: l, »namespace: n, key: k, value: v } }"),
            marker(
                    DUPLICATE_NAME,
                    COMPILER,
                    "{ extension: { list: l, key: k, value: v, names: »{ key: x, value: x } } }"),
            marker(DUPLICATE_NAME, COMPILER, "{ extension: { list: l, key: k, value: v, names: »{ key: value } } }"),
            marker(UNKNOWN_KEY, BOTH, "{ extension: { list: l, key: k, value: v, names: { »id: x } } }"));

    private static final List<BrokenFile> WRITES = List.of(
            orders(INVALID_VALUE, BOTH, "write: { method: »patch }"),
            orders(INVALID_VALUE, BOTH, "write: { method: »DELETE }"),
            orders(INVALID_VALUE, BOTH, "write: { format: »xml }"),
            orders(INVALID_VALUE, BOTH, "write: { replace: »true }"),
            orders(INVALID_VALUE, BOTH, "write: { exists: »never }"),
            orders(INVALID_VALUE, BOTH, "write: { verify: »write }"),
            orders(CONTRADICTION, COMPILER, "write: { method: PUT, format: »json-patch }"),
            orders(CONTRADICTION, COMPILER, "write: { method: PUT, format: »merge-patch, replace: no }"),
            orders(CONTRADICTION, COMPILER, "write: { replace: »yes }"),
            orders(CONTRADICTION, COMPILER, "write: { method: POST, format: merge-patch, replace: »yes }"),
            unused("»method: PUT"),
            unused("»format: json"),
            unused("»replace: no"),
            unused("»at: /meta"));

    private static BrokenFile unused(String key) {
        String marker = "{ extension: { resource: \"/orders/{id}/meta\", key: k, value: v } }";
        return marker(WRITE_NOT_USED, COMPILER, marker + "\nwrite: { " + key + " }");
    }

    private static final List<BrokenFile> NAMES = List.of(
            orders(INVALID_NAME, BOTH, "trash: { include: [»with trashed] }"),
            orders(INVALID_NAME, BOTH, "trash: { only: »'' }"),
            orders(INVALID_NAME, BOTH, "trash: { only-when: { »'st us': archived } }"),
            orders(EMPTY_VALUE, BOTH, "trash: { only-when: { status: »'' } }"),
            orders(EMPTY_VALUE, BOTH, "trash: { only-when: { status: »null } }"),
            orders(WRONG_TYPE, BOTH, "trash: { only-when: »[status] }"),
            orders(WRONG_TYPE, BOTH, "trash: { only-when: { status: »[archived] } }"),
            orders(INVALID_NAME, BOTH, "permanent: { parameter: »a=b }"),
            orders(INVALID_NAME, BOTH, "trash: { collection: »trash/can }"),
            orders(INVALID_NAME, BOTH, "trash: { collection: ».. }"),
            orders(INVALID_NAME, BOTH, "trash: { collection: »../ }"),
            orders(INVALID_NAME, BOTH, "trash: { collection: »../.. }"),
            orders(INVALID_NAME, BOTH, "trash: { collection: »../../x }"),
            orders(INVALID_NAME, BOTH, "trash: { collection: »../a/b }"),
            orders(INVALID_NAME, BOTH, "trash: { collection: »'x{collection}' }"),
            orders(INVALID_VALUE, BOTH, "trash: { delete: »purge }"),
            orders(INVALID_NAME, BOTH, "trash: { collection: »'' }"),
            orders(INVALID_NAME, BOTH, "trash: { restore: »undelete }"),
            orders(INVALID_NAME, BOTH, "trash: { restore: [»/a/b] }"),
            orders(INVALID_NAME, BOTH, "trash: { restore: [»':'] }"),
            orders(INVALID_NAME, BOTH, "trash: { restore: [»/] }"),
            orders(EMPTY_VALUE, BOTH, "trash: { restore: »[] }"),
            orders(WRONG_TYPE, BOTH, "revisions: »20"),
            orders(INVALID_VALUE, BOTH, "revisions: { keep: »-1 }"),
            orders(INVALID_VALUE, BOTH, "revisions: { keep: »1001 }"),
            orders(INVALID_VALUE, BOTH, "revisions: { keep: »1.5 }"),
            orders(INVALID_VALUE, BOTH, "revisions: { keep: »all }"),
            orders(INVALID_VALUE, BOTH, "revisions: { max-size: »1GB }"),
            orders(INVALID_VALUE, COMPILER, "revisions: { max-size: »17MB }"),
            orders(UNKNOWN_KEY, BOTH, "revisions: { »keeps: 20 }"),
            orders(DUPLICATE_NAME, COMPILER, "trash: { include: [all], only: [»all] }"),
            orders(DUPLICATE_NAME, COMPILER, "trash: { include: [»only_trashed] }"),
            orders(DUPLICATE_NAME, COMPILER, "trash: { only-when: { »with_trashed: archived } }"),
            orders(DUPLICATE_NAME, COMPILER, "trash: { include: [all, »all] }"),
            orders(DUPLICATE_NAME, COMPILER, "permanent: { parameter: »show_deleted }"),
            orders(DUPLICATE_NAME, COMPILER, "trash: { restore: [/restore, »/restore] }"));

    private static final List<BrokenFile> PRESETS = List.of(
            file(INVALID_VALUE, BOTH, HEAD + "preset: »wordpres\n" + RESOURCES),
            file(
                    DUPLICATE_NAME,
                    COMPILER,
                    HEAD + "preset: aep\nresources: { orders: { path: /orders, marker: { flag: is_trashed },"
                            + " permanent: { parameter: »show_deleted } } }\n"),
            orders(CONTRADICTION, COMPILER, "answers: { »delete-body: '{}' }"),
            orders(INVALID_VALUE, COMPILER, "answers: { delete: 200, delete-body: »nothing }"),
            orders(INVALID_NAME, BOTH, "answers: { repeat-code: »already gone }"),
            orders(INVALID_NAME, BOTH, "answers: { allow-missing: »all missing }"),
            orders(INVALID_VALUE, BOTH, "answers: { read: »200 }"),
            orders(INVALID_VALUE, BOTH, "trash: { writes: »restore }"));

    private static final List<BrokenFile> EMBEDDED = List.of(
            orders(WRONG_TYPE, BOTH, "embedded: »/invoices"),
            orders(MISSING_KEY, BOTH, "embedded: [»{ at: /order }]"),
            orders(MISSING_KEY, BOTH, "embedded: [»{ path: /invoices }]"),
            orders(UNKNOWN_KEY, BOTH, "embedded: [{ path: /invoices, at: /order, »wrap: /x }]"),
            orders(INVALID_TEMPLATE, BOTH, "embedded: [{ path: »invoices, at: /order }]"),
            orders(TEMPLATE_VARIABLES, COMPILER, "embedded: [{ path: »'/a/{a}/{a}', at: /order }]"),
            orders(INVALID_PLACE, BOTH, "embedded: [{ path: /invoices, at: »'' }]"),
            orders(INVALID_PLACE, BOTH, "embedded: [{ path: /invoices, at: [/order, »/o~x] }]"),
            orders(INVALID_PLACE, BOTH, "embedded: [{ path: /invoices, at: /order, id: »'' }]"),
            orders(EMPTY_VALUE, BOTH, "embedded: [{ path: /invoices, at: »[] }]"),
            orders(EMPTY_VALUE, BOTH, "embedded: [{ path: /invoices, type: »'' }]"),
            orders(INVALID_VALUE, BOTH, "embedded: [{ path: /invoices, at: /order, trashed: »hide }]"),
            orders(CONTRADICTION, BOTH, "embedded: [{ path: /invoices, »at: /order, type: orders }]"),
            orders(CONTRADICTION, BOTH, "embedded: [{ path: /invoices, type: orders, »row: /order }]"),
            orders(CONTRADICTION, BOTH, "embedded: [{ path: /invoices, type: orders, »id: key }]"),
            orders(CONTRADICTION, BOTH, "embedded: [{ path: /invoices, type: orders, trashed: »null }]"),
            file(NOT_A_DEFAULT, BOTH, HEAD + "defaults: { »embedded: [] }\n" + RESOURCES),
            orders(WRONG_TYPE, BOTH, "unique: »{ email: 1 }"),
            orders(INVALID_PLACE, BOTH, "unique: [email, »'']"),
            orders(INVALID_VALUE, BOTH, "duplicates: { status: »404 }"),
            orders(INVALID_VALUE, BOTH, "duplicates: { status: [409, »404] }"),
            orders(WRONG_TYPE, BOTH, "duplicates: { status: [»[409]] }"),
            orders(INVALID_VALUE, BOTH, "duplicates: { explain: »body }"),
            orders(UNKNOWN_KEY, BOTH, "duplicates: { »statuses: [409] }"),
            orders(CONTRADICTION, COMPILER, "create: »overwrite\npermanent: { allow: never }"));

    private static final List<BrokenFile> LATER = List.of(
            marker(INVALID_VALUE, BOTH, "{ snapshot: { recreate: »PATCH } }"),
            marker(INVALID_VALUE, BOTH, "{ snapshot: { max-size: »1GB } }"),
            marker(INVALID_VALUE, COMPILER, "{ snapshot: { max-size: »17MB } }"),
            marker(WRONG_TYPE, BOTH, "{ snapshot: { max-size: »1024 } }"),
            marker(INVALID_PLACE, BOTH, "{ snapshot: { redact: [»/card~2] } }"),
            marker(INVALID_PLACE, BOTH, "{ snapshot: { redact: »'' } }"),
            marker(UNKNOWN_KEY, BOTH, "{ snapshot: { »keep: 3 } }"),
            marker(WRONG_TYPE, BOTH, "{ snapshot: »PUT }"),
            marker(WRITE_NOT_USED, COMPILER, "{ snapshot: {} }\nwrite: { »method: PUT }"),
            orders(INEXACT_DURATION, BOTH, "retention: »P1Y"),
            orders(INEXACT_DURATION, BOTH, "retention: »P1M"),
            orders(INEXACT_DURATION, BOTH, "retention: »P1Y2M3DT4H5M6.7S"),
            orders(INEXACT_DURATION, BOTH, "retention: »P0D"),
            orders(INEXACT_DURATION, BOTH, "retention: »PT0H0M"),
            orders(INEXACT_DURATION, BOTH, "retention: »PT1.5S"),
            orders(INEXACT_DURATION, BOTH, "retention: »P100000D"),
            orders(INVALID_DURATION, BOTH, "retention: »P1D2W"),
            orders(INVALID_DURATION, BOTH, "retention: »-P1D"),
            orders(INVALID_DURATION, BOTH, "retention: »p30d"),
            orders(INVALID_DURATION, BOTH, "retention: »''"),
            orders(INVALID_DURATION, BOTH, "retention: »30 days"),
            orders(INVALID_DURATION, BOTH, "retention: »PT"),
            orders(UNKNOWN_RESOURCE, COMPILER, "children: [»lines]"),
            orders(UNKNOWN_RESOURCE, COMPILER, "children: »order"),
            orders(TEMPLATE_NOT_BELOW_ITEM, COMPILER, "children: [»orders]"),
            orders(WRONG_TYPE, BOTH, "children: [»7]"),
            orders(INVALID_VALUE, BOTH, "trash: { restore-ancestors: »always }"),
            orders(INVALID_VALUE, BOTH, "trash: { restore-ancestors: »'true' }"),
            orders(INVALID_VALUE, BOTH, "list: { next: »'' }"),
            orders(INVALID_VALUE, BOTH, "list: { next: [Link, »next page] }"),
            orders(INVALID_PLACE, BOTH, "list: { next: »/a~b }"));

    private static final String BY_OFFSET = "paging: { offset: offset, limit: limit }, next: Link";

    private static final List<BrokenFile> PAGES = List.of(
            orders(INVALID_VALUE, BOTH, "list: { short-pages: »never }"),
            orders(INVALID_VALUE, BOTH, "list: { total: »'total count' }"),
            orders(INVALID_PLACE, BOTH, "list: { total: [X-Total-Count, »/a~b] }"),
            orders(INVALID_VALUE, BOTH, "list: { total: /total, totals: »guess }"),
            orders(CONTRADICTION, COMPILER, "list: { totals: »drop }"),
            orders(WRONG_TYPE, BOTH, "list: { query: »[status] }"),
            orders(WRONG_TYPE, BOTH, "list: { query: { status: »[active] } }"),
            orders(WRONG_TYPE, BOTH, "list: { query: { status: »null } }"),
            orders(DUPLICATE_NAME, COMPILER, "list: { query: { »with_trashed: no } }"),
            orders(INVALID_VALUE, BOTH, "list: { paging: »links }"),
            orders(CONTRADICTION, BOTH, "list: { paging: »{} }"),
            orders(CONTRADICTION, BOTH, "list: { paging: »{ offset: o, page: p } }"),
            orders(INVALID_NAME, BOTH, "list: { paging: { offset: »'a b' } }"),
            orders(UNKNOWN_KEY, BOTH, "list: { paging: { offset: o, »size: s } }"),
            orders(UNKNOWN_KEY, BOTH, "list: { paging: { page: p, »limit: s } }"),
            orders(MISSING_KEY, BOTH, "list: { »paging: { cursor: c, from: /next } }"),
            orders(MISSING_KEY, BOTH, "list: { »paging: { cursor: c, limit: l } }"),
            orders(DUPLICATE_NAME, COMPILER, "list: { paging: { offset: x, limit: »x } }"),
            orders(CONTRADICTION, COMPILER, "list: { short-pages: »refill }"),
            orders(CONTRADICTION, COMPILER, "list: { short-pages: »refill, paging: { offset: offset } }"),
            orders(CONTRADICTION, COMPILER, "list: { short-pages: »refill-linked, paging: { page: page } }"),
            orders(CONTRADICTION, COMPILER, "list: { short-pages: »refill, paging: next }"),
            orders(
                    CONTRADICTION,
                    COMPILER,
                    "list: { short-pages: »refill, query: { status: active }, " + BY_OFFSET + " }"),
            orders(
                    DUPLICATE_NAME,
                    COMPILER,
                    "list: { short-pages: refill, next: Link, paging: { page: »cenotaph_page } }"));

    private static final List<BrokenFile> COLLIDING = List.of(
            two("{ path: /orders, marker: { flag: x } }", "{ path: »/orders, marker: { flag: x } }"),
            two("{ path: /orders, marker: { flag: x } }", "{ path: »/orders/, marker: { flag: x } }"),
            two("{ path: /orders, marker: { flag: x } }", "{ path: »/Orders, marker: { flag: x } }"),
            two(
                    "{ path: /a, item: \"/x/{id}\", marker: { flag: x } }",
                    "{ path: /b, item: »\"/x/{key}\", marker: { flag: x } }"),
            two("{ path: /a, marker: { flag: x } }", "{ path: /b, aliases: »\"/a/{id}\", marker: { flag: x } }"),
            two("{ path: /a, marker: { flag: x } }", "{ path: »\"/a/{b}\", marker: { flag: x } }"),
            two(
                    "{ path: /a, marker: { flag: x }, views: [{ path: /search }] }",
                    "{ path: /b, marker: { flag: x }, views: [{ path: »/search }] }"),
            two(
                    "{ path: /a, marker: { flag: x }, unlink: »\"/a/{id}/b/{tag}\" }",
                    "{ path: \"/a/{a}/b\", marker: { flag: x } }"),
            two("{ path: /a, marker: { flag: x } }", "{ path: »/a/trashed, marker: { flag: x } }"),
            two("{ path: »/a/trashed, marker: { flag: x } }", "{ path: /a, marker: { flag: x } }"),
            two("{ path: /a, marker: { flag: x } }", "{ path: »\"/a/{b}/restore\", marker: { flag: x } }"),
            two(
                    "{ path: /a, marker: { flag: x } }",
                    "{ path: /b, marker: { flag: x }, views: [{ path: »/a/trashed }] }"),
            orders(TEMPLATE_COLLISION, COMPILER, "views: [{ path: »/orders }]"),
            orders(TEMPLATE_COLLISION, COMPILER, "views: [{ path: /search }, { path: »/search }]"),
            orders(TEMPLATE_COLLISION, COMPILER, "aliases: [»'/orders/{id}']"),
            orders(TEMPLATE_COLLISION, COMPILER, "views: [{ path: »/orders/trashed }]"),
            two(
                    "{ path: /a, marker: { flag: x }, trash: { collection: '../deleted{collection}' } }",
                    "{ path: »/deleteda, marker: { flag: x } }"),
            two(
                    "{ path: »/a, marker: { flag: x }, trash: { collection: '../{collection}' } }",
                    "{ path: /b, marker: { flag: x } }"),
            orders(TEMPLATE_COLLISION, COMPILER, "unlink: »/orders/{id}/restore"));

    private static BrokenFile two(String one, String other) {
        return file(TEMPLATE_COLLISION, COMPILER, HEAD + "resources:\n  one: " + one + "\n  other: " + other + "\n");
    }
}
