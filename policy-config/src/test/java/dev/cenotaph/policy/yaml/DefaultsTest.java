package dev.cenotaph.policy.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.Mode;
import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.Write;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefaultsTest {

    @Test
    void mapsMergeKeyByKeyListsAndMarkersReplace() {
        var orders = merged("""
                  marker: { timestamp: deleted_at }
                  write: { method: PUT, exists: trust }
                  trash: { include: [a, b], collection: bin }
                  id: { href: /self }
                """, """
                    marker: { flag: is_trashed }
                    write: { verify: read }
                    trash: { include: [c] }
                    id: key
                """);
        assertThat(orders.marker()).isEqualTo(new Marker.Flag(new Place(List.of("is_trashed"))));
        assertThat(orders.write().method()).isEqualTo(Write.Method.PUT);
        assertThat(orders.write().exists()).isEqualTo(Write.Exists.TRUST);
        assertThat(orders.write().verify()).isEqualTo(Write.Verify.READ);
        assertThat(orders.trash().include()).containsExactly("c");
        assertThat(orders.trash().collection()).isEqualTo("bin");
        assertThat(orders.id()).hasToString("Member[place=/key]");
    }

    @Test
    void markerOfTheDefaultsServesResourcesWithoutOne() {
        assertThat(merged("  marker: { timestamp: deleted_at }\n", "    wrap: /o\n")
                        .marker())
                .isInstanceOf(Marker.Timestamp.class);
    }

    @Test
    void modeOfAResourceGoesBeforeThatOfTheDefaultsAndOfTheFile() {
        assertThat(merged("  mode: off\n", "    marker: { flag: x }\n").mode()).isEqualTo(Mode.OFF);
        assertThat(merged("  mode: off\n", "    marker: { flag: x }\n    mode: enforce\n")
                        .mode())
                .isEqualTo(Mode.ENFORCE);
        assertThat(Yaml.only("mode: off\n" + Yaml.orders("")).mode()).isEqualTo(Mode.OFF);
        assertThat(Yaml.only("mode: off\n" + Yaml.orders("mode: enforce")).mode())
                .isEqualTo(Mode.ENFORCE);
    }

    @Test
    void gatewaysModeOnlyTakesAway() {
        assertThat(Mode.ENFORCE.atMost(Mode.DRAIN)).isEqualTo(Mode.DRAIN);
        assertThat(Mode.SHADOW.atMost(Mode.DRAIN)).isEqualTo(Mode.SHADOW);
        assertThat(Mode.DRAIN.atMost(Mode.SHADOW)).isEqualTo(Mode.SHADOW);
        assertThat(Mode.OFF.atMost(Mode.ENFORCE)).isEqualTo(Mode.OFF);
    }

    @Test
    void mistakeInTheDefaultsIsToldOnceWhateverTheResourcesSay() {
        assertThat(Yaml.found(Yaml.HEAD + """
                defaults:
                  wrap: /~
                  answers: { gone: 403 }
                  write: { methd: PUT }
                resources:
                  a: { path: /a, marker: { flag: x } }
                  b: { path: /b, marker: { flag: x }, wrap: /b }
                """))
                .containsExactly("4:9 invalid-place", "5:20 invalid-value", "6:12 unknown-key");
    }

    @Test
    void mistakeInDefaultsThatNoResourceUsesIsToldToo() {
        assertThat(Yaml.found(Yaml.HEAD + """
                defaults: { wrap: /~ }
                resources:
                  a: { path: /a, marker: { flag: x }, wrap: /a }
                """)).containsExactly("3:19 invalid-place");
    }

    @Test
    void keysThatExcludeEachOtherAreJudgedInEachResource() {
        assertThat(Yaml.found(Yaml.HEAD + """
                defaults: { write: { replace: yes } }
                resources:
                  a: { path: /a, marker: { flag: x }, write: { method: PUT } }
                """)).isEmpty();
        assertThat(Yaml.found(Yaml.HEAD + """
                defaults: { write: { format: merge-patch } }
                resources:
                  a: { path: /a, marker: { flag: x }, write: { method: PUT } }
                """)).containsExactly("5:56 contradiction");
        assertThat(Yaml.found(Yaml.HEAD + """
                defaults: { write: { replace: yes } }
                resources:
                  a: { path: /a, marker: { flag: x } }
                  b: { path: /b, marker: { flag: x } }
                """)).containsExactly("3:31 contradiction");
    }

    @Test
    void defaultsOfTheWriteAreNotForMarkersInSubResources() {
        var orders = merged(
                "  write: { method: PUT, exists: trust }\n",
                "    marker: { extension: { resource: '/orders/{id}/meta', key: k, value: v } }\n");
        assertThat(orders.marker()).isInstanceOf(Marker.ExtensionResource.class);
        assertThat(orders.write().exists()).isEqualTo(Write.Exists.TRUST);
    }

    @Test
    void parameterOfTheDefaultsMayNotMeanTwoThingsInAResource() {
        assertThat(Yaml.found(Yaml.HEAD + """
                defaults: { permanent: { parameter: force } }
                resources:
                  a: { path: /a, marker: { flag: x }, trash: { include: force } }
                """)).containsExactly("3:37 duplicate-name");
    }

    @Test
    void wholeBlocksCanBeShared() {
        assertThat(Yaml.compile(Yaml.HEAD + """
                resources:
                  a: { path: /a, marker: &m { flag: x } }
                  b: { path: /b, marker: *m }
                """).resources())
                .extracting(ResourcePolicy::marker)
                .containsOnly(new Marker.Flag(new Place(List.of("x"))));
    }

    private static ResourcePolicy merged(String defaults, String lines) {
        return Yaml.only(Yaml.HEAD + "defaults:\n" + defaults + "resources:\n  orders:\n    path: /orders\n" + lines);
    }
}
