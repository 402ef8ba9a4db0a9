package dev.cenotaph.policy.json;

import dev.cenotaph.policy.Place;

/**
 * Finds the value at one place while a document is scanned whose bytes all lie in one array, at the offsets that the
 * events name. Where a name is there twice, the last one counts.
 */
final class PlaceFinder implements JsonEvents {
    private static final int NOWHERE = -1;

    private final PlaceTracker tracker;
    private final int target;
    private byte[] bytes = {};
    private boolean open;
    private int start = NOWHERE;
    private int end = NOWHERE;

    PlaceFinder(Place place) {
        this.tracker = new PlaceTracker(place);
        this.target = place.tokens().size();
    }

    /** Starts on a document. */
    void in(byte[] document) {
        bytes = document;
        tracker.reset();
        open = false;
        start = NOWHERE;
        end = NOWHERE;
    }

    /** Where the value starts, negative if there is none. */
    int start() {
        return start;
    }

    /** Where the value ends, if it is there. */
    int end() {
        return end;
    }

    @Override
    public void name(int depth, long from, long to) {
        named(depth, (int) from, (int) to);
    }

    /** Takes a name; answers false where nothing is to be learned from the value. */
    boolean named(int depth, int from, int to) {
        return tracker.wantsName(depth) && tracker.name(depth, bytes, from, to);
    }

    @Override
    public void begins(int depth, byte first, long at) {
        switch (tracker.begins(depth, first)) {
            case OFF -> {}
            // A second member of this name: what the first one held counts no longer.
            case ABOVE -> start = NOWHERE;
            case AT -> {
                start = (int) at;
                open = true;
            }
        }
    }

    @Override
    public void ends(int depth, long at) {
        tracker.ends(depth);
        if (open && depth == target) {
            end = (int) at;
            open = false;
        }
    }
}
