package dev.cenotaph.gateway.listing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenotaph.gateway.exchange.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class DecoderTest {
    private static final ListLimits LIMITS =
            new ListLimits(1000, 1000, 1_000_000, 200, new Deadline(Duration.ofMinutes(1)));

    @Test
    void plainBodyStaysAsItIs() throws IOException {
        assertThat(decoded(new HttpHeaders(), "abc".getBytes(UTF_8), 2)).isEqualTo("abc".getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1023, 1024, 1025, 100_000})
    void gzipComesOutWhateverTheChunks(int chunk) throws IOException {
        byte[] text = text(50_000);
        assertThat(decoded(gzipped(), gzip(text), chunk)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1024, 100_000})
    void severalMembersAreOneBody(int chunk) throws IOException {
        var both = new ByteArrayOutputStream();
        both.writeBytes(gzip("ab".getBytes(UTF_8)));
        both.writeBytes(gzip("cd".getBytes(UTF_8)));
        assertThat(decoded(gzipped(), both.toByteArray(), chunk)).isEqualTo("abcd".getBytes(UTF_8));
    }

    @Test
    void oldNameOfGzipIsKnown() throws IOException {
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.CONTENT_ENCODING, "X-GZip");
        assertThat(decoded(headers, gzip("ab".getBytes(UTF_8)), 10)).isEqualTo("ab".getBytes(UTF_8));
    }

    @Test
    void brokenGzipFailsAndCanStillBeClosed() throws IOException {
        byte[] broken = gzip(text(10_000));
        Arrays.fill(broken, 100, 200, (byte) 0xff);
        assertThatThrownBy(() -> decoded(gzipped(), broken, 50)).isInstanceOf(UnfilterableListException.class);
    }

    @Test
    void bodyThatGrowsBeyondTheRatioFails() throws IOException {
        byte[] bomb = gzip(new byte[900_000]);
        assertThatThrownBy(() -> decoded(gzipped(), bomb, 500))
                .isInstanceOf(UnfilterableListException.class)
                .hasMessageContaining("beyond all measure");
    }

    @Test
    void bodyThatGrowsBeyondTheSizeFails() throws IOException {
        byte[] large = gzip(text(1_000_001));
        assertThatThrownBy(() -> decoded(gzipped(), large, 5000)).isInstanceOf(UnfilterableListException.class);
        assertThat(decoded(gzipped(), gzip(text(1_000_000)), 5000)).hasSize(1_000_000);
    }

    private static HttpHeaders gzipped() {
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
        return headers;
    }

    private static byte[] decoded(HttpHeaders headers, byte[] body, int chunk) {
        Decoder decoder = Decoder.of(headers, LIMITS);
        var out = new ByteArrayOutputStream();
        try {
            for (int from = 0; from < body.length; from += chunk) {
                decoder.feed(Arrays.copyOfRange(body, from, Math.min(body.length, from + chunk)), out::writeBytes);
            }
        } finally {
            decoder.close();
        }
        return out.toByteArray();
    }

    /** Compresses about as well as a list does. */
    private static byte[] text(int length) {
        byte[] text = new byte[length];
        Random random = new Random(length);
        for (int i = 0; i < length; i++) {
            text[i] = (byte) ('a' + random.nextInt(16));
        }
        return text;
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
