package dev.cenotaph.gateway.tombstone;

/**
 * SipHash-2-4 with 128 bits over a sequence of 64-bit words, for one use.
 *
 * @see <a href="https://www.aumasson.jp/siphash/siphash.pdf">SipHash: a fast short-input PRF</a>
 */
final class SipHash {
    private long v0;
    private long v1;
    private long v2;
    private long v3;
    private long words;
    private long first;
    private long second;

    /** The two words are the secret. */
    SipHash(long k0, long k1) {
        v0 = k0 ^ 0x736f6d6570736575L;
        v1 = k1 ^ 0x646f72616e646f6dL ^ 0xee;
        v2 = k0 ^ 0x6c7967656e657261L;
        v3 = k1 ^ 0x7465646279746573L;
    }

    /** Goes on from where another one is. */
    SipHash(SipHash other) {
        v0 = other.v0;
        v1 = other.v1;
        v2 = other.v2;
        v3 = other.v3;
        words = other.words;
    }

    void add(long word) {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
        words++;
    }

    /** After the last word, before the result is asked for. */
    void end() {
        add((words * Long.BYTES) << 56);
        v2 ^= 0xee;
        fourRounds();
        first = v0 ^ v1 ^ v2 ^ v3;
        v1 ^= 0xdd;
        fourRounds();
        second = v0 ^ v1 ^ v2 ^ v3;
    }

    long first() {
        return first;
    }

    long second() {
        return second;
    }

    private void fourRounds() {
        round();
        round();
        round();
        round();
    }

    private void round() {
        v0 += v1;
        v2 += v3;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v1;
        v0 += v3;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 = Long.rotateLeft(v2, 32);
    }
}
