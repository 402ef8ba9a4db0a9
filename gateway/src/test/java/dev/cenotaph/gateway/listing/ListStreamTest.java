package dev.cenotaph.gateway.listing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenotaph.policy.Listing.OnUnfilterable;
import dev.cenotaph.policy.Place;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;

/** What goes out when, and under which headers. Rows that are {@code 0} are dropped. */
class ListStreamTest {
    private static final String TAG = "\"a1\"";

    private final MockServerHttpResponse response = new MockServerHttpResponse();

    ListStreamTest() {
        response.setStatusCode(HttpStatus.OK);
        HttpHeaders headers = response.getHeaders();
        headers.setETag(TAG);
        headers.setContentLength(99);
        headers.set("Accept-Ranges", "bytes");
    }

    @Test
    void nothingDroppedIsTheUpstreamsOwnAnswer() {
        ListStream stream = stream(100, OnUnfilterable.FAIL);
        assertThat(fed(stream, "[1,", "2]")).isEmpty();
        assertThat(finished(stream)).isEqualTo("[1,2]");
        assertThat(response.getHeaders().getETag()).isEqualTo(TAG);
        assertThat(response.getHeaders().getContentLength()).isEqualTo(99);
    }

    @Test
    void somethingDroppedIsAnAnswerOfOurOwn() {
        ListStream stream = stream(100, OnUnfilterable.FAIL);
        assertThat(fed(stream, "[0,1,", "2]")).isEmpty();
        assertThat(finished(stream)).isEqualTo("[1,2]");
        assertThat(response.getHeaders().getETag()).startsWith("W/\"cenotaph-");
        assertThat(response.getHeaders().getContentLength()).isEqualTo(5);
        assertThat(response.getHeaders().headerNames()).doesNotContain("Accept-Ranges");
    }

    @Test
    void whatIsKnownIsNotSentAgain() {
        ListStream first = stream(100, OnUnfilterable.FAIL);
        fed(first, "[0,1]");
        finished(first);
        String tag = String.valueOf(response.getHeaders().getETag());
        response.getHeaders().setETag(TAG);
        ListStream second = stream(100, OnUnfilterable.FAIL, tag);
        fed(second, "[0,1]");
        assertThat(finished(second)).isEmpty();
        assertThat(response.getStatusCode()).isEqualTo(HttpStatus.NOT_MODIFIED);
        assertThat(response.getHeaders().getETag()).isEqualTo(tag);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a1\"", "W/\"a1\"", "\"x\" , \"a1\"", "*", "\"x,y\",W/\"a1\""})
    void copyOfAnUntouchedListIsConfirmed(String ifNoneMatch) {
        ListStream stream = stream(100, OnUnfilterable.FAIL, ifNoneMatch);
        fed(stream, "[1]");
        assertThat(finished(stream)).isEmpty();
        assertThat(response.getStatusCode()).isEqualTo(HttpStatus.NOT_MODIFIED);
        assertThat(response.getHeaders().getETag()).isEqualTo(TAG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x\"", "a1", "\"x,a1\"", ""})
    void copyOfAnotherListIsNotConfirmed(String ifNoneMatch) {
        ListStream stream = stream(100, OnUnfilterable.FAIL, ifNoneMatch);
        fed(stream, "[1]");
        assertThat(finished(stream)).isEqualTo("[1]");
        assertThat(response.getStatusCode()).isEqualTo(HttpStatus.OK);
    }

    @Test
    void longListStreamsUnderHeadersThatClaimNothing() {
        ListStream stream = stream(10, OnUnfilterable.FAIL);
        assertThat(fed(stream, "[0,1")).isEmpty();
        assertThat(fed(stream, ",222222")).isEqualTo("[1");
        assertThat(response.getHeaders().headerNames()).doesNotContain("ETag", "Content-Length", "Accept-Ranges");
        assertThat(fed(stream, ",0,3]")).isEqualTo(",222222,3]");
        assertThat(finished(stream)).isEmpty();
    }

    @Test
    void whatIsHeldCountsOnBothSides() {
        ListStream stream = stream(10, OnUnfilterable.FAIL);
        assertThat(fed(stream, "[1,2]")).isEmpty();
        assertThat(fed(stream, " ")).isEqualTo("[1,2] ");
    }

    @Test
    void strictListFails() {
        ListStream stream = stream(100, OnUnfilterable.FAIL);
        assertThatThrownBy(() -> fed(stream, "[1;")).isInstanceOf(UnfilterableListException.class);
        ListStream cut = stream(100, OnUnfilterable.FAIL);
        fed(cut, "[1");
        assertThatThrownBy(cut::finish).isInstanceOf(UnfilterableListException.class);
    }

    @Test
    void laxListPassesFromItsFirstByteOn() {
        ListStream stream = stream(100, OnUnfilterable.PASS);
        assertThat(fed(stream, "[0,1", ";", "2")).isEqualTo("[0,1;2");
        assertThat(finished(stream)).isEmpty();
        assertThat(response.getHeaders().getETag()).isEqualTo(TAG);
        ListStream cut = stream(100, OnUnfilterable.PASS);
        fed(cut, "[0,1");
        assertThat(finished(cut)).isEqualTo("[0,1");
    }

    @Test
    void laxListThatFailsHalfWayPassesFromThereOn() {
        ListStream stream = stream(10, OnUnfilterable.PASS);
        assertThat(fed(stream, "[0,1,2222222", ",0;0,", "3]")).isEqualTo("[1,2222222;0,3]");
        assertThat(finished(stream)).isEmpty();
    }

    private ListStream stream(int held, OnUnfilterable onUnfilterable, String... ifNoneMatch) {
        RowJudge judge = (bytes, offset, length) -> !(length == 1 && bytes[offset] == '0');
        return new ListStream(
                ListFilter.of(Place.ROOT, judge, ListFilter.Limits.DEFAULT),
                new Decoder.Identity(),
                new ListHeaders(response, List.of(ifNoneMatch)),
                held,
                onUnfilterable);
    }

    private static String fed(ListStream stream, String... chunks) {
        var out = new StringBuilder();
        for (String chunk : chunks) {
            stream.feed(chunk.getBytes(UTF_8)).map(ListStreamTest::text).ifPresent(out::append);
        }
        return out.toString();
    }

    private static String text(List<ByteBuffer> slices) {
        return slices.stream().map(UTF_8::decode).collect(Collectors.joining());
    }

    private static String finished(ListStream stream) {
        return stream.finish().map(ListStreamTest::text).orElse("");
    }
}
