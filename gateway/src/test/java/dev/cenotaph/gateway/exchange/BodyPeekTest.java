package dev.cenotaph.gateway.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

class BodyPeekTest {
    private static final BodyPeek.Limits LIMIT = new BodyPeek.Limits(8, new Deadline(Duration.ofMinutes(1)));

    private final NettyDataBufferFactory factory = new NettyDataBufferFactory(UnpooledByteBufAllocator.DEFAULT);
    private final List<ByteBuf> buffers = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();

    @AfterEach
    void everyBufferIsReleased() {
        assertThat(buffers).allMatch(buffer -> buffer.refCnt() == 0);
    }

    @ParameterizedTest
    @CsvSource({"abc|def", "abcdefgh", "abcd|efgh", "a|b|c|d|e|f|g|h"})
    void bodyUpToTheLimitIsSeenWholeAndFlowsOn(String chunks) {
        StepVerifier.create(peeked(chunks)).expectNext(chunks.replace("|", "")).verifyComplete();
        assertThat(seen).containsExactly(chunks.replace("|", ""));
    }

    @ParameterizedTest
    @CsvSource({"abcdefghi", "abcdefgh|i", "abcd|efghi|j|k", "a|bcdefghijkl"})
    void longerBodyFlowsOnUnseen(String chunks) {
        StepVerifier.create(peeked(chunks).reduce(String::concat))
                .expectNext(chunks.replace("|", ""))
                .verifyComplete();
        assertThat(seen).isEmpty();
    }

    @Test
    void emptyBodyIsSeenToo() {
        StepVerifier.create(texts(BodyPeek.at(Flux.empty(), LIMIT, this::look))).verifyComplete();
        assertThat(seen).containsExactly("");
    }

    @Test
    void firstBytesOfALongBodyDoNotWaitForItsLast() {
        TestPublisher<DataBuffer> body = TestPublisher.create();
        StepVerifier.create(texts(BodyPeek.at(body.flux(), LIMIT, this::look)))
                .then(() -> body.next(buffer("abcd")))
                .expectNoEvent(Duration.ofMillis(1))
                .then(() -> body.next(buffer("efghi")))
                .expectNext("abcdefghi")
                .then(() -> body.next(buffer("j")))
                .expectNext("j")
                .then(body::complete)
                .verifyComplete();
    }

    @Test
    void refusedBodyIsKeptBack() {
        Flux<DataBuffer> refused = BodyPeek.at(body("abc|def"), LIMIT, bytes -> Mono.error(new IOException("no")));
        StepVerifier.create(texts(refused)).verifyErrorMessage("no");
    }

    @Test
    void bodyWaitsForTheLookToEnd() {
        Sinks.Empty<Void> looked = Sinks.empty();
        StepVerifier.create(texts(BodyPeek.at(body("abc"), LIMIT, bytes -> looked.asMono())))
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(1))
                .then(looked::tryEmitEmpty)
                .expectNext("abc")
                .verifyComplete();
    }

    @Test
    void clientThatLeavesWhileBytesAreHeldCancelsTheBody() {
        TestPublisher<DataBuffer> body = TestPublisher.create();
        StepVerifier.create(texts(BodyPeek.at(body.flux(), LIMIT, this::look)))
                .then(() -> body.next(buffer("abc"), buffer("de")))
                .thenCancel()
                .verify();
        body.assertCancelled();
        assertThat(seen).isEmpty();
    }

    @Test
    void clientThatLeavesWhileBytesAreLookedAtLosesNothing() {
        StepVerifier.create(texts(BodyPeek.at(body("abc"), LIMIT, bytes -> Mono.never())))
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(1))
                .thenCancel()
                .verify();
    }

    @Test
    void bodyThatBreaksIsNotLookedAt() {
        Flux<DataBuffer> broken = body("abc|de").concatWith(Mono.error(new IOException("broken")));
        StepVerifier.create(texts(BodyPeek.at(broken, LIMIT, this::look))).verifyErrorMessage("broken");
        assertThat(seen).isEmpty();
    }

    @Test
    void clientSetsThePace() {
        TestPublisher<DataBuffer> body = TestPublisher.create();
        StepVerifier.create(texts(BodyPeek.at(body.flux(), LIMIT, this::look)), 1)
                .then(() -> body.next(buffer("abcdefghi")))
                .expectNext("abcdefghi")
                .then(() -> body.assertMaxRequested(1))
                .thenRequest(1)
                .then(() -> body.next(buffer("j")).complete())
                .expectNext("j")
                .verifyComplete();
    }

    private Flux<String> peeked(String chunks) {
        return texts(BodyPeek.at(body(chunks), LIMIT, this::look));
    }

    private Mono<Void> look(byte[] bytes) {
        return Mono.fromRunnable(() -> seen.add(new String(bytes, UTF_8)));
    }

    private Flux<DataBuffer> body(String chunks) {
        return Flux.just(chunks.split("\\|")).map(this::buffer);
    }

    private DataBuffer buffer(String text) {
        ByteBuf buffer = UnpooledByteBufAllocator.DEFAULT.directBuffer(text.length());
        buffer.writeBytes(text.getBytes(UTF_8));
        buffers.add(buffer);
        return factory.wrap(buffer);
    }

    private static Flux<String> texts(Flux<DataBuffer> body) {
        return body.map(buffer -> {
            String text = buffer.toString(UTF_8);
            DataBufferUtils.release(buffer);
            return text;
        });
    }
}
