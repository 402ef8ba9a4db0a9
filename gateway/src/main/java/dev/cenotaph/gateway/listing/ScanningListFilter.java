package dev.cenotaph.gateway.listing;

import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.json.JsonEvents;
import dev.cenotaph.policy.json.JsonScanner;
import dev.cenotaph.policy.json.MalformedJsonException;
import dev.cenotaph.policy.json.PlaceScanner;
import dev.cenotaph.policy.json.PlaceTracker;
import java.util.Arrays;

/**
 * A list filter that goes two ways. Rows that lie whole in a chunk are scanned in one go; what is around the array, and the
 * row that the end of a chunk cuts, byte by byte. What is kept goes out in slices of the chunk in which it came.
 */
final class ScanningListFilter implements ListFilter, JsonEvents {
    private static final int NOWHERE = -2;
    private static final byte[] NOTHING = {};
    private static final Output NO_OUTPUT = (bytes, offset, length) -> {};

    private final Place items;
    private final RowJudge judge;
    private final Limits limits;
    private final JsonScanner scanner;
    private final PlaceTracker tracker;
    private final int longestName;
    private final PlaceScanner rows;

    private Output output = NO_OUTPUT;
    private byte[] chunk = NOTHING;
    private int chunkFrom;

    /** The document's offset of index 0 of the chunk. */
    private long base;

    /** Index in the chunk; what lies before it is decided. */
    private int undecided;

    /** Undecided bytes of earlier chunks. They come before those of this one. */
    private final Carry carry = new Carry();

    /** The beginning of a member's name that the end of a chunk has cut. */
    private final Carry name = new Carry();

    /** A piece of the chunk that may go out, as long as what follows may join it. */
    private int runFrom;

    private int runTo;

    /** The depth of the array of rows while it is open. */
    private int arrayDepth = NOWHERE;

    private int keptHere;
    private int droppedHere;

    /** The white space after the bracket, while all rows so far were dropped. */
    private byte[] lead = NOTHING;

    private boolean inRow;

    /** How many of the undecided bytes are the separator before the open row. */
    private int separator;

    private boolean found;
    private boolean released;
    private int kept;
    private int dropped;

    ScanningListFilter(Place items, RowJudge judge, Limits limits) {
        this.items = items;
        this.judge = judge;
        this.limits = limits;
        this.scanner = new JsonScanner(this, limits.depth(), 0);
        this.tracker = new PlaceTracker(items);
        this.longestName = tracker.longestName();
        this.rows =
                new PlaceScanner(judge.places(), limits.depth() - items.tokens().size() - 1);
    }

    @Override
    public int kept() {
        return kept;
    }

    @Override
    public int dropped() {
        return dropped;
    }

    @Override
    public int held() {
        return carry.size() + lead.length + name.size();
    }

    @Override
    public void feed(byte[] bytes, int offset, int length, Output out) {
        if (released) {
            out.write(bytes, offset, length);
            return;
        }
        int end = offset + length;
        chunk = bytes;
        chunkFrom = offset;
        base = scanner.position() - offset;
        undecided = offset;
        runFrom = offset;
        runTo = offset;
        output = out;
        try {
            scan(offset, end);
            cutName(end);
            if (arrayDepth == NOWHERE) {
                pass(undecided, end);
                undecided = end;
            }
            checkLength(end);
        } catch (MalformedJsonException malformed) {
            throw new UnfilterableListException("the list is not well-formed: " + malformed.getMessage(), malformed);
        } finally {
            flush();
            carry.add(bytes, undecided, end);
            chunk = NOTHING;
            output = NO_OUTPUT;
        }
    }

    private void scan(int from, int end) {
        int at = scanner.feed(chunk, from, end);
        while (at < end) {
            int behind = wholeRows(at, end);
            if (behind > at) {
                scanner.skipElements(behind - at);
            }
            at = scanner.feed(chunk, behind, end);
        }
    }

    /**
     * Goes on between two rows, as long as rows lie whole in the chunk. Whatever else comes is left to the scanner, errors
     * too.
     *
     * @return the end of the last row
     */
    private int wholeRows(int from, int to) {
        int at = from;
        while (true) {
            int row = nextRow(at, to);
            int end = row < to ? rows.scan(chunk, row, to) : PlaceScanner.NONE;
            if (end < 0) {
                return at;
            }
            separator = row - undecided;
            inRow = true;
            checkLength(end);
            decide(judge.keep(chunk, row, end - row, rows), end);
            at = end;
        }
    }

    /** From the bracket, or from the end of a row, to the row that follows if one does. */
    private int nextRow(int from, int to) {
        int at = blank(from, to);
        boolean first = keptHere == 0 && droppedHere == 0;
        return first ? at : at < to && chunk[at] == ',' ? blank(at + 1, to) : to;
    }

    private int blank(int from, int to) {
        int at = from;
        while (at < to && (chunk[at] == ' ' || chunk[at] == '\n' || chunk[at] == '\r' || chunk[at] == '\t')) {
            at++;
        }
        return at;
    }

    @Override
    public void finish(Output out) {
        if (released) {
            return;
        }
        try {
            scanner.finish();
        } catch (MalformedJsonException malformed) {
            throw new UnfilterableListException("the list is not whole: " + malformed.getMessage(), malformed);
        }
    }

