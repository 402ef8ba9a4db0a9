package dev.cenotaph.load.speed.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A connection with at most one request under way. */
final class Connection implements AutoCloseable {
    private final AnswerParser parser = new AnswerParser();
    private final SocketChannel channel;

    private volatile @Nullable Request request;
    private volatile long since;

    Connection(InetSocketAddress address, Selector selector) throws IOException {
        channel = SocketChannel.open(address);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** @param from when its latency begins, in the time of {@link System#nanoTime} */
    void send(Request next, long from) throws IOException {
        since = from;
        request = next;
        ByteBuffer bytes = ByteBuffer.wrap(next.bytes());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    boolean isBusy() {
        return request != null;
    }

    /**
     * Reads what there is.
     *
     * @return whether the answer is complete
     * @throws IOException if the connection ended
     */
    boolean read(ByteBuffer buffer, Recorder recorder) throws IOException {
        buffer.clear();
        if (channel.read(buffer) < 0) {
            throw new IOException("the connection was closed" + (isBusy() ? " under way" : ""));
        }
        buffer.flip();
        Request asked = request;
        if (!parser.read(buffer)) {
            return false;
        }
        if (asked == null || buffer.hasRemaining()) {
            throw new IOException("an answer that nobody asked for");
        }
        recorder.answered(asked, parser, System.nanoTime() - since);
        request = null;
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
