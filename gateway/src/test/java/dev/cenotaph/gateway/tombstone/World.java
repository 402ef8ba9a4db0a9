package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.gateway.tombstone.Standing.Held;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Everything at one moment of a story about one item.
 *
 * @param standing what the store holds
 * @param revision of the store
 * @param item what lies at the upstream
 * @param actors where each of them stands
 * @param wire what was sent to the upstream and has not arrived
 * @param promise what a client was told last
 * @param crashes how many more there may be
 * @param expiries how many more leases may run out
 * @param unclaimedDelete whether a DELETE was ever sent by an actor whose claim did not stand any more
 */
record World(
        Standing standing,
        long revision,
        Item item,
        List<Actor> actors,
        List<Message> wire,
        Promise promise,
        int crashes,
        int expiries,
        boolean unclaimedDelete) {

    /**
     * The item at the upstream, and what a read of it shows.
     *
     * @param tag the entity tag: counts the changes
     */
    record Item(boolean exists, boolean marked, int tag) {
        Item with(boolean marker) {
            return new Item(exists, marker, tag + 1);
        }

        Item deleted() {
            return new Item(false, false, tag + 1);
        }
    }

    /**
     * A write on its way.
     *
     * @param condition the entity tag that it demands
     * @param awaited whether its sender still waits for the answer
     */
    record Message(int sender, Kind kind, Optional<Integer> condition, boolean awaited) {
        enum Kind {
            MARK,
            CLEAR,
            DELETE
        }
    }

    /** What the last 2xx said, as long as nobody was allowed to change it since. */
    enum Promise {
        NONE,
        TRASHED,
        LIVE
    }

    Actor actor(int number) {
        return actors.get(number);
    }

    World with(int number, UnaryOperator<Actor> change) {
        List<Actor> changed = new ArrayList<>(actors);
        changed.set(number, change.apply(changed.get(number)));
        return new World(
                standing, revision, item, List.copyOf(changed), wire, promise, crashes, expiries, unclaimedDelete);
    }

    World with(Change change) {
        return new World(change.next(), revision + 1, item, actors, wire, promise, crashes, expiries, unclaimedDelete);
    }

    World with(Item changed) {
        return new World(standing, revision, changed, actors, wire, promise, crashes, expiries, unclaimedDelete);
    }

    World with(List<Message> messages) {
        return new World(
                standing, revision, item, actors, List.copyOf(messages), promise, crashes, expiries, unclaimedDelete);
    }

    World promising(Promise promised) {
        return new World(standing, revision, item, actors, wire, promised, crashes, expiries, unclaimedDelete);
    }

    World crashed() {
        return new World(standing, revision, item, actors, wire, promise, crashes - 1, expiries, unclaimedDelete);
    }

    World expired(Held held) {
        return new World(held, revision, item, actors, wire, promise, crashes, expiries - 1, unclaimedDelete);
    }

    World withUnclaimedDelete() {
        return new World(standing, revision, item, actors, wire, promise, crashes, expiries, true);
    }

    World without(Message message) {
        List<Message> left = new ArrayList<>(wire);
        left.remove(message);
        return with(left);
    }

    World sent(Message message) {
        List<Message> more = new ArrayList<>(wire);
        more.add(message);
        return with(more);
    }

    /** From here on nobody waits for the answer to what this actor sent. */
    World unawaited(int sender) {
        return with(wire.stream()
                .map(message -> message.sender() == sender
                        ? new Message(sender, message.kind(), message.condition(), false)
                        : message)
                .toList());
    }

    boolean onTheWire(int sender) {
        return wire.stream().anyMatch(message -> message.sender() == sender);
    }

    boolean gone() {
        return standing instanceof Held held && held.gone();
    }

    boolean stands(Tombstone claimed) {
        return standing instanceof Held held && held.tombstone().equals(claimed);
    }
}
