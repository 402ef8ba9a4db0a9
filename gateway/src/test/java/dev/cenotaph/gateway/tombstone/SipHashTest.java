package dev.cenotaph.gateway.tombstone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipHashTest {

    /** The vectors of SipHash's authors whose length is a whole number of words: key and message are 00 01 02 … */
    @ParameterizedTest
    @CsvSource({
        "0, a3817f04ba25a8e66df67214c7550293",
        "8, 3b62a9ba6258f5610f83e264f31497b4",
        "56, 1938f2cf72d54ee97e94166fa91d2a36"
    })
    void agreesWithItsAuthors(int length, String expected) {
        ByteBuffer bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        for (byte next = 0; next < 64; next++) {
            bytes.put(next, next);
        }
        var hash = new SipHash(bytes.getLong(0), bytes.getLong(8));
        for (int at = 0; at < length; at += Long.BYTES) {
            hash.add(bytes.getLong(at));
        }
        hash.end();

        byte[] result = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(hash.first())
                .putLong(hash.second())
                .array();
        assertThat(HexFormat.of().formatHex(result)).isEqualTo(expected);
    }
}