    @Override
    public void release(Output out) {
        released = true;
        boolean first = inRow && isFirstAfterDropped();
        int skipped = first ? separator : 0;
        if (first) {
            out.write(lead, 0, lead.length);
        }
        out.write(carry.bytes(), skipped, carry.size() - skipped);
        lead = NOTHING;
        carry.clear();
        name.clear();
    }

    @Override
    public void name(int depth, long start, long end) {
        if (tracker.wantsName(depth) && end - start <= longestName) {
            wantedName(depth, start, index(end));
        }
        name.clear();
    }

    private void wantedName(int depth, long start, int end) {
        if (start >= base + chunkFrom) {
            tracker.name(depth, chunk, index(start), end);
            return;
        }
        name.add(chunk, chunkFrom, end);
        tracker.name(depth, name.bytes(), 0, name.size());
    }

    @Override
    public void begins(int depth, byte first, long at) {
        if (tracker.begins(depth, first) == PlaceTracker.Standing.AT) {
            found = true;
            itemsBegin(depth, first, index(at));
            return;
        }
        if (depth == arrayDepth + 1) {
            separator = carry.size() + index(at) - undecided;
            inRow = true;
        }
    }

    @Override
    public void ends(int depth, long end) {
        tracker.ends(depth);
        if (depth == arrayDepth + 1) {
            rowEnds(index(end));
        } else if (depth == arrayDepth) {
            arrayEnds(index(end));
        }
        if (depth == 0 && !found) {
            throw new UnfilterableListException("the body has nothing at \"" + items + "\", where the list should be");
        }
    }

    private void itemsBegin(int depth, byte first, int at) {
        if (first == 'n') {
            return;
        }
        if (first != '[') {
            throw new UnfilterableListException("what stands at \"" + items + "\" is no array");
        }
        pass(undecided, at + 1);
        undecided = at + 1;
        arrayDepth = depth;
        keptHere = 0;
        droppedHere = 0;
        scanner.pause();
    }

    private void rowEnds(int end) {
        checkLength(end);
        if (!carry.isEmpty()) {
            carry.add(chunk, undecided, end);
            undecided = end;
        }
        boolean keep = carry.isEmpty()
                ? isKept(chunk, undecided + separator, end)
                : isKept(carry.bytes(), separator, carry.size());
        decide(keep, end);
        carry.clear();
        scanner.pause();
    }

    private boolean isKept(byte[] bytes, int from, int to) {
        if (!judge.places().isEmpty()) {
            rows.read(bytes, from, to);
        }
        return judge.keep(bytes, from, to - from, rows);
    }

    private void decide(boolean keep, int end) {
        if (keep) {
            keep(end);
        } else {
            drop();
        }
        undecided = end;
        inRow = false;
    }

    private void keep(int end) {
        int skipped = 0;
        if (isFirstAfterDropped()) {
            skipped = separator;
            write(lead, 0, lead.length);
            lead = NOTHING;
        }
        if (carry.isEmpty()) {
            pass(undecided + skipped, end);
        } else {
            write(carry.bytes(), skipped, carry.size() - skipped);
        }
        kept++;
        keptHere++;
    }

    private void drop() {
        if (keptHere == 0 && droppedHere == 0) {
            lead = carry.isEmpty()
                    ? Arrays.copyOfRange(chunk, undecided, undecided + separator)
                    : Arrays.copyOf(carry.bytes(), separator);
        }
        dropped++;
        droppedHere++;
    }

    /** An array that lost all its rows loses the white space in it too. */
    private void arrayEnds(int end) {
        checkLength(end);
        if (isFirstAfterDropped()) {
            pass(end - 1, end);
        } else {
            write(carry.bytes(), 0, carry.size());
            pass(undecided, end);
        }
        carry.clear();
        lead = NOTHING;
        undecided = end;
        arrayDepth = NOWHERE;
    }

    private boolean isFirstAfterDropped() {
        return keptHere == 0 && droppedHere > 0;
    }

    /** Looks at rows in one piece and in many alike, so that it does not depend on the chunks which list fails. */
    private void checkLength(int end) {
        if (carry.size() + end - undecided > limits.itemBytes()) {
            throw new UnfilterableListException(
                    "row " + (kept + dropped + 1) + " is longer than " + limits.itemBytes() + " bytes");
        }
    }

    private void cutName(int end) {
        long open = scanner.openName();
        if (open < 0) {
            return;
        }
        int from = Math.max(chunkFrom, index(Math.max(open, base + chunkFrom)));
        if (name.size() + end - from <= longestName) {
            name.add(chunk, from, end);
        }
    }

    private int index(long offset) {
        return (int) (offset - base);
    }

    /** Lets a piece of the chunk out. */
    private void pass(int from, int to) {
        if (from != runTo) {
            flush();
            runFrom = from;
        }
        runTo = to;
    }

    private void write(byte[] bytes, int from, int length) {
        if (length > 0) {
            flush();
            output.write(bytes, from, length);
        }
    }

    private void flush() {
        if (runTo > runFrom) {
            output.write(chunk, runFrom, runTo - runFrom);
        }
        runFrom = runTo;
    }
}
