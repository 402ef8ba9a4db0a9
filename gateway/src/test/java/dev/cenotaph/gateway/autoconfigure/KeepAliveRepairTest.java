package dev.cenotaph.gateway.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.StubUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Received;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.gateway.testing.TestGateway;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class KeepAliveRepairTest {
    private final Sinks.Empty<Void> slow = Sinks.empty();

    @Test
    void connectionReadsOnAfterAGoneAnswerThatHadToWait() throws IOException {
        try (var upstream = StubUpstream.answeringLater(this::answer);
                var gateway = TestGateway.with(
                        TestGateway.policy(upstream.port(), "orders: { path: /orders, marker: { flag: trashed } }"));
                var socket = new Socket("localhost", gateway.port())) {
            gateway.get("/orders/1");
            socket.setSoTimeout(10_000);
            var out = new PrintStream(socket.getOutputStream(), true, StandardCharsets.ISO_8859_1);
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            out.print(head("/orders/slow") + head("/orders/1"));
            slow.tryEmitEmpty();
            assertThat(statusLine(in)).contains("200");
            assertThat(statusLine(in)).contains("410");
            out.print(head("/orders/1"));
            assertThat(statusLine(in)).contains("410");
        }
    }

    private Mono<Reply> answer(Received request) {
        Mono<Void> wait = request.uri().endsWith("slow") ? slow.asMono() : Mono.empty();
        return wait.thenReturn(
                Reply.json("{\"id\":1,\"trashed\":" + request.uri().endsWith("1") + "}"));
    }

    private static String head(String path) {
        return "HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    /** The status line of the next answer, which is read to the end of its headers. */
    private static String statusLine(BufferedReader in) throws IOException {
        String first = in.readLine();
        String line = first;
        while (line != null && !line.isEmpty()) {
            line = in.readLine();
        }
        return String.valueOf(first);
    }
}
