package dev.cenotaph.load.speed.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AnswerParserTest {
    private static final String AFTER = "HTTP/1.1 418 I'm a teapot\r\nContent-Length: 2\r\n\r\nok";

    @ParameterizedTest
    @CsvSource(
            delimiterString = "->",
            value = {
                "HTTP/1.1 200 OK|Content-Length: 5||hello -> 200 5",
                "HTTP/1.1 200 OK|content-length:5|X: y||hello -> 200 5",
                "HTTP/1.1 200 OK|X-Content-Length: 9|Content-Length: 1||. -> 200 1",
                "HTTP/1.1 404 Not Found|CONTENT-LENGTH: 0|| -> 404 0",
                "HTTP/1.1 204 No Content|| -> 204 0",
                "HTTP/1.1 304 Not Modified|Content-Length: 70|| -> 304 0",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||5|hello|0|| -> 200 5",
                "HTTP/1.1 200 OK|transfer-encoding: Chunked||a|0123456789|1|.|0|| -> 200 11",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||3|a||0|Expires: never|| -> 200 3",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||0|| -> 200 0",
            })
    void everyAnswerIsReadInWhateverPiecesItComes(String answer, String statusAndLength) {
        byte[] bytes = (answer.strip().replace("|", "\r\n") + AFTER).getBytes(US_ASCII);
        for (int first = 0; first < bytes.length; first++) {
            for (int second = first; second < bytes.length; second++) {
                assertThat(read(bytes, first, second))
                        .as("split at %d and %d", first, second)
                        .containsExactly(statusAndLength, "418 2");
            }
        }
    }

    @Test
    void whatIsNoAnswerIsRefused() {
        var parser = new AnswerParser();
        ByteBuffer junk = ByteBuffer.wrap("HTTP/1.1 abc\r\n\r\n".getBytes(US_ASCII));
        assertThatThrownBy(() -> parser.read(junk)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void chunkWithoutASizeIsRefused() {
        var parser = new AnswerParser();
        ByteBuffer junk =
                ByteBuffer.wrap("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello".getBytes(US_ASCII));
        assertThatThrownBy(() -> parser.read(junk))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no chunk size: h");
    }

    private static List<String> read(byte[] bytes, int first, int second) {
        var parser = new AnswerParser();
        var answers = new ArrayList<String>();
        for (ByteBuffer piece : List.of(
                ByteBuffer.wrap(bytes, 0, first),
                ByteBuffer.wrap(bytes, first, second - first),
                ByteBuffer.wrap(bytes, second, bytes.length - second))) {
            while (piece.hasRemaining()) {
                if (parser.read(piece)) {
                    answers.add(parser.status() + " " + parser.length());
                }
            }
        }
        return answers;
    }
}
