package dev.cenotaph.load.speed.upstream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;

/** A list that is streamed, as fast as it is read. */
public final class LongList {
    /** What to ask for, followed by the number of bytes. */
    public static final String TARGET = Orders.PATH + "?bytes=";

    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final int ROWS_AT_ONCE = 200;
    private static final byte[] ROWS = Orders.block(ROWS_AT_ONCE);
    private static final ByteBuf CHUNK = chunk(ROWS);
    private static final byte[] LAST_ROW = Orders.order(Orders.LIVE, null);

    private final ChannelHandlerContext context;

    private long left;
    private boolean begun;
    private boolean ended;

    /** @param bytes its length, rounded up to whole chunks */
    LongList(ChannelHandlerContext context, long bytes) {
        this.context = context;
        this.left = bytes;
    }

    /** The length of the body. */
    public static long length(long bytes) {
        return 2L + LAST_ROW.length + blocks(bytes) * ROWS.length;
    }

    /** The length of what is left of the body without trashed rows. */
    public static long filteredLength(long bytes) {
        int kept = Orders.filteredList(ROWS_AT_ONCE).length - 1;
        return 2L + LAST_ROW.length + blocks(bytes) * kept;
    }

    void writeOn() {
        if (ended) {
            return;
        }
        if (!begun) {
            begun = true;
            write(HEAD + "1\r\n[\r\n");
        }
        while (left > 0 && context.channel().isWritable()) {
            var unused = context.write(CHUNK.retainedDuplicate(), context.voidPromise());
            left -= ROWS.length;
        }
        if (left <= 0) {
            ended = true;
            write(Integer.toHexString(LAST_ROW.length + 1) + "\r\n" + new String(LAST_ROW, US_ASCII)
                    + "]\r\n0\r\n\r\n");
        }
        context.flush();
    }

    private static long blocks(long bytes) {
        return Math.ceilDiv(bytes, ROWS.length);
    }

    private static ByteBuf chunk(byte[] rows) {
        byte[] size = (Integer.toHexString(rows.length) + "\r\n").getBytes(US_ASCII);
        ByteBuf chunk = Unpooled.directBuffer(size.length + rows.length + 2);
        return Unpooled.unreleasableBuffer(
                chunk.writeBytes(size).writeBytes(rows).writeByte('\r').writeByte('\n'));
    }

    private void write(String text) {
        var unused = context.write(Unpooled.wrappedBuffer(text.getBytes(US_ASCII)), context.voidPromise());
    }
}
