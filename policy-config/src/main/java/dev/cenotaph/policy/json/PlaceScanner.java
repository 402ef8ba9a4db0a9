package dev.cenotaph.policy.json;

import dev.cenotaph.policy.Place;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Scans values that lie whole in an array, one after the other, and finds the same places in each: the rows of a list.
 *
 * <p>Rows mostly look alike, so it keeps the {@linkplain ValueShape shapes} of the last few and tries those first; a value
 * of another shape is scanned token by token. Both check all that {@link JsonScanner} checks. What is not whole, not
 * well-formed or nested very deep is {@link #NONE}, and left to that one.
 */
public final class PlaceScanner {
    /** No whole, well-formed value of moderate depth. */
    public static final int NONE = JsonLeaf.NONE;

    /** As many levels as a long has bits. */
    private static final int DEEPEST = Long.SIZE;

    private final PlaceFinder[] finders;
    private final int watched;
    private final int limit;
    /** The first bytes of the names that lead to a place, in quotes as they stand in the text. */
    private final boolean[] firsts = new boolean[256];

    private final int[] starts;
    private final int[] ends;
    private final ShapeMemory shapes;

    /** The depth of a value that leads to no place, as long as the scan is inside it. */
    private int deaf;

    /**
     * A scanner for values of one kind.
     *
     * @param places numbered from 0 as they stand here
     * @param limit how deep arrays and objects may nest inside a value
     */
    public PlaceScanner(List<Place> places, int limit) {
        this.finders = new PlaceFinder[places.size()];
        int deepest = -1;
        for (int place = 0; place < finders.length; place++) {
            finders[place] = new PlaceFinder(places.get(place));
            deepest = Math.max(deepest, places.get(place).tokens().size());
            places.get(place).tokens().forEach(this::expect);
        }
        this.watched = deepest;
        this.limit = Math.min(limit, DEEPEST);
        this.starts = new int[finders.length];
        this.ends = new int[finders.length];
        this.shapes = new ShapeMemory();
    }

    private void expect(String name) {
        firsts[name.isEmpty() ? '"' : name.getBytes(StandardCharsets.UTF_8)[0] & 0xFF] = true;
        firsts['\\'] = true;
    }

    /** Where the value at a place of the last value starts, negative if there is none. */
    public int start(int place) {
        return starts[place];
    }

    /** Where the value at a place of the last value ends, if there is one. */
    public int end(int place) {
        return ends[place];
    }

    /**
     * Scans the value that starts at {@code from}, with its first byte.
     *
     * @param to how far the bytes go
     * @return where it ends, or {@link #NONE}
     */
    public int scan(byte[] bytes, int from, int to) {
        int end = shapes.scan(bytes, from, to, starts, ends);
        if (end >= 0) {
            return end;
        }
        watch(bytes);
        shapes.begins();
        end = tokens(bytes, from, to);
        if (end >= 0) {
            found();
            shapes.ends(bytes, from, end, starts, ends);
        }
        return end;
    }

    /**
     * Finds the places in a value that is whole and well-formed, whatever its depth.
     *
     * @throws MalformedJsonException if it is not
     */
    public void read(byte[] bytes, int from, int to) {
        if (scan(bytes, from, to) == to) {
            return;
        }
        watch(bytes);
        var scanner = new JsonScanner(new Finders(), JsonScanner.DEPTH, from);
        scanner.feed(bytes, from, to);
        scanner.finish();
        found();
    }

    private void watch(byte[] bytes) {
        deaf = Integer.MAX_VALUE;
        for (PlaceFinder finder : finders) {
            finder.in(bytes);
        }
    }

    private void found() {
        for (int place = 0; place < finders.length; place++) {
            starts[place] = finders[place].start();
            ends[place] = finders[place].end();
        }
    }

    /** One loop over the tokens; the lowest bit of {@code objects} tells what the innermost open value is. */
    private int tokens(byte[] bytes, int from, int to) {
        long objects = 0;
        int depth = 0;
        int at = from;
        while (at < to) {
            byte first = bytes[at];
            begins(depth, first, at);
            if (first == '{' || first == '[') {
                if (depth == limit) {
                    return NONE;
                }
                objects = (objects << 1) | (first == '{' ? 1 : 0);
                depth++;
                at = blank(bytes, at + 1, to);
                // The closing bracket and brace come two after the opening ones.
                if (at < to && bytes[at] != first + 2) {
                    at = first == '{' ? name(depth, bytes, at, to) : at;
                    if (at < 0) {
                        return NONE;
                    }
                    continue;
                }
            } else {
                int end = JsonLeaf.end(bytes, at, to);
                if (end < 0 || depth == 0) {
                    ends(depth, end);
                    return end;
                }
                shapes.leaf(at, end);
                ends(depth, end);
                at = blank(bytes, end, to);
            }
            while (at < to && bytes[at] != ',') {
                if (bytes[at] != ((objects & 1) != 0 ? '}' : ']')) {
                    return NONE;
                }
                objects >>>= 1;
                depth--;
                at++;
                ends(depth, at);
                if (depth == 0) {
                    return at;
                }
                at = blank(bytes, at, to);
            }
            at = blank(bytes, at + 1, to);
            if ((objects & 1) != 0) {
                at = name(depth, bytes, at, to);
                if (at < 0) {
                    return NONE;
                }
            }
        }
        return NONE;
    }

    /** From the name of a member to its value. */
    private int name(int depth, byte[] bytes, int from, int to) {
        if (from >= to || bytes[from] != '"') {
            return NONE;
        }
        int end = JsonLeaf.string(bytes, from, to);
        if (end < 0) {
            return NONE;
        }
        if (depth <= watched && depth <= deaf) {
            named(depth, bytes[from + 1], from, end);
        }
        int colon = blank(bytes, end, to);
        return colon < to && bytes[colon] == ':' ? blank(bytes, colon + 1, to) : NONE;
    }

    private void named(int depth, byte first, int from, int to) {
        boolean matters = false;
        if (firsts[first & 0xFF]) {
            for (PlaceFinder finder : finders) {
                matters |= finder.named(depth, from, to);
            }
        }
        deaf = matters ? Integer.MAX_VALUE : depth;
    }

    private void begins(int depth, byte first, int at) {
        if (depth <= watched && depth < deaf) {
            deaf = Integer.MAX_VALUE;
            for (PlaceFinder finder : finders) {
                finder.begins(depth, first, at);
            }
        }
    }

    private void ends(int depth, int at) {
        if (depth <= watched && depth < deaf) {
            for (PlaceFinder finder : finders) {
                finder.ends(depth, at);
            }
        }
    }

    private static int blank(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }

    /** All of them behind one scanner. */
    private final class Finders implements JsonEvents {
        @Override
        public void name(int depth, long start, long end) {
            for (PlaceFinder finder : finders) {
                finder.name(depth, start, end);
            }
        }

        @Override
        public void begins(int depth, byte first, long at) {
            for (PlaceFinder finder : finders) {
                finder.begins(depth, first, at);
            }
        }

        @Override
        public void ends(int depth, long end) {
            for (PlaceFinder finder : finders) {
                finder.ends(depth, end);
            }
        }
    }
}
