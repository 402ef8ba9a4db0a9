package dev.cenotaph.gateway.listing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The filter against {@link ListOracle}, on bytes that Jazzer makes up, guided by the branches they reach. Not part of a
 * build, where {@link ListFilterPropertyTest} runs the same seeds and changes of them. Ten minutes of fuzzing:
 *
 * <pre>JAZZER_FUZZ=1 ./mvnw -pl policy-config,gateway test -Dtest=ListFilterFuzzTest -Dexcluded.tests=none \
 *     -Dsurefire.failIfNoSpecifiedTests=false</pre>
 *
 * What it finds it leaves in {@code src/test/resources}, from where it is one of the seeds.
 */
class ListFilterFuzzTest {
    private static final List<Optional<String>> ITEMS = List.of(Optional.empty(), Optional.of("items"));

    /** The first byte says where the document is cut in two. */
    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void filterAndJacksonAgree(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] body = Arrays.copyOfRange(input, 1, input.length);
        int cut = Math.min(input[0] & 0xFF, body.length);
        for (Optional<String> items : ITEMS) {
            String expected = text(ListOracle.filtered(body, items));
            same(expected, text(ListUnderTest.filtered(body, items)));
            same(expected, text(ListUnderTest.filtered(body, items, cut)));
        }
    }

    static Stream<byte[]> seeds() {
        return ListFilterPropertyTest.documents().map(ListFilterFuzzTest::cutInTheMiddle);
    }

    private static byte[] cutInTheMiddle(byte[] body) {
        byte[] input = new byte[body.length + 1];
        input[0] = (byte) (body.length / 2);
        System.arraycopy(body, 0, input, 1, body.length);
        return input;
    }

    private static void same(String expected, String actual) {
        if (!actual.equals(expected)) {
            throw new AssertionError("expected " + expected + " but was " + actual);
        }
    }

    private static String text(Optional<byte[]> body) {
        return body.map(bytes -> new String(bytes, UTF_8)).orElse("(cannot be filtered)");
    }
}
