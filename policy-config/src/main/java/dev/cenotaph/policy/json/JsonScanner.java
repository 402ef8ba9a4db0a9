package dev.cenotaph.policy.json;

import java.util.Arrays;

/**
 * Reads one JSON document (RFC 8259, UTF-8, with or without a byte order mark) in chunks of any size and says where its
 * values lie. Holds one bit of nesting a level and no bytes, so that its memory does not grow with the document. Checks
 * everything: grammar, numbers, escapes, UTF-8, nesting.
 */
public final class JsonScanner {
    /** The deepest nesting of arrays and objects that this code reads, where nobody says otherwise. */
    public static final int DEPTH = 512;

    private enum State {
        START,
        MARK_1,
        MARK_2,
        VALUE,
        FIRST_ELEMENT,
        FIRST_NAME,
        NAME,
        COLON,
        AFTER,
        END,
        TEXT,
        ESCAPE,
        HEX,
        CONTINUATION,
        LITERAL,
        MINUS,
        ZERO,
        INTEGER,
        POINT,
        FRACTION,
        EXPONENT,
        EXPONENT_SIGN,
        EXPONENT_DIGITS
    }

    private static final byte[] TRUE = {'r', 'u', 'e'};
    private static final byte[] FALSE = {'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'u', 'l', 'l'};

    private final JsonEvents events;
    private final int limit;

    private State state = State.START;
    private long position;
    private int depth;
    private boolean[] objects = new boolean[16];

    private boolean paused;

    private boolean naming;
    private long textStart;
    private int left;
    private int lowest;
    private int highest;
    private byte[] literal = TRUE;

    /**
     * A scanner at the start of a document.
     *
     * @param limit how deep arrays and objects may nest
     * @param position the offset of the first byte
     */
    public JsonScanner(JsonEvents events, int limit, long position) {
        this.events = events;
        this.limit = limit;
        this.position = position;
    }

    /** The offset of the byte that comes next. */
    public long position() {
        return position;
    }

    /** The offset of the opening quote if the bytes so far end inside a member's name, else -1. */
    public long openName() {
        boolean text =
                state == State.TEXT || state == State.ESCAPE || state == State.HEX || state == State.CONTINUATION;
        return naming && text ? textStart : -1;
    }

    /**
     * Goes on with the next bytes, from {@code from} up to but without {@code to}, or to the end of the event that paused.
     *
     * @return how far it went
     * @throws MalformedJsonException after which the scanner is of no more use
     */
    public int feed(byte[] bytes, int from, int to) {
        long base = position - from;
        int at = from;
        paused = false;
        while (at < to && !paused) {
            at = switch (state) {
                case TEXT -> text(bytes, at, to, base);
                case ZERO, INTEGER, FRACTION, EXPONENT_DIGITS -> number(bytes[at], at, base);
                default -> {
                    step(bytes[at], base + at);
                    yield at + 1;
                }
            };
        }
        position = base + at;
        return at;
    }

    /** Makes {@link #feed} return when it is done with the present event: the beginning of an array or the end of a value. */
    public void pause() {
        paused = true;
    }

    /** Goes on behind values that were scanned elsewhere: the next elements of the array that is open, commas between them. */
    public void skipElements(int length) {
        position += length;
        state = State.AFTER;
    }

    /**
     * Says that no more bytes come.
     *
     * @throws MalformedJsonException if the document is not over
     */
    public void finish() {
        boolean number = switch (state) {
            case ZERO, INTEGER, FRACTION, EXPONENT_DIGITS -> true;
            default -> false;
        };
        // A number has no end of its own; inside an array or object it is cut.
        if (number && depth == 0) {
            ended(position);
        }
        if (state != State.END) {
            throw new MalformedJsonException(position == 0 ? "an empty body" : "ended in the middle", position);
        }
    }

    private void step(byte b, long at) {
        switch (state) {
            case START -> start(b, at);
            case MARK_1 -> mark(b, (byte) 0xBB, State.MARK_2, at);
            case MARK_2 -> mark(b, (byte) 0xBF, State.VALUE, at);
            case ESCAPE -> escape(b, at);
            case HEX -> hex(b, at);
            case CONTINUATION -> continuation(b, at);
            case LITERAL -> literal(b, at);
            case MINUS, POINT, EXPONENT, EXPONENT_SIGN -> numberPart(b, at);
            default -> {
                if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                    structure(b, at);
                }
            }
        }
    }

    private void structure(byte b, long at) {
        switch (state) {
            case FIRST_ELEMENT -> {
                if (b == ']') {
                    close(at);
                } else {
                    value(b, at);
                }
            }
            case FIRST_NAME -> {
                if (b == '}') {
                    close(at);
                } else {
                    name(b, at);
                }
            }
            case NAME -> name(b, at);
            case COLON -> {
                expect(b == ':', b, at);
                state = State.VALUE;
            }
            case AFTER -> after(b, at);
            case END -> throw new MalformedJsonException("more after the end of the document", at);
            default -> value(b, at);
        }
    }

    private void start(byte b, long at) {
        if (b == (byte) 0xEF) {
            state = State.MARK_1;
            return;
        }
        if (b == 0 || b == (byte) 0xFE || b == (byte) 0xFF) {
            throw new MalformedJsonException("not UTF-8 (UTF-16 or UTF-32?)", at);
        }
        state = State.VALUE;
        step(b, at);
    }

    private void mark(byte b, byte expected, State next, long at) {
        expect(b == expected, b, at);
        state = next;
    }

