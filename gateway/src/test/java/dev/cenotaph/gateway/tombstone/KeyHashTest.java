package dev.cenotaph.gateway.tombstone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.policy.match.ItemKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyHashTest {
    private record Bits(long first, long second) {}

    private final KeyHash hashes = new KeyHash(1, 2);

    @Test
    void sameKeyHasTheSameBits() {
        assertThat(bits(hashes, new ItemKey("orders", List.of("a"), "7")))
                .isEqualTo(bits(hashes, new ItemKey("orders", List.of("a"), "7")));
    }

    @Test
    void anotherSecretGivesOtherBits() {
        ItemKey key = new ItemKey("orders", List.of(), "7");
        assertThat(bits(KeyHash.secret(), key)).isNotEqualTo(bits(KeyHash.secret(), key));
    }

    /** Keys that run into each other wherever a boundary is not framed, or a short text is padded. */
    @Test
    void keysThatOnlyDifferInTheirBoundariesHaveDifferentBits() {
        List<String> texts = new ArrayList<>(List.of(""));
        for (int from = 0; texts.size() < 150; from++) {
            for (String next : List.of("a", "\0", "\uD800", "é")) {
                texts.add(texts.get(from) + next);
            }
        }
        Set<ItemKey> keys = new HashSet<>();
        var random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            List<String> parents = new ArrayList<>();
            for (int parent = random.nextInt(4); parent > 0; parent--) {
                parents.add(texts.get(random.nextInt(texts.size())));
            }
            keys.add(new ItemKey(
                    texts.get(random.nextInt(texts.size())), parents, texts.get(random.nextInt(texts.size()))));
        }
        for (String id : texts) {
            keys.add(new ItemKey("", List.of(), id));
            keys.add(new ItemKey(id, List.of(), ""));
            keys.add(new ItemKey("", List.of(id), ""));
            keys.add(new ItemKey("", List.of("", id), ""));
            keys.add(new ItemKey("", List.of(id, ""), ""));
        }

        Set<Bits> all = new HashSet<>();
        keys.forEach(key -> all.add(bits(hashes, key)));

        assertThat(all).hasSameSizeAs(keys);
    }

    private static Bits bits(KeyHash hashes, ItemKey key) {
        SipHash hash = hashes.of(key);
        return new Bits(hash.first(), hash.second());
    }
}
