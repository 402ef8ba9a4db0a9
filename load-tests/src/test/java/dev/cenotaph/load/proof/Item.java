package dev.cenotaph.load.proof;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** An item, and what its clients know of it. */
final class Item {
    private final Shape shape;
    private final String id;
    private final int serial;
    private final Register<Condition> condition = new Register<>(Condition.LIVE);
    private final Register<Integer> note = new Register<>(0);
    private final AtomicInteger lastNote = new AtomicInteger();
    private volatile boolean mayBeErased;

    Item(Shape shape, String id, int serial) {
        this.shape = shape;
        this.id = id;
        this.serial = serial;
    }

    Shape shape() {
        return shape;
    }

    String id() {
        return id;
    }

    int serial() {
        return serial;
    }

    String path() {
        return shape.collection() + "/" + id;
    }

    Register<Condition> condition() {
        return condition;
    }

    /** The member that clients update. */
    Register<Integer> note() {
        return note;
    }

    int nextNote() {
        return lastNote.incrementAndGet();
    }

    /** How it may be: whatever retention has ended for may be gone by now. */
    Set<Condition> possible() {
        Set<Condition> possible = condition.possible();
        if (shape.isPurged() && possible.contains(Condition.TRASHED)) {
            possible.add(Condition.ABSENT);
        }
        return possible;
    }

    boolean surely(Condition one) {
        return possible().equals(Set.of(one));
    }

    /** A client has asked for a permanent delete, or retention may end. */
    void mayBeErased() {
        mayBeErased = true;
    }

    boolean neverToBeErased() {
        return !mayBeErased;
    }

    @Override
    public String toString() {
        return path() + " (" + condition + ")";
    }
}