    private void value(byte b, long at) {
        switch (b) {
            case '{' -> open(b, true, State.FIRST_NAME, at);
            case '[' -> open(b, false, State.FIRST_ELEMENT, at);
            case '"' -> {
                events.begins(depth, b, at);
                naming = false;
                textStart = at;
                state = State.TEXT;
            }
            case 't' -> literal(TRUE, b, at);
            case 'f' -> literal(FALSE, b, at);
            case 'n' -> literal(NULL, b, at);
            case '-' -> scalar(b, State.MINUS, at);
            case '0' -> scalar(b, State.ZERO, at);
            default -> {
                expect(b >= '1' && b <= '9', b, at);
                scalar(b, State.INTEGER, at);
            }
        }
    }

    private void scalar(byte b, State next, long at) {
        events.begins(depth, b, at);
        state = next;
    }

    private void literal(byte[] rest, byte b, long at) {
        literal = rest;
        left = 0;
        scalar(b, State.LITERAL, at);
    }

    private void literal(byte b, long at) {
        expect(b == literal[left], b, at);
        if (++left == literal.length) {
            ended(at + 1);
        }
    }

    private void open(byte b, boolean object, State next, long at) {
        if (depth == limit) {
            throw new MalformedJsonException("nested deeper than " + limit, at);
        }
        events.begins(depth, b, at);
        if (depth == objects.length) {
            objects = Arrays.copyOf(objects, 2 * depth);
        }
        objects[depth++] = object;
        state = next;
    }

    private void close(long at) {
        depth--;
        ended(at + 1);
    }

    private void after(byte b, long at) {
        boolean object = objects[depth - 1];
        if (b == ',') {
            state = object ? State.NAME : State.VALUE;
            return;
        }
        expect(b == (object ? '}' : ']'), b, at);
        close(at);
    }

    private void ended(long end) {
        state = depth == 0 ? State.END : State.AFTER;
        events.ends(depth, end);
    }

    private void name(byte b, long at) {
        expect(b == '"', b, at);
        naming = true;
        textStart = at;
        state = State.TEXT;
    }

    private int text(byte[] bytes, int from, int to, long base) {
        int at = plain(bytes, from, to);
        while (at < to) {
            byte b = bytes[at];
            // Signed: what is not ASCII is below the blank too.
            if (b >= ' ' && b != '"' && b != '\\') {
                at++;
                continue;
            }
            textBreak(b, base + at);
            return at + 1;
        }
        return at;
    }

    /** Steps over eight bytes at a time as long as none of them breaks the text. */
    private static int plain(byte[] bytes, int from, int to) {
        int at = from;
        while (at <= to - EightBytes.LENGTH && EightBytes.breaks(EightBytes.at(bytes, at)) == 0) {
            at += EightBytes.LENGTH;
        }
        return at;
    }

    private void textBreak(byte b, long at) {
        if (b == '\\') {
            state = State.ESCAPE;
        } else if (b < 0) {
            lead(b & 0xFF, at);
        } else {
            expect(b == '"', b, at);
            textEnds(at + 1);
        }
    }

    private void textEnds(long end) {
        if (naming) {
            state = State.COLON;
            events.name(depth, textStart, end);
            return;
        }
        ended(end);
    }

    private void escape(byte b, long at) {
        switch (b) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> state = State.TEXT;
            case 'u' -> {
                left = 4;
                state = State.HEX;
            }
            default -> throw unexpected(b, at);
        }
    }

    private void hex(byte b, long at) {
        expect(Character.digit(b, 16) >= 0, b, at);
        if (--left == 0) {
            state = State.TEXT;
        }
    }

    /** The first byte of a character beyond ASCII: no overlong forms, no surrogates, nothing past U+10FFFF (RFC 3629 §4). */
    private void lead(int b, long at) {
        if (b < 0xC2 || b > 0xF4) {
            throw new MalformedJsonException("not UTF-8", at);
        }
        left = b < 0xE0 ? 1 : b < 0xF0 ? 2 : 3;
        lowest = b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : 0x80;
        highest = b == 0xED ? 0x9F : b == 0xF4 ? 0x8F : 0xBF;
        state = State.CONTINUATION;
    }

    private void continuation(byte b, long at) {
        int unsigned = b & 0xFF;
        if (unsigned < lowest || unsigned > highest) {
            throw new MalformedJsonException("not UTF-8", at);
        }
        lowest = 0x80;
        highest = 0xBF;
        if (--left == 0) {
            state = State.TEXT;
        }
    }

    /** A number that may end here. */
    private int number(byte b, int at, long base) {
        if (b >= '0' && b <= '9' && state != State.ZERO) {
            return at + 1;
        }
        if (b == '.' && (state == State.ZERO || state == State.INTEGER)) {
            state = State.POINT;
            return at + 1;
        }
        if ((b == 'e' || b == 'E') && state != State.EXPONENT_DIGITS) {
            state = State.EXPONENT;
            return at + 1;
        }
        ended(base + at);
        return at;
    }

    /** A number that cannot end here. */
    private void numberPart(byte b, long at) {
        if (state == State.EXPONENT && (b == '+' || b == '-')) {
            state = State.EXPONENT_SIGN;
            return;
        }
        expect(b >= '0' && b <= '9', b, at);
        state = switch (state) {
            case MINUS -> b == '0' ? State.ZERO : State.INTEGER;
            case POINT -> State.FRACTION;
            default -> State.EXPONENT_DIGITS;
        };
    }

    private static void expect(boolean holds, byte b, long at) {
        if (!holds) {
            throw unexpected(b, at);
        }
    }

    private static MalformedJsonException unexpected(byte b, long at) {
        if (b == 0 || b == (byte) 0xFE || b == (byte) 0xFF) {
            return new MalformedJsonException("not UTF-8 (UTF-16 or UTF-32?)", at);
        }
        String what = b > ' ' && b < 0x7F ? "'" + (char) b + "'" : String.format("0x%02X", b);
        return new MalformedJsonException("unexpected " + what, at);
    }
}
