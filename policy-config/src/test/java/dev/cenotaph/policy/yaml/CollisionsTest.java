package dev.cenotaph.policy.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What collides is in {@link BrokenFiles}; here is what does not, and how collisions are told. */
class CollisionsTest {

    @ParameterizedTest
    @CsvSource({
        "/orders/{id},        /orders/recent",
        "/orders/{id},        /orders/{id}.json",
        "/orders/{id}.json,   /orders/{id}.xml",
        "/orders/{id},        /orders/{id}/lines/{line}",
        "/{tenant}/orders/x,  /acme/{resource}/x",
        "/a/{id},             /b/{id}",
    })
    void moreSpecificTemplatesDoNotCollide(String one, String other) {
        assertThat(shape(one)).isNotEqualTo(shape(other));
    }

    private static String shape(String template) {
        var at = Position.startOf("a.yaml");
        return new Claim("orders", "path", Templates.parse(template).segments(), at, true).shape();
    }

    @Test
    void nestedResourcesLiveBesideTheTrashOfTheirParents() {
        assertThat(Yaml.found(Yaml.HEAD + """
                resources:
                  users: { path: /users, marker: { flag: x } }
                  notes: { path: '/users/{user}/notes', marker: { flag: x } }
                  lines: { path: '/users/{user}/notes/{note}/lines', marker: { flag: x } }
                """)).isEmpty();
    }

    @Test
    void revisionsCollideWithAResourceOfThatName() {
        assertThat(Yaml.problems(Yaml.HEAD + """
                resources:
                  orders: { path: /orders, marker: { flag: x }, revisions: {} }
                  old: { path: '/orders/{order}/Revisions', marker: { flag: x } }
                """))
                .first()
                .hasToString("a.yaml:5:16: template-collision: The path of `old` and the list of revisions of `orders` "
                        + "(a.yaml:4:49) can be the same URL. Change or remove one of them.");
        assertThat(Yaml.found(Yaml.HEAD + """
                resources:
                  orders: { path: /orders, marker: { flag: x }, revisions: { keep: 0 } }
                  old: { path: '/orders/{order}/revisions', marker: { flag: x } }
                """)).isEmpty();
    }

    @Test
    void revisionsCollideWithAWayToRestoreAndAnUnlink() {
        for (String other :
                java.util.List.of("trash: { restore: /revisions }", "unlink: '/orders/{id}/revisions/{r}'")) {
            assertThat(Yaml.problems(Yaml.orders("revisions: {}\n" + other)))
                    .as(other)
                    .extracting(problem -> problem.code())
                    .containsExactly("template-collision");
        }
    }

    @Test
    void twoResourcesOnOnePathAreToldOnce() {
        assertThat(Yaml.problems(Yaml.orders(""), Yaml.orders("").replace("orders:", "again:")))
                .singleElement()
                .hasToString("b.yaml:5:11: template-collision: The path of `again` and the path of `orders` "
                        + "(a.yaml:5:11) can be the same URL. Change or remove one of them.");
    }

    @Test
    void collisionWithWhatFollowsFromAnotherIsToldWhereItIsWritten() {
        assertThat(Yaml.problems(Yaml.HEAD + """
                resources:
                  bin: { path: /orders/trashed, marker: { flag: x } }
                  orders: { path: /orders, marker: { flag: x } }
                """))
                .singleElement()
                .hasToString("a.yaml:4:16: template-collision: The path of `bin` and the trash collection of `orders` "
                        + "(a.yaml:5:3) can be the same URL. Change one of them, or `trash` of `orders`.");
    }

    @Test
    void ownNamesForTheTrashAndTheRestoreAvoidCollisions() {
        assertThat(Yaml.found(Yaml.HEAD + """
                resources:
                  bin: { path: /orders/trashed, marker: { flag: x } }
                  restores: { path: '/orders/{order}/restore', marker: { flag: x } }
                  orders: { path: /orders, marker: { flag: x }, trash: { collection: bin, restore: ':undelete' } }
                """)).isEmpty();
    }

    @Test
    void twoTrashesThatCollideAreToldAtTheKeyThatMakesThem() {
        assertThat(Yaml.found(Yaml.HEAD + """
                resources:
                  a: { path: '/{x}/a', item: '/{x}/i/{id}', marker: { flag: x }, trash: { collection: bin } }
                  b: { path: '/{x}/a/', item: '/{x}/j/{id}', marker: { flag: x }, trash: { collection: bin } }
                """)).containsExactly("5:14 template-collision");
    }

    @Test
    void oneResourceMayServeItsItemsWithAndWithoutTheLastSlash() {
        assertThat(Yaml.found(Yaml.orders("aliases: /orders/{id}/\nviews: [{ path: /orders/ }]")))
                .isEmpty();
    }

    @Test
    void restoreOfAnItemWithALastSlashFollowsWhatComesBeforeIt() {
        String resources = Yaml.HEAD + """
                resources:
                  a: { path: /a/, marker: { flag: x } }
                  b: { path: '%s', marker: { flag: x } }
                """;
        assertThat(Yaml.found(resources.formatted("/a/{a}/restore"))).containsExactly("5:14 template-collision");
        assertThat(Yaml.found(resources.formatted("/a/{a}:undelete"))).containsExactly("5:14 template-collision");
        assertThat(Yaml.found(resources.formatted("/a/{a}/other"))).isEmpty();
    }
}
