package dev.cenotaph.policy.match;

import static dev.cenotaph.policy.match.Policies.matcher;
import static dev.cenotaph.policy.match.Policies.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictReadingTest {
    private static final PolicyMatcher SHOP = matcher(
            resource("orders", "/api/orders")
                    .alias("/api/o/{id}")
                    .unlink("/api/orders/{id}/tags/{tag}")
                    .view("/api/search"),
            resource("numbers", "/api/numbers").idPattern("[0-9]+").alias("/n/{id}"),
            resource("users", "/users"),
            resource("notes", "/users/{user}/notes")
                    .view("/users/{user}/recent")
                    .view("/notes/recent"),
            resource("mine", "/users/me/drafts"),
            resource("gone", "/api/gone").off(),
            resource("jobs", "/api/orders/{id}/jobs").off());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /                             | ungoverned
                    /api                          | ungoverned
                    /api/                         | ungoverned
                    /api/orderss/7                | ungoverned
                    /api/orders/7/jobs            | ungoverned
                    /api/orders/7/jobs/1          | ungoverned
                    /api/orders/7/jobs/1/log      | ungoverned
                    /api/gone/1                   | ungoverned
                    /health                       | ungoverned
                    /api/orders                   | orders collection
                    /api/orders/7                 | orders item orders:7
                    /api/o/7                      | orders item orders:7
                    /api/o                        | orders below-collection
                    /api/o/7/x                    | orders below-item in orders:7
                    /api/orders/7/lines           | orders below-item in orders:7
                    /api/orders/7/lines/          | orders below-item in orders:7
                    /api/orders/7/lines/3/x       | orders below-item in orders:7
                    /api/orders/7/tags            | orders below-item in orders:7
                    /api/orders/7/tags/red        | orders unlink in orders:7
                    /api/orders/7/tags/red/x      | orders below-item in orders:7
                    /api/search                   | orders shown
                    /api/search/x                 | ungoverned
                    /api/orders/trashed           | orders trash
                    /api/orders/trashed/7         | orders trash-item orders:7 at /api/orders/7
                    /api/orders/trashed/a%20b     | orders trash-item orders:a b at /api/orders/a%20b
                    /api/orders/trashed/7/x       | orders below-collection
                    /api/orders/7:undelete        | orders restore orders:7 at /api/orders/7, otherwise item orders:7:undelete
                    /api/orders/a%20b:undelete    | orders restore orders:a b at /api/orders/a%20b, otherwise item orders:a b:undelete
                    /api/orders/7/restore         | orders restore orders:7 at /api/orders/7, otherwise below-item
                    /api/o/7/restore              | orders restore orders:7 at /api/o/7, otherwise below-item
                    /api/o/7:undelete             | orders restore orders:7 at /api/o/7, otherwise item orders:7:undelete
                    /api/orders/7/restore/x       | orders below-item in orders:7
                    /api/orders/:undelete         | orders item orders::undelete
                    /api/orders/7:undelete/x      | orders below-item in orders:7:undelete
                    /api/numbers/7                | numbers item numbers:7
                    /api/numbers/x                | numbers below-collection
                    /api/numbers/x/y              | numbers below-collection
                    /api/numbers/7/y              | numbers below-item in numbers:7
                    /api/numbers/7:undelete       | numbers restore numbers:7 at /api/numbers/7, otherwise below-collection
                    /api/numbers/x:undelete       | numbers below-collection
                    /api/numbers/x/restore        | numbers below-collection
                    /api/numbers/trashed/7        | numbers trash-item numbers:7 at /api/numbers/7
                    /api/numbers/trashed/x        | numbers below-collection
                    /n/7                          | numbers item numbers:7
                    /n/x                          | numbers below-collection
                    /users/1                      | users item users:1
                    /users/1/x                    | users below-item in users:1
                    /users/1/notes                | notes collection[1] in users:1
                    /users/1/notes/7              | notes item notes[1]:7 in users:1
                    /users/a%2Cb/notes/7          | notes item notes[a,b]:7 in users:a,b
                    /users/1/notes/7/x            | notes below-item in users:1 in notes[1]:7
                    /users/1/notes/7/restore      | notes restore notes[1]:7 at /users/1/notes/7, otherwise below-item in users:1
                    /users/1/notes/trashed        | notes trash[1] in users:1
                    /users/1/notes/trashed/7      | notes trash-item notes[1]:7 at /users/1/notes/7 in users:1
                    /users/1/notes/trashed/7/x    | notes below-collection in users:1
                    /users/1/recent               | notes shown[1] in users:1
                    /notes/recent                 | notes shown
                    /users/me/drafts              | mine collection in users:me
                    /users/me/notes/7             | notes item notes[me]:7 in users:me
                    /users/me                     | users item users:me
                    /api/gone                     | ungoverned
                    /api/gone/7                   | ungoverned
                    /api/gone/../gone//7          | ungoverned
                    """)
    void pathMeansWhatItsTemplateSays(String path, String reading) {
        assertThat(Readings.line(SHOP.read(path))).isEqualTo(reading);
    }

    private static final PolicyMatcher TRACKER = matcher(
            resource("issues", "/issues.json").item("/issues/{id}.json").unlink("/issues/{id}/watchers/{user}.json"),
            resource("files", "/files").item("/files/{id}.xml"),
            resource("projects", "/projects.json").item("/projects/{project}.json"),
            resource("members", "/projects/{project}/members.json").item("/projects/{project}/members/{id}.json"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /issues.json                  | issues collection
                    /issues/7.json                | issues item issues:7
                    /issues/7.1.json              | issues item issues:7.1
                    /issues/.json                 | issues below-collection
                    /issues                       | issues below-collection
                    /issues/7                     | issues below-collection
                    /issues/7.xml                 | issues below-collection
                    /issues/7.js                  | issues below-collection
                    /issues/x                     | issues below-collection
                    /issues.json/7                | issues below-collection
                    /issues.xml                   | ungoverned
                    /issues/7/notes.json          | issues below-item in issues:7
                    /issues/7.json/notes          | issues below-item in issues:7
                    /issues/7/watchers/5.json     | issues unlink in issues:7
                    /issues/7.json:undelete       | issues restore issues:7 at /issues/7.json, otherwise below-collection
                    /issues/7.json/restore        | issues restore issues:7 at /issues/7.json, otherwise below-item
                    /issues/trashed.json          | issues trash
                    /issues/trashed/7.json        | issues trash-item issues:7 at /issues/7.json
                    /issues/trashed               | issues below-collection
                    /issues/trashed/7             | issues below-collection
                    /files                        | files collection
                    /files/trashed                | files trash
                    /files/trashed/7.xml          | files trash-item files:7 at /files/7.xml
                    /projects/p/members.json      | members collection[p] in projects:p
                    /projects/p/members/7.json    | members item members[p]:7 in projects:p
                    /projects/p/members/7         | members below-collection in projects:p
                    """)
    void suffixBelongsToTheTemplate(String path, String reading) {
        assertThat(Readings.line(TRACKER.read(path))).isEqualTo(reading);
    }

    private static final PolicyMatcher DJANGO =
            matcher(resource("posts", "/posts/"), resource("comments", "/posts/{post}/comments/"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /posts/                       | posts collection
                    /posts                        | ambiguous posts
                    /posts//                      | ambiguous posts
                    /posts/7/                     | posts item posts:7
                    /posts/7                      | ambiguous posts
                    /posts/7//                    | ambiguous posts
                    /posts/7/x                    | posts below-item in posts:7
                    /posts/7/x/                   | posts below-item in posts:7
                    /posts/trashed/               | posts trash
                    /posts/trashed                | ambiguous posts
                    /posts/trashed/7/             | posts trash-item posts:7 at /posts/7/
                    /posts/7:undelete             | posts restore posts:7 at /posts/7/, otherwise below-collection
                    /posts/7:undelete/            | posts restore posts:7 at /posts/7/, otherwise item posts:7:undelete
                    /posts/7/restore              | posts restore posts:7 at /posts/7/, otherwise below-item
                    /posts/7/restore/             | posts restore posts:7 at /posts/7/, otherwise below-item
                    /posts/7/comments/            | comments collection[7] in posts:7
                    /posts/7/comments/8/          | comments item comments[7]:8 in posts:7
                    /posts/7/comments/8           | ambiguous comments
                    """)
    void lastSlashBelongsToTheTemplate(String path, String reading) {
        assertThat(Readings.line(DJANGO.read(path))).isEqualTo(reading);
    }

    private static final PolicyMatcher FORGE = matcher(
            resource("projects", "/projects").slashesBelong(),
            resource("pages", "/projects/{project}/pages").slashesBelong(),
            resource("tags", "/tags"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /projects/a%2Fb               | projects item projects:a/b
                    /projects/a%2fb%2Fc           | projects item projects:a/b/c
                    /projects/a%2Fb/x             | projects below-item in projects:a/b
                    /projects/a%2Fb/x%2Fy         | projects below-item in projects:a/b
                    /projects/a%2Fb:undelete      | projects restore projects:a/b at /projects/a%2Fb, otherwise item projects:a/b:undelete
                    /projects/a%2Fb/pages/c%2Fd   | pages item pages[a/b]:c/d in projects:a/b
                    /projects/trashed/a%2Fb       | projects trash-item projects:a/b at /projects/a%2Fb
                    /projects/a/b                 | projects below-item in projects:a
                    /projects/a%2F..%2Fb          | ambiguous projects
                    /projects/..%2Fb              | ambiguous projects
                    /projects/a%2F.               | ambiguous projects
                    /projects/a%2F%2Fb            | ambiguous projects
                    /projects/%2Fb                | ambiguous projects
                    /projects/a%2F                | ambiguous projects
                    /projects/a%2F%2e%2e%2Fb      | ambiguous projects
                    /projects/a%252Fb             | ambiguous projects
                    /projects/a%2F%252e%252e%2Fb  | ambiguous projects
                    /projects/a%2Fb%3Bc           | ambiguous projects
                    /projects/a%5Cb               | ambiguous projects
                    /projects/a%2Fb/..            | ambiguous projects
                    /projects/a%20%2Fb            | ambiguous projects
                    /projects/a%2Fb/x%2F..%2F..%2Fc | ambiguous projects
                    /projects/a%2Fb/              | ambiguous projects
                    /projects/a%EF%B7%90b         | ambiguous projects
                    /projects%2Fa                 | ambiguous projects
                    /Projects/a%2Fb               | ambiguous projects
                    /tags/a%2Fb                   | ambiguous tags
                    /tags/a%252Fb                 | ambiguous tags
                    """)
    void encodedSlashBelongsToTheIdWherePolicySaysSo(String path, String reading) {
        assertThat(Readings.line(FORGE.read(path))).isEqualTo(reading);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /    | root below-collection
                    /a   | root item root:a
                    /a/b | root below-item in root:a
                    /..  | ambiguous root
                    a    | ambiguous root
                    """)
    void resourceMayLieAtTheRoot(String path, String reading) {
        PolicyMatcher matcher = matcher(resource("root", "/all").item("/{id}"));

        assertThat(Readings.line(matcher.read(path))).isEqualTo(reading);
    }

    @Test
    void parentsComeInTheOrderOfTheItemTemplate() {
        PolicyMatcher matcher = matcher(resource("cells", "/t/{table}/r/{row}")
                .item("/t/{table}/r/{row}/{id}")
                .alias("/cells/{id}/{row}/{table}"));

        assertThat(Readings.line(matcher.read("/cells/7/r1/t1"))).isEqualTo("cells item cells[t1, r1]:7");
        assertThat(Readings.line(matcher.read("/cells/7/r1/t1:undelete")))
                .isEqualTo("cells restore cells[t1, r1]:7 at /cells/7/r1/t1, otherwise item cells[t1:undelete, r1]:7");
    }

    @Test
    void itemMayHaveSomethingBehindItsId() {
        PolicyMatcher matcher = matcher(resource("docs", "/docs").item("/docs/{id}/body"));

        assertThat(Readings.line(matcher.read("/docs/7/body"))).isEqualTo("docs item docs:7");
        assertThat(Readings.line(matcher.read("/docs/7/body/x"))).isEqualTo("docs below-item in docs:7");
        assertThat(Readings.line(matcher.read("/docs/7/other"))).isEqualTo("docs below-item in docs:7");
        assertThat(Readings.line(matcher.read("/docs/7"))).isEqualTo("docs below-collection");
        assertThat(Readings.line(matcher.read("/docs/7/body:undelete")))
                .isEqualTo("docs restore docs:7 at /docs/7/body, otherwise below-item");
    }

    @Test
    void collectionWithoutItsParentsHasNoTrashItems() {
        PolicyMatcher matcher = matcher(resource("notes", "/notes").item("/users/{user}/notes/{id}"));

        assertThat(Readings.line(matcher.read("/notes"))).isEqualTo("notes collection");
        assertThat(Readings.line(matcher.read("/notes/trashed"))).isEqualTo("notes trash");
        assertThat(Readings.line(matcher.read("/notes/trashed/7"))).isEqualTo("notes below-collection");
        assertThat(Readings.line(matcher.read("/users/1/notes/7"))).isEqualTo("notes item notes[1]:7");
    }

    @Test
    void declaredTemplateGoesBeforeDerivedOnes() {
        PolicyMatcher matcher = matcher(
                resource("orders", "/orders").view("/orders/search"),
                resource("bin", "/orders/trashed"),
                resource("restores", "/orders/{order}/restore"));

        assertThat(Readings.line(matcher.read("/orders/trashed"))).isEqualTo("bin collection");
        assertThat(Readings.line(matcher.read("/orders/7/restore"))).isEqualTo("restores collection[7] in orders:7");
        assertThat(Readings.line(matcher.read("/orders/search"))).isEqualTo("orders shown");
    }

    @Test
    void namesOfVariablesInUnlinkTemplatesMayDiffer() {
        PolicyMatcher matcher = matcher(resource("orders", "/orders").unlink("/orders/{order}/tags/{tag}"));

        assertThat(Readings.line(matcher.read("/orders/7/tags/red"))).isEqualTo("orders unlink in orders:7");
    }

    @Test
    void literalsThatDifferInCaseAreNeverUngoverned() {
        PolicyMatcher matcher = matcher(resource("upper", "/Orders"), resource("lower", "/orders"));

        assertThat(Readings.line(matcher.read("/Orders/7"))).isIn("upper item upper:7", "ambiguous lower");
        assertThat(Readings.line(matcher.read("/orders/7"))).isIn("lower item lower:7", "ambiguous upper");
        assertThat(Readings.line(matcher.read("/ORDERS/7"))).startsWith("ambiguous ");
    }

    @Test
    void encodedLiteralMatchesAsWritten() {
        PolicyMatcher matcher = matcher(resource("orders", "/my%20orders"));

        assertThat(Readings.line(matcher.read("/my%20orders/7"))).isEqualTo("orders item orders:7");
        assertThat(Readings.line(matcher.read("/my orders/7"))).isEqualTo("ambiguous orders");
        assertThat(Readings.line(matcher.read("/%6Dy%20orders/7"))).isEqualTo("ambiguous orders");
    }

    @Test
    void oneViewIsNotTheOther() {
        PolicyMatcher matcher =
                matcher(resource("orders", "/orders").view("/{shop}/all").view("/shop/all"));

        assertThat(Readings.line(matcher.read("/shop/all"))).isEqualTo("orders shown");
        assertThat(Readings.line(matcher.read("/other/all"))).isEqualTo("orders shown");
        assertThat(Readings.line(matcher.read("/SHOP/all"))).isEqualTo("ambiguous orders");
    }

    @Test
    void aliasMayBeTheItemsOwnTemplate() {
        PolicyMatcher matcher = matcher(resource("orders", "/orders").alias("/orders/{id}"));

        assertThat(Readings.line(matcher.read("/orders/7"))).isEqualTo("orders item orders:7");
    }

    @Test
    void collisionIsRefused() {
        assertThatThrownBy(() -> matcher(resource("a", "/x"), resource("b", "/x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a (COLLECTION) and b (COLLECTION)");
        assertThatThrownBy(() -> matcher(resource("a", "/x").view("/x"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void templateThatCannotNameTheItemIsRefused() {
        assertThatThrownBy(() -> matcher(resource("a", "/a/{p}/b").alias("/c/{id}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/c/{id} lacks a variable");
        assertThatThrownBy(() -> matcher(resource("a", "/a/{p}/b").unlink("/c/{id}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/c/{id} is not below");
        assertThatThrownBy(() -> matcher(resource("a", "/a").item("/a/b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no variable");
    }

    @Test
    void restorePathFollowsTheItem() {
        assertThat(RestorePath.of("/orders/7", ":undelete")).isEqualTo("/orders/7:undelete");
        assertThat(RestorePath.of("/orders/7", "/restore")).isEqualTo("/orders/7/restore");
        assertThat(RestorePath.of("/posts/7/", "/restore")).isEqualTo("/posts/7/restore");
    }
}
