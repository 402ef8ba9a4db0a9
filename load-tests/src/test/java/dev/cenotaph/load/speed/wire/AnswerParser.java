package dev.cenotaph.load.speed.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/**
 * Reads the answers of one connection, one after the other, whatever pieces they come in. It knows what a fast generator
 * needs: status, where an answer ends, and how long its body was.
 */
final class AnswerParser {
    private static final int LONGEST_HEAD = 16_384;
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final int STATUS_LENGTH = 3;
    private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(US_ASCII);
    private static final byte[] CHUNKED = "transfer-encoding: chunked".getBytes(US_ASCII);

    private final byte[] head = new byte[LONGEST_HEAD];

    private State state = State.HEAD;
    private int headLength;
    private int status;
    private long length;
    private long left;

    private enum State {
        HEAD,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER
    }

    int status() {
        return status;
    }

    /** Of the body, in bytes, without what the transfer adds. */
    long length() {
        return length;
    }

    /**
     * Takes bytes up to the end of an answer.
     *
     * @return whether an answer is complete; the next bytes begin another
     * @throws IllegalStateException for what is no answer that can be read here
     */
    boolean read(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            boolean complete = switch (state) {
                case HEAD -> readHead(bytes);
                case BODY -> readBody(bytes);
                case CHUNK_SIZE -> readChunkSize(bytes.get());
                case CHUNK -> readChunk(bytes);
                case CHUNK_END -> readChunkEnd(bytes.get());
                case TRAILER -> readTrailer(bytes.get());
            };
            if (complete) {
                state = State.HEAD;
                headLength = 0;
                return true;
            }
        }
        return false;
    }

    private boolean readHead(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (headLength == LONGEST_HEAD) {
                throw new IllegalStateException("a head of more than " + LONGEST_HEAD + " bytes");
            }
            head[headLength++] = next;
            if (next == '\n' && headLength > 3 && head[headLength - 3] == '\n') {
                return readHeaders();
            }
        }
        return false;
    }

    /** Whether the answer ends with its head. */
    private boolean readHeaders() {
        status = (int) number(head, STATUS_AT, STATUS_AT + STATUS_LENGTH);
        length = 0;
        left = 0;
        boolean chunked = false;
        int line = 0;
        for (int i = 0; i < headLength; i++) {
            if (head[i] != '\n') {
                continue;
            }
            if (startsWith(line, CONTENT_LENGTH)) {
                left = number(head, line + CONTENT_LENGTH.length, i);
            }
            chunked |= startsWith(line, CHUNKED);
            line = i + 1;
        }
        if (status == 204 || status == 304 || (left == 0 && !chunked)) {
            return true;
        }
        state = chunked ? State.CHUNK_SIZE : State.BODY;
        left = chunked ? 0 : left;
        return false;
    }

    private boolean readBody(ByteBuffer bytes) {
        skip(bytes);
        return left == 0;
    }

    private boolean readChunkSize(byte next) {
        int digit = Character.digit(next, 16);
        if (digit >= 0) {
            left = left * 16 + digit;
        } else if (next == '\n') {
            state = left == 0 ? State.TRAILER : State.CHUNK;
            headLength = 0;
        } else if (next != '\r') {
            throw new IllegalStateException("no chunk size: " + (char) next);
        }
        return false;
    }

    private boolean readChunk(ByteBuffer bytes) {
        skip(bytes);
        if (left == 0) {
            state = State.CHUNK_END;
        }
        return false;
    }

    private boolean readChunkEnd(byte next) {
        if (next == '\n') {
            state = State.CHUNK_SIZE;
        }
        return false;
    }

    /** An empty line ends it. */
    private boolean readTrailer(byte next) {
        if (next == '\n') {
            boolean empty = headLength == 0;
            headLength = 0;
            return empty;
        }
        if (next != '\r') {
            headLength++;
        }
        return false;
    }

    private void skip(ByteBuffer bytes) {
        int taken = (int) Math.min(left, bytes.remaining());
        bytes.position(bytes.position() + taken);
        left -= taken;
        length += taken;
    }

    private boolean startsWith(int line, byte[] lowerCase) {
        if (headLength - line < lowerCase.length) {
            return false;
        }
        for (int i = 0; i < lowerCase.length; i++) {
            if (lower(head[line + i]) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    private static int lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + 'a' - 'A' : letter;
    }

    private static long number(byte[] text, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            if (text[i] >= '0' && text[i] <= '9') {
                number = number * 10 + text[i] - '0';
            } else if (text[i] != ' ' && text[i] != '\r') {
                throw new IllegalStateException("no number: " + new String(text, from, to - from, US_ASCII));
            }
        }
        return number;
    }
}
