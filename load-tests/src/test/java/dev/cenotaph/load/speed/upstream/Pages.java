package dev.cenotaph.load.speed.upstream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Answers that are the same each time, made once. */
final class Pages {

    private final ByteBuf status = page(Orders.status());
    private final Map<Integer, ByteBuf> lists = new ConcurrentHashMap<>();

    ByteBuf status() {
        return status.retainedDuplicate();
    }

    ByteBuf list(int rows) {
        return lists.computeIfAbsent(rows, count -> page(Orders.list(count))).retainedDuplicate();
    }

    /** An answer with everything that stands before its body. */
    static ByteBuf answer(String statusLine, byte[] body) {
        byte[] head = ("HTTP/1.1 " + statusLine + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                        + "\r\n\r\n")
                .getBytes(US_ASCII);
        return Unpooled.wrappedBuffer(head, body);
    }

    private static ByteBuf page(byte[] body) {
        ByteBuf answer = answer("200 OK", body);
        return Unpooled.unreleasableBuffer(
                Unpooled.directBuffer(answer.readableBytes()).writeBytes(answer));
    }
}
