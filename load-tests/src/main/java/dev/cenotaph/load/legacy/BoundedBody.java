package dev.cenotaph.load.legacy;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;

/** A request body as it comes in. Past the bound it is read to its end and dropped, so that the client hears the 413. */
final class BoundedBody {
    private static final long MOST_BYTES = 10L * 1024 * 1024;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long length;

    BoundedBody append(ByteBuf part) {
        length += part.readableBytes();
        if (length > MOST_BYTES) {
            bytes.reset();
        } else {
            byte[] copy = new byte[part.readableBytes()];
            part.readBytes(copy);
            bytes.writeBytes(copy);
        }
        return this;
    }

    /** @throws Refusal 413, if there were more than 10 MiB */
    byte[] bytes() {
        if (length > MOST_BYTES) {
            throw Refusal.of(413, "the body is over " + MOST_BYTES + " bytes");
        }
        return bytes.toByteArray();
    }
}
