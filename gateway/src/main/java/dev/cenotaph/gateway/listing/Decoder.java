package dev.cenotaph.gateway.listing;

import dev.cenotaph.gateway.exchange.ContentCoding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.compression.JdkZlibDecoder;
import java.util.function.Consumer;
import org.springframework.http.HttpHeaders;

/** Takes the content coding off a list body, chunk by chunk and bounded. */
interface Decoder {

    /**
     * Goes on.
     *
     * @throws UnfilterableListException if the coding is broken, or the body grows beyond its bounds
     */
    void feed(byte[] chunk, Consumer<byte[]> output);

    /** Lets go of what decoding took. A body that ended too soon shows in what was decoded. */
    void close();

    static Decoder of(HttpHeaders headers, ListLimits limits) {
        return ContentCoding.isGzip(headers) ? new Gunzip(limits) : new Identity();
    }

    /** Nothing to take off. */
    final class Identity implements Decoder {
        @Override
        public void feed(byte[] chunk, Consumer<byte[]> output) {
            output.accept(chunk);
        }

        @Override
        public void close() {}
    }

    /** Gzip (RFC 1952). */
    final class Gunzip implements Decoder {
        // A slice cannot grow beyond 1,032 times its length (the bound of deflate), so neither can what waits here.
        private static final int SLICE = 1024;
        private static final boolean SEVERAL_MEMBERS = true;

        private final ListLimits limits;
        private final EmbeddedChannel channel;
        private long in;
        private long out;

        Gunzip(ListLimits limits) {
            this.limits = limits;
            this.channel = new EmbeddedChannel(new JdkZlibDecoder(SEVERAL_MEMBERS, 0));
        }

        @Override
        public void feed(byte[] chunk, Consumer<byte[]> output) {
            for (int from = 0; from < chunk.length; from += SLICE) {
                int length = Math.min(SLICE, chunk.length - from);
                in += length;
                try {
                    channel.writeInbound(Unpooled.copiedBuffer(chunk, from, length));
                } catch (DecoderException e) {
                    throw new UnfilterableListException("its gzip coding is broken", e);
                }
                drain(output);
            }
        }

        @Override
        public void close() {
            try {
                channel.finishAndReleaseAll();
            } catch (DecoderException broken) {
                // Said when it was fed.
                in = 0;
            }
        }

        private void drain(Consumer<byte[]> output) {
            for (ByteBuf decoded = channel.readInbound(); decoded != null; decoded = channel.readInbound()) {
                byte[] bytes = new byte[decoded.readableBytes()];
                decoded.readBytes(bytes);
                decoded.release();
                out += bytes.length;
                if (out > limits.decodedBytes() || out > (in + SLICE) * limits.decodedRatio()) {
                    throw new UnfilterableListException("it grows beyond all measure when decoded");
                }
                output.accept(bytes);
            }
        }
    }
}
