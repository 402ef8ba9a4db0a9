package dev.cenotaph.gateway.proxy;

import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.GoneAtHand;
import dev.cenotaph.gateway.filter.Policies;
import dev.cenotaph.policy.operation.CallerHeaders;
import io.micrometer.core.instrument.Timer;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Gives gone answers that are at hand as soon as the request's head is read, before anything is built for it. Only to a
 * plain GET that finds the connection idle; whatever is out of the ordinary goes the ordinary way.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // A write that fails is told to who asked for it, or is the connection's end.
final class GoneDoor extends ChannelDuplexHandler {
    /** Headers that make a request more than its path, or its connection more than a row of requests. */
    private static final List<AsciiString> OUT_OF_THE_ORDINARY = List.of(
            HttpHeaderNames.CONTENT_LENGTH,
            HttpHeaderNames.TRANSFER_ENCODING,
            HttpHeaderNames.CONTENT_TYPE,
            HttpHeaderNames.UPGRADE,
            HttpHeaderNames.EXPECT,
            // Where forwarded headers are trusted, it becomes part of the path that the client is told.
            AsciiString.cached("x-forwarded-prefix"));

    /**
     * What all doors have in common.
     *
     * @param longest the longest body that is given here, in bytes; a longer one may have to be compressed
     */
    record House(GoneAtHand<Ready> goneAtHand, Supplier<Policies> policies, ManagementPort management, long longest) {}

    /**
     * An answer as it is written.
     *
     * @param headers shared by all that write it
     * @param timer what counts it
     */
    record Ready(HttpResponseStatus status, HttpHeaders headers, byte[] body, Optional<Timer> timer) {

        static Ready of(Answer answer, Optional<Timer> timer) {
            HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory()
                    .withValidation(false)
                    .newHeaders();
            answer.headers().forEach(headers::set);
            headers.set(org.springframework.http.HttpHeaders.CONTENT_LENGTH, Integer.toString(answer.body().length));
            return new Ready(HttpResponseStatus.valueOf(answer.status()), headers, answer.body(), timer);
        }

        FullHttpResponse response() {
            return new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body), headers, EmptyHttpHeaders.INSTANCE);
        }
    }

    private final House house;

    /** Requests that went the ordinary way and wait for the end of their answer. */
    private int waiting;

    private boolean closing;
    private boolean answered;
    /** The rest of a request that was answered here is on its way in. */
    private boolean passingOver;

    GoneDoor(House house) {
        this.house = house;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (passingOver) {
            passingOver = !(message instanceof LastHttpContent);
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpRequest request) {
            if (waiting == 0 && !closing && answer(context, request)) {
                passingOver = !(message instanceof LastHttpContent);
                ReferenceCountUtil.release(message);
                return;
            }
            waiting++;
        }
        context.fireChannelRead(message);
    }

    private boolean answer(ChannelHandlerContext context, HttpRequest request) {
        long start = System.nanoTime();
        Policies current = house.policies().get();
        if (!current.on()
                || !isPlain(request)
                || house.management().isAt(context.channel().localAddress())) {
            return false;
        }
        Optional<Ready> ready = house.goneAtHand()
                .find(request.uri(), current.set().version())
                .filter(answer -> answer.body().length <= house.longest());
        ready.ifPresent(answer -> {
            answered = true;
            context.write(answer.response(), context.voidPromise());
            answer.timer().ifPresent(timer -> timer.record(System.nanoTime() - start, TimeUnit.NANOSECONDS));
        });
        return ready.isPresent();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (answered) {
            answered = false;
            context.flush();
            // Nobody behind us knows that a request was here and that the next one may come.
            readOn(context);
        }
        context.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        readOn(context);
        context.fireChannelWritabilityChanged();
    }

    /** Not from a client that takes no answers. */
    private void readOn(ChannelHandlerContext context) {
        if (waiting == 0 && !closing && context.channel().isWritable()) {
            context.read();
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response) {
            closing = closing || !HttpUtil.isKeepAlive(response) || isSwitching(response);
        }
        if (message instanceof LastHttpContent && !isInformational(message) && waiting > 0) {
            waiting--;
        }
        context.write(message, promise);
    }

    private static boolean isSwitching(HttpResponse response) {
        return response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
    }

    private static boolean isInformational(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    private static boolean isPlain(HttpRequest request) {
        return request.decoderResult().isSuccess()
                && request.method().equals(HttpMethod.GET)
                && request.protocolVersion().equals(HttpVersion.HTTP_1_1)
                && isPlain(request.headers());
    }

    private static boolean isPlain(HttpHeaders headers) {
        for (AsciiString name : OUT_OF_THE_ORDINARY) {
            if (headers.contains(name)) {
                return false;
            }
        }
        if (!HttpHeaderValues.KEEP_ALIVE.contentEqualsIgnoreCase(
                headers.get(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE.toString()))) {
            return false;
        }
        int hosts = 0;
        var all = headers.iteratorCharSequence();
        while (all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = all.next();
            String name = header.getKey().toString();
            if (CallerHeaders.isOverride(name)) {
                return false;
            }
            hosts += HttpHeaderNames.HOST.contentEqualsIgnoreCase(name) ? 1 : 0;
        }
        return hosts == 1;
    }
}
