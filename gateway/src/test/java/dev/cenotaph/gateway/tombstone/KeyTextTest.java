package dev.cenotaph.gateway.tombstone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.policy.match.ItemKey;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {
    private static final List<String> PARTS = List.of(
            "", "a", "/", "%", "%|", "|", "%002F", "a/b", "ü", "😀", "\uD83D", "\uDE00", "\u0000", "?", "%D83D");

    @Test
    void ordinaryKeysReadAsTheyAre() {
        assertThat(KeyText.ofId("group/project")).isEqualTo("group/project");
        assertThat(KeyText.ofParents(List.of("users", "7"))).isEqualTo("users/7/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "7", "a/b", "100%", "%0041", "ü", "😀", "\uD83D", "\uDE00x", "a\u0000b", "x%", "\uDE00\uD83D"
            })
    void everyIdComesBack(String id) {
        assertThat(KeyText.id(throughUtf8(KeyText.ofId(id)))).isEqualTo(id);
        assertThat(KeyText.parents(throughUtf8(KeyText.ofParents(List.of(id, "x")))))
                .containsExactly(id, "x");
    }

    @Test
    void noTwoListsOfParentsAreSpeltAlike() {
        Map<String, List<String>> spelt = new HashMap<>();
        spelt.put(KeyText.ofParents(List.of()), List.of());
        for (String first : PARTS) {
            assertThat(spelt.put(throughUtf8(KeyText.ofParents(List.of(first))), List.of(first)))
                    .isNull();
            for (String second : PARTS) {
                assertThat(spelt.put(throughUtf8(KeyText.ofParents(List.of(first, second))), List.of(first, second)))
                        .isNull();
            }
        }
        assertThat(spelt)
                .allSatisfy((text, parents) -> assertThat(KeyText.parents(text)).isEqualTo(parents));
    }

    @Test
    void everyKeyComesBackFromOneText() {
        for (String resource : PARTS) {
            for (String parent : PARTS) {
                for (String id : PARTS) {
                    ItemKey key = new ItemKey(resource, List.of(parent, id), id + parent);
                    String text = String.join(
                            KeyText.BETWEEN,
                            KeyText.ofId(key.resource()),
                            KeyText.ofParents(key.parents()),
                            KeyText.ofId(key.id()));
                    assertThat(KeyText.key(throughUtf8(text))).isEqualTo(key);
                }
            }
        }
    }

    private static String throughUtf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
