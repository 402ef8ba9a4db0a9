package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.gateway.tombstone.Actor.Answer;
import dev.cenotaph.gateway.tombstone.Actor.Place;
import dev.cenotaph.gateway.tombstone.Actor.Role;
import dev.cenotaph.gateway.tombstone.Assumptions.Timing;
import dev.cenotaph.gateway.tombstone.Standing.Held;
import dev.cenotaph.gateway.tombstone.StateSearch.Move;
import dev.cenotaph.gateway.tombstone.Tombstone.State;
import dev.cenotaph.gateway.tombstone.World.Item;
import dev.cenotaph.gateway.tombstone.World.Message;
import dev.cenotaph.gateway.tombstone.World.Promise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All that can happen next: to the actors, on the wire, to a lease; and what must never come of it. */
final class Protocol {

    /** What holds in no state. */
    enum Breach {
        /** An acknowledged restore, and the item is gone for good. */
        RESTORED_AND_GONE_FOR_GOOD,
        /** An acknowledged restore, and the item is hidden, though nobody asked for it. */
        RESTORE_LOST,
        /** An acknowledged delete, and the item shows, though nobody asked for it. */
        DELETE_LOST,
        /** Everything is settled, and a live item answers gone. */
        LIVE_ITEM_BEHIND_A_TOMBSTONE,
        /** Gone was answered for a delete that is but an intent. */
        PENDING_ANSWERS_GONE,
        /** A DELETE went out from one whose claim had been taken over. */
        DELETE_WITHOUT_A_CLAIM
    }

    private final Programs programs;
    private final Assumptions assumptions;

    Protocol(Assumptions assumptions) {
        this.programs = new Programs(assumptions);
        this.assumptions = assumptions;
    }

    Collection<Move<World>> moves(World world) {
        List<Move<World>> moves = new ArrayList<>();
        for (int number = 0; number < world.actors().size(); number++) {
            Actor actor = world.actor(number);
            if (actor.active() || actor.role() == Role.RECOVER) {
                moves.addAll(programs.moves(world, number));
                crash(world, number, moves);
            }
        }
        world.wire().forEach(message -> onTheWire(world, message, moves));
        expiry(world, moves);
        return moves;
    }

    Set<Breach> breaches(World world) {
        Set<Breach> breaches = EnumSet.noneOf(Breach.class);
        if (world.promise() == Promise.LIVE && !world.item().exists()) {
            breaches.add(Breach.RESTORED_AND_GONE_FOR_GOOD);
        }
        if (world.promise() == Promise.LIVE && (world.gone() || world.item().marked())) {
            breaches.add(Breach.RESTORE_LOST);
        }
        boolean hidden = world.gone() && (world.item().marked() || !world.item().exists());
        if (world.promise() == Promise.TRASHED && !hidden) {
            breaches.add(Breach.DELETE_LOST);
        }
        if (settled(world)
                && world.gone()
                && world.item().exists()
                && !world.item().marked()) {
            breaches.add(Breach.LIVE_ITEM_BEHIND_A_TOMBSTONE);
        }
        if (world.gone() && state(world).equals(Optional.of(State.PENDING))) {
            breaches.add(Breach.PENDING_ANSWERS_GONE);
        }
        if (world.unclaimedDelete()) {
            breaches.add(Breach.DELETE_WITHOUT_A_CLAIM);
        }
        return breaches;
    }

    private static void crash(World world, int number, List<Move<World>> moves) {
        Role role = world.actor(number).role();
        boolean inGateway = role != Role.UPDATE && role != Role.LEARN;
        if (inGateway && world.crashes() > 0 && world.actor(number).active()) {
            moves.add(new Move<>(
                    role + " crashes",
                    world.with(number, actor -> role == Role.RECOVER ? actor.end(Place.START) : actor.leave(Place.DEAD))
                            .unawaited(number)
                            .crashed()));
        }
    }

    private static void onTheWire(World world, Message message, List<Move<World>> moves) {
        World rest = world.without(message);
        Answer answer = answer(world.item(), message);
        World arrived = answer == Answer.SUCCESS ? rest.with(written(world.item(), message)) : rest;
        String name = world.actor(message.sender()).role() + "'s " + message.kind();
        if (message.awaited()) {
            moves.add(new Move<>(
                    name + " arrives: " + answer, arrived.with(message.sender(), actor -> actor.answered(answer))));
            moves.add(new Move<>(
                    name + " arrives, its answer is lost",
                    arrived.with(message.sender(), actor -> actor.answered(Answer.LOST))));
            moves.add(new Move<>(
                    name + " is refused", rest.with(message.sender(), actor -> actor.answered(Answer.REFUSED))));
            moves.add(new Move<>(name + " is lost", rest.with(message.sender(), actor -> actor.answered(Answer.LOST))));
        } else {
            moves.add(new Move<>(name + " arrives late: " + answer, arrived));
            moves.add(new Move<>(name + " is lost", rest));
        }
    }

    private static Answer answer(Item item, Message message) {
        if (!item.exists()) {
            return message.condition().isPresent() ? Answer.PRECONDITION_FAILED : Answer.MISSING;
        }
        return message.condition().filter(tag -> tag != item.tag()).isPresent()
                ? Answer.PRECONDITION_FAILED
                : Answer.SUCCESS;
    }

    private static Item written(Item item, Message message) {
        return switch (message.kind()) {
            case MARK -> item.with(true);
            case CLEAR -> item.with(false);
            case DELETE -> item.deleted();
        };
    }

    private void expiry(World world, List<Move<World>> moves) {
        if (world.expiries() > 0
                && world.standing() instanceof Held held
                && held.leased(Programs.NOW)
                && (assumptions.timing() == Timing.ANY || leftBehind(world, held))) {
            moves.add(new Move<>(
                    "the lease of " + held.tombstone().state() + " runs out",
                    world.expired(new Held(held.tombstone(), Optional.of(Programs.NOW)))));
        }
    }

    private static boolean leftBehind(World world, Held held) {
        for (int number = 0; number < world.actors().size(); number++) {
            Actor actor = world.actor(number);
            boolean holds = actor.claimed().equals(Optional.of(held.tombstone()));
            if (holds && (actor.active() || world.onTheWire(number))) {
                return false;
            }
        }
        return true;
    }

    private static boolean settled(World world) {
        return world.actors().stream().noneMatch(Actor::active)
                && world.wire().isEmpty()
                && state(world).filter(state -> state != State.TRASHED).isEmpty();
    }

    private static Optional<State> state(World world) {
        return world.standing() instanceof Held held
                ? Optional.of(held.tombstone().state())
                : Optional.empty();
    }
}
