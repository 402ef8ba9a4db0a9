package dev.cenotaph.gateway.listing;

import static dev.cenotaph.policy.marker.TestPolicy.place;

import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.marker.TestPolicy;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** Our filter, by the rules that {@link ListOracle} follows. */
final class ListUnderTest {
    private static final Rows ROWS = Rows.of(TestPolicy.with(TestPolicy.STATUS).policy(), Place.ROOT);

    private ListUnderTest() {}

    /**
     * What is left of a list; empty if it cannot be filtered.
     *
     * @param cuts where chunks end, in their order
     */
    static Optional<byte[]> filtered(byte[] body, Optional<String> items, int... cuts) {
        var out = new ByteArrayOutputStream();
        var filter = ListFilter.of(
                items.map(name -> place(name)).orElse(Place.ROOT),
                ROWS.judge(Rows.Scope.EXCLUDE, new Index()),
                ListFilter.Limits.DEFAULT);
        try {
            int from = 0;
            for (int cut : cuts) {
                feed(filter, body, from, cut, out);
                from = cut;
            }
            feed(filter, body, from, body.length, out);
            filter.finish(out::write);
        } catch (UnfilterableListException refused) {
            return Optional.empty();
        }
        return Optional.of(out.toByteArray());
    }

    /** From the middle of a larger array, of which nothing may be used when the call has returned. */
    private static void feed(ListFilter filter, byte[] body, int from, int to, ByteArrayOutputStream out) {
        byte[] chunk = new byte[to - from + 5];
        Arrays.fill(chunk, (byte) '"');
        System.arraycopy(body, from, chunk, 3, to - from);
        try {
            filter.feed(chunk, 3, to - from, out::write);
        } finally {
            Arrays.fill(chunk, (byte) '#');
        }
    }

    private static final class Index implements IndexView {
        @Override
        public boolean isTrashed(String id) {
            return ListOracle.TRASHED.contains(id);
        }

        @Override
        public void sawTrashed(String id, Optional<Instant> since) {}

        @Override
        public boolean sawLive(String id) {
            return false;
        }
    }
}
