package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.policy.match.ItemKey;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stands for a key with 128 bits: {@link SipHash} under a secret that is drawn anew for every index and never leaves it.
 *
 * <p>Two keys of ten million share their bits with a probability of 10¹⁴ / 2 / 2¹²⁸ ≈ 1.5·10⁻²⁵, a key that is asked for
 * with one of them with 3·10⁻³². Nobody can do better by choosing ids: without the secret, SipHash cannot be told from a
 * random function, and of its results nothing is to be seen but whether an item is gone.
 */
final class KeyHash {
    private static final int CHARS = Long.BYTES / Character.BYTES;

    private final long k0;
    private final long k1;

    /** Who asks for one item of a list asks for them all. Immutable, so that threads may see each other's or not. */
    private @Nullable Collection last;

    KeyHash(long k0, long k1) {
        this.k0 = k0;
        this.k1 = k1;
    }

    static KeyHash secret() {
        var random = new SecureRandom();
        return new KeyHash(random.nextLong(), random.nextLong());
    }

    /** No two keys give the same words: every text is led by its length, and the parents by their number. */
    SipHash of(ItemKey key) {
        Collection collection = last;
        if (collection == null || !collection.holds(key)) {
            collection = collection(key);
            last = collection;
        }
        var hash = new SipHash(collection.hash);
        add(key.id(), hash);
        hash.end();
        return hash;
    }

    private Collection collection(ItemKey key) {
        var hash = new SipHash(k0, k1);
        List<String> parents = key.parents();
        add(key.resource(), hash);
        hash.add(parents.size());
        for (int parent = 0; parent < parents.size(); parent++) {
            add(parents.get(parent), hash);
        }
        return new Collection(key.resource(), parents, hash);
    }

    /**
     * What the keys of one collection begin with.
     *
     * @param hash over it; not to be changed
     */
    private record Collection(String resource, List<String> parents, SipHash hash) {
        boolean holds(ItemKey key) {
            return resource.equals(key.resource()) && parents.equals(key.parents());
        }
    }

    private static void add(String text, SipHash hash) {
        int length = text.length();
        hash.add(length);
        int at = 0;
        for (; at + CHARS <= length; at += CHARS) {
            hash.add(text.charAt(at)
                    | ((long) text.charAt(at + 1) << 16)
                    | ((long) text.charAt(at + 2) << 32)
                    | ((long) text.charAt(at + 3) << 48));
        }
        if (at < length) {
            hash.add(rest(text, at));
        }
    }

    private static long rest(String text, int start) {
        long word = 0;
        for (int at = text.length() - 1; at >= start; at--) {
            word = (word << 16) | text.charAt(at);
        }
        return word;
    }
}
