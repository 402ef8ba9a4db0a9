package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.policy.match.ItemKey;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The complete set of the keys that answer gone, some twenty bytes each, whatever their length: of a key it keeps what
 * {@link KeyHash} makes of it.
 *
 * <p>Any thread asks, without ever waiting, also while the index changes or grows: a bucket never changes, it is replaced,
 * and so is the directory of buckets. One thread at a time changes; the others that want to wait for it.
 */
final class TombstoneIndex {
    private static final int SMALLEST_DIRECTORY = 16;
    private static final int LARGEST_DIRECTORY = 1 << 26;
    /** How many keys a bucket holds, on average, when the directory doubles. */
    private static final int FULL = 16;

    private static final int WORDS = 2;

    /** How many bits of an id's hash code tell its count. */
    private static final int COUNT_BITS = 16;

    private static final long[] EMPTY = {};

    private final KeyHash hashes;
    private final Map<String, AtomicLong> sizes = new ConcurrentHashMap<>();
    private final AtomicLong size = new AtomicLong();
    /**
     * How many keys there are of whose ids the hash codes begin with the same bits. Most ids that are asked for share
     * theirs with none, and need no {@link KeyHash}. Whoever chooses ids to share one gains nothing but that hash.
     */
    private final AtomicIntegerArray counts = new AtomicIntegerArray(1 << COUNT_BITS);
    /**
     * The bucket of a key is at the first bits of its hash. A directory that has just doubled holds every bucket twice;
     * the first change of one of the two parts them. Until then a bucket may hold keys of its twin, which nobody looks for
     * there.
     */
    private volatile AtomicReferenceArray<long[]> directory = directory(SMALLEST_DIRECTORY);

    TombstoneIndex() {
        this(KeyHash.secret());
    }

    TombstoneIndex(KeyHash hashes) {
        this.hashes = hashes;
    }

    boolean contains(ItemKey key) {
        // Counted before it is there and for as long as it is, a key that nobody has counted is not there.
        if (counts.get(count(key)) == 0) {
            return false;
        }
        SipHash hash = hashes.of(key);
        AtomicReferenceArray<long[]> buckets = directory;
        return position(buckets.get(slot(buckets, hash.first())), hash.first(), hash.second()) >= 0;
    }

    long size() {
        return size.get();
    }

    /** Zero only if no key of the resource is in the index. */
    long size(String resource) {
        AtomicLong count = sizes.get(resource);
        return count == null ? 0 : count.get();
    }

    /** Answers whether the key was not there before. */
    synchronized boolean add(ItemKey key) {
        SipHash hash = hashes.of(key);
        if (size.get() >= (long) directory.length() * FULL && directory.length() < LARGEST_DIRECTORY) {
            directory = doubled(directory);
        }
        int slot = slot(directory, hash.first());
        long[] bucket = partedFromTwin(slot);
        if (position(bucket, hash.first(), hash.second()) >= 0) {
            return false;
        }
        // Counted before it is there, so that no count of zero hides a key.
        count(key, 1);
        directory.set(slot, with(bucket, hash.first(), hash.second()));
        return true;
    }

    /** Answers whether the key was there before. */
    synchronized boolean remove(ItemKey key) {
        SipHash hash = hashes.of(key);
        int slot = slot(directory, hash.first());
        long[] bucket = partedFromTwin(slot);
        int position = position(bucket, hash.first(), hash.second());
        if (position < 0) {
            return false;
        }
        directory.set(slot, without(bucket, position));
        count(key, -1);
        return true;
    }

    private static int count(ItemKey key) {
        return (key.id().hashCode() * 0x9E3779B9) >>> (Integer.SIZE - COUNT_BITS);
    }

    private void count(ItemKey key, int change) {
        counts.addAndGet(count(key), change);
        sizes.computeIfAbsent(key.resource(), resource -> new AtomicLong()).addAndGet(change);
        size.addAndGet(change);
    }

    /** The bucket, with none but its own keys. */
    private long[] partedFromTwin(int slot) {
        long[] bucket = directory.get(slot);
        int twin = slot ^ 1;
        if (bucket.length > 0 && directory.get(twin) == bucket) {
            directory.set(slot, ownKeys(bucket, slot));
            directory.set(twin, ownKeys(bucket, twin));
        }
        return directory.get(slot);
    }

    private long[] ownKeys(long[] bucket, int slot) {
        long[] own = new long[bucket.length];
        int length = 0;
        for (int at = 0; at < bucket.length; at += WORDS) {
            if (slot(directory, bucket[at]) == slot) {
                own[length] = bucket[at];
                own[length + 1] = bucket[at + 1];
                length += WORDS;
            }
        }
        return length == 0 ? EMPTY : Arrays.copyOf(own, length);
    }

    private static AtomicReferenceArray<long[]> directory(int length) {
        var empty = new AtomicReferenceArray<long[]>(length);
        for (int slot = 0; slot < length; slot++) {
            empty.setPlain(slot, EMPTY);
        }
        return empty;
    }

    private static AtomicReferenceArray<long[]> doubled(AtomicReferenceArray<long[]> small) {
        var large = new AtomicReferenceArray<long[]>(small.length() * 2);
        for (int slot = 0; slot < large.length(); slot++) {
            large.setPlain(slot, small.getPlain(slot / 2));
        }
        return large;
    }

    private static int slot(AtomicReferenceArray<long[]> directory, long hash) {
        return (int) (hash >>> (Long.SIZE - Integer.numberOfTrailingZeros(directory.length())));
    }

    private static int position(long[] bucket, long first, long second) {
        for (int at = 0; at < bucket.length; at += WORDS) {
            if (bucket[at] == first && bucket[at + 1] == second) {
                return at;
            }
        }
        return -1;
    }

    private static long[] with(long[] bucket, long first, long second) {
        long[] larger = Arrays.copyOf(bucket, bucket.length + WORDS);
        larger[bucket.length] = first;
        larger[bucket.length + 1] = second;
        return larger;
    }

    private static long[] without(long[] bucket, int position) {
        if (bucket.length == WORDS) {
            return EMPTY;
        }
        long[] smaller = Arrays.copyOf(bucket, bucket.length - WORDS);
        if (position < smaller.length) {
            System.arraycopy(bucket, smaller.length, smaller, position, WORDS);
        }
        return smaller;
    }
}
