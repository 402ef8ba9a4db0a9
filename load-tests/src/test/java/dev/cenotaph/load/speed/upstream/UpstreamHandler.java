package dev.cenotaph.load.speed.upstream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/** One connection to the upstream. */
final class UpstreamHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final String ITEM = Orders.PATH + "/";
    private static final String LIMIT = Orders.PATH + "?limit=";
    private static final String MARKER = "\"deleted_at\":";
    private static final byte[] NOTHING = {};

    private final OrderStates states;
    private final Pages pages;

    private @Nullable LongList longList;

    UpstreamHandler(OrderStates states, Pages pages) {
        this.states = states;
        this.pages = pages;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        String uri = request.uri();
        if (uri.startsWith(LongList.TARGET)) {
            longList = new LongList(context, Long.parseLong(uri.substring(LongList.TARGET.length())));
            longList.writeOn();
        } else {
            var unused = context.write(answer(request, uri), context.voidPromise());
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (longList != null) {
            longList.writeOn();
        }
    }

    /** A client that leaves in the midst of an answer is none of our business. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var unused = context.close();
    }

    private ByteBuf answer(FullHttpRequest request, String uri) {
        if (uri.startsWith(ITEM)) {
            return item(request, Integer.parseInt(uri, ITEM.length(), uri.length(), 10));
        }
        if (uri.startsWith(LIMIT)) {
            return pages.list(Integer.parseInt(uri, LIMIT.length(), uri.length(), 10));
        }
        return uri.startsWith("/status") ? pages.status() : notFound();
    }

    private ByteBuf item(FullHttpRequest request, int id) {
        if (!states.exists(id)) {
            return notFound();
        }
        if (request.method().equals(HttpMethod.DELETE)) {
            states.delete(id);
            return Unpooled.wrappedBuffer("HTTP/1.1 204 No Content\r\n\r\n".getBytes(US_ASCII));
        }
        if (!request.method().equals(HttpMethod.GET)) {
            mark(id, request.content().toString(US_ASCII));
        }
        return Pages.answer("200 OK", Orders.order(id, states.deletedAt(id).orElse(null)));
    }

    /** Takes the marker out of what is written; nothing else can be changed here. */
    private void mark(int id, String body) {
        int marker = body.indexOf(MARKER);
        if (marker < 0) {
            return;
        }
        int value = marker + MARKER.length();
        states.mark(id, body.charAt(value) == '"' ? body.substring(value + 1, body.indexOf('"', value + 1)) : null);
    }

    private static ByteBuf notFound() {
        return Pages.answer("404 Not Found", NOTHING);
    }
}
