package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.gateway.tombstone.World.Item;
import java.util.Optional;

/**
 * One who does something to the item, and how far it has come.
 *
 * @param claimed the tombstone that it was granted
 * @param observed the moment before its read, in the order of changes
 * @param seen what its last read showed
 * @param answer to its last write
 * @param attempts how many more it has
 */
record Actor(
        Role role,
        Place at,
        Optional<Tombstone> claimed,
        long observed,
        Optional<Item> seen,
        Optional<Answer> answer,
        int attempts) {

    enum Role {
        DELETE,
        RESTORE,
        PERMANENT_DELETE,
        PURGE,
        LEARN,
        RECOVER,
        /** A client's update that leaves the marker alone. */
        UPDATE
    }

    /** What it does next. */
    enum Place {
        START,
        READ,
        LEARN,
        CLAIM,
        WRITE,
        WAIT,
        AGAIN,
        VERIFY,
        SETTLE,
        COMMIT,
        /** The upstream said no. */
        REFUSED,
        RELEASE,
        RELEASE_AND_CLAIM,
        /** A release after which nobody was told that the item is still trashed. */
        GIVE_UP,
        FORGET,
        DONE,
        DEAD
    }

    enum Answer {
        SUCCESS,
        PRECONDITION_FAILED,
        REFUSED,
        MISSING,
        /** It will never come, whatever became of the write. */
        LOST
    }

    static Actor of(Role role) {
        return new Actor(role, Place.START, Optional.empty(), 0, Optional.empty(), Optional.empty(), 2);
    }

    boolean active() {
        return at != Place.DONE && at != Place.DEAD && !(role == Role.RECOVER && at == Place.START);
    }

    Actor to(Place next) {
        return new Actor(role, next, claimed, observed, seen, answer, attempts);
    }

    /** It is over, but what it claimed may still be open. */
    Actor leave(Place end) {
        Actor ended = end(end);
        return claimed.map(open -> ended.granted(open, end)).orElse(ended);
    }

    /** What it does not need any more is forgotten, so that states which cannot be told apart are one. */
    Actor end(Place end) {
        return new Actor(role, end, Optional.empty(), 0, Optional.empty(), Optional.empty(), 0);
    }

    Actor granted(Tombstone tombstone, Place next) {
        return new Actor(role, next, Optional.of(tombstone), observed, seen, Optional.empty(), attempts);
    }

    Actor observing(long moment, Place next) {
        return new Actor(role, next, claimed, moment, seen, answer, attempts);
    }

    Actor read(Item shown, Place next) {
        return new Actor(role, next, claimed, observed, Optional.of(shown), Optional.empty(), attempts);
    }

    Actor answered(Answer came) {
        return new Actor(role, at, claimed, observed, seen, Optional.of(came), attempts);
    }

    Actor again(Place next) {
        return new Actor(role, next, claimed, observed, seen, Optional.empty(), attempts - 1);
    }
}
