package dev.cenotaph.policy.yaml;

import java.util.List;
import java.util.stream.Stream;

/** Files without a mistake: every value that a key takes, and shapes that look odd and are none the less fine. */
final class SoundFiles {
    private SoundFiles() {}

    static Stream<String> all() {
        return Stream.of(
                        LINES.stream().map(Yaml::orders),
                        MARKERS.stream().map(marker -> Yaml.resource("path: /orders\nmarker: " + marker)),
                        PATHS.stream().map(path -> Yaml.resource("path: " + path + "\nmarker: { flag: x }")),
                        FILES.stream())
                .flatMap(files -> files);
    }

    private static final String ORDERS = "resources: { orders: { path: /orders, marker: { flag: x } } }\n";

    private static final List<String> LINES = List.of(
            "item: /orders/{id}.json",
            "item: /orders/{id}/",
            "id: /meta/id",
            "id: { href: /_links/self/href }",
            "id-pattern: none",
            "id-pattern: '[0-9]+'",
            "wrap: ''",
            "wrap: order",
            "wrap: /a~1b/~0",
            "wrap: /",
            "encoded-slash: id",
            "aliases: []",
            "aliases: ['/o/{id}', '/legacy/order-by-key/{id}']",
            "aliases: /orders/{id}/",
            "write: {}",
            "write: { method: PATCH, format: json-patch, replace: no, at: none, exists: if-match, verify: read }",
            "write: { method: PUT, replace: auto, at: /meta/deleted, exists: trust, verify: none }",
            "write: { method: PUT, format: json, replace: no, exists: check, verify: response }",
            "write: { method: PUT, exists: if-match }",
            "write: { method: POST, format: merge-patch }",
            "write: { method: POST, replace: yes }",
            "list: {}",
            "list: { items: /data, row: /order, media-types: ['*/*', application/vnd.api+json], on-unfilterable: pass }",
            "list: { media-types: application/*+json, total: [], next: [], query: {}, short-pages: allow }",
            "list: { next: Link }",
            "list: { total: X-Total-Count }",
            "list: { total: [/meta/total, X-Total-Count], totals: drop, paging: { page: page, size: per_page } }",
            "list: { query: { status: active, 'filter[deleted]': false, $top: 1 } }",
            "list: { paging: { offset: offset } }",
            "list: { short-pages: refill, paging: next, next: /links/next }",
            "list: { short-pages: refill, paging: { offset: skip, limit: top }, next: Link }",
            "list: { short-pages: refill-linked, paging: { page: page }, next: Link }",
            "list: { short-pages: refill, paging: { cursor: after, limit: limit, from: X-Next } }",
            "list: { short-pages: refill, paging: { cursor: page_token, limit: page_size, from: /next_page_token } }",
            "list: { next: [/links/next, X-Next-Page, Link] }",
            "views: []",
            "views: [{ path: /search, items: /results, row: /hit }, { path: /orders/recent }]",
            "unlink: ['/orders/{id}/tags/{tag}', '/orders/{id}/cart']",
            "embedded: []",
            "embedded: [{ path: '/invoices/{id}', at: /customer, trashed: null }]",
            "embedded: [{ path: /dashboard, at: [/latest/*, /pinned], row: /order, id: order_id, trashed: 'null' }]",
            "embedded: [{ path: /articles, type: people }, { path: /articles, at: owner, trashed: stub }]",
            "embedded: [{ path: '/{tenant}/a.json', type: people, trashed: keep }]",
            "unique: []",
            "unique: email",
            "unique: [email, /meta/sku]\nduplicates: { status: [409, 422, 400], explain: problem }",
            "create: pass\nduplicates: { status: 422, explain: headers }",
            "create: overwrite\npermanent: { allow: trashed }",
            "create: revive",
            "answers: { delete: 200, repeat: 204, gone: 404 }",
            "answers: { delete: 202, repeat: gone, gone: 410 }",
            "answers: { delete: pass }",
            "answers: { delete: 0xCC, gone: 410.0 }",
            "revisions: {}",
            "revisions: { keep: 0 }",
            "revisions: { keep: 1000, max-size: 16MB, redact: [secret, /cards/*/number] }",
            "revisions: { max-size: 100B, redact: /card }",
            "trash: { only-when: { status: archived, bin: 1, hidden: true } }",
            "trash: { include: all, only: [], collection: bin, restore: /back }",
            "trash: { include: [deleted.too], only: [only-deleted], restore: [':un-delete', /restore_it] }",
            "trash: { collection: ../bin, delete: permanent }",
            "trash: { collection: '../deleted{collection}' }",
            "permanent: { parameter: force, allow: trashed }",
            "permanent: { allow: never }",
            "retention: none",
            "retention: P30D",
            "retention: P2W",
            "retention: P1W2DT3H4M5S",
            "retention: PT36H",
            "retention: P99999D",
            "children: []",
            "answers: { delete: cascade }",
            "trash: { restore-ancestors: true }",
            "create: reserve",
            "collection-delete: pass",
            "collection-delete: expand",
            "collection-delete: expand\nexpand: {}",
            "expand: { ids: id, separator: '|', paths: [':purge-many', /bulk-delete], most: 1000, all-well: 200 }",
            "expand: { ids: [id, key], paths: [], most: 1, all-well: 207 }",
            "batch: pass",
            "reveal: known-caller",
            "reveal: verified",
            "marker-writes: refuse",
            "override: apply",
            "mode: off",
            "list: &list { items: /data }\ntrash: {}");

    private static final List<String> MARKERS = List.of(
            "{ flag: /meta/deleted }",
            "{ flag: a member with spaces }",
            "{ timestamp: deleted_at }",
            "{ status: { field: /state, trashed: 3, live: previous } }",
            "{ status: { field: state, trashed: true, live: false } }",
            "{ status: { field: state, trashed: \"3\", live: 3 } }",
            "{ status: { field: state, trashed: gone, live: null } }",
            "{ extension: { list: /ext, key: deleted, value: true } }",
            "{ extension: { list: /ext, key: deleted, value: timestamp, names: { key: id, value: content } } }",
            "{ extension: { resource: '/orders/{id}/meta', key: deleted, value: 1 } }",
            "{ extension: { resource: '/meta/{id}', namespace: n, key: k, value: v, names: {} } }");

    private static final List<String> PATHS = List.of(
            "/",
            "/orders/",
            "/v1.0/orders",
            "/~user/a:b@c/(x)",
            "/b%C3%BCcher",
            "/a%20b",
            "/.well-known",
            "/...",
            "'/{tenant}'",
            "'/{tenant}/orders'",
            "'/{tenant}.v1/a'");

    private static final List<String> FILES = List.of(
            "version: 1.0\nupstream: https://shop:8443/\n" + ORDERS,
            "version: 1\nupstream: ${SHOP_URL:http://localhost:9090}\n" + ORDERS,
            "version: 1\nupstream: http://${SHOP_HOST}:9090\n" + ORDERS,
            Yaml.HEAD + "mode: off\n" + ORDERS,
            Yaml.HEAD + "defaults: {}\n" + ORDERS,
            Yaml.HEAD + "defaults: { mode: off, write: { method: PUT }, answers: { gone: 404 } }\n" + ORDERS,
            Yaml.HEAD + "defaults: { marker: { timestamp: deleted_at } }\nresources: { orders: { path: /orders } }\n");
}
