package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.gateway.tombstone.Actor.Place;
import dev.cenotaph.gateway.tombstone.Actor.Role;
import dev.cenotaph.gateway.tombstone.Assumptions.Broken;
import dev.cenotaph.gateway.tombstone.Assumptions.Handlers;
import dev.cenotaph.gateway.tombstone.Assumptions.Timing;
import dev.cenotaph.gateway.tombstone.Decision.Rule;
import dev.cenotaph.gateway.tombstone.Standing.Held;
import dev.cenotaph.gateway.tombstone.StateSearch.Move;
import dev.cenotaph.gateway.tombstone.Tombstone.State;
import dev.cenotaph.gateway.tombstone.World.Item;
import dev.cenotaph.gateway.tombstone.World.Message;
import dev.cenotaph.gateway.tombstone.World.Message.Kind;
import dev.cenotaph.gateway.tombstone.World.Promise;
import dev.cenotaph.policy.match.ItemKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What each actor does, step by step: the orders of {@code SoftDeletion}, {@code Restoration}, {@code PermanentDeletion},
 * the purge, the recovery and what learns from answers. A step at the store is one transaction, decided by the real
 * {@link TombstoneRules}; a read of the upstream is one moment; a write is sent, and arrives when it arrives.
 */
final class Programs {
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private static final ItemKey KEY = new ItemKey("orders", List.of(), "7");
    private static final Trace TRACE = new Trace(Optional.empty(), "request", "policy");

    private final TombstoneRules rules = new TombstoneRules(Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofSeconds(60));
    private final Assumptions assumptions;

    Programs(Assumptions assumptions) {
        this.assumptions = assumptions;
    }

    List<Move<World>> moves(World world, int me) {
        Actor actor = world.actor(me);
        return switch (actor.role()) {
            case DELETE -> delete(world, me, actor);
            case RESTORE -> restore(world, me, actor);
            case PERMANENT_DELETE, PURGE -> deleteForGood(world, me, actor);
            case LEARN -> learn(world, me, actor);
            case RECOVER -> recover(world, me, actor);
            case UPDATE -> update(world, me);
        };
    }

    private List<Move<World>> delete(World world, int me, Actor actor) {
        return switch (actor.at()) {
            case START ->
                world.gone()
                        ? end(world, me, "sees it gone")
                        : one(actor, "begins", world.with(me, it -> it.observing(world.revision(), Place.READ)));
            case READ -> read(world, me, item -> item.marked() ? Place.LEARN : Place.CLAIM, Place.DONE);
            case LEARN ->
                change(world, me, rules.learnTrashed(observed(actor), deletion(me)), "learns trashed", Place.DONE);
            case CLAIM -> claim(world, me, rules.begin(deletion(me)), Place.DONE);
            case WRITE -> send(world, me, Kind.MARK);
            case WAIT -> answered(world, me, Place.COMMIT, Place.AGAIN, Place.RELEASE);
            case REFUSED -> one(actor, "gives up", world.with(me, it -> it.to(Place.RELEASE)));
            case AGAIN ->
                read(
                        world,
                        me,
                        item -> item.marked()
                                ? Place.COMMIT
                                : actor.attempts() > 0 ? Place.RELEASE_AND_CLAIM : Place.RELEASE,
                        Place.RELEASE);
            case RELEASE_AND_CLAIM ->
                settle(world, me, rules.release(claimed(actor), "changed"), "releases", it -> it.again(Place.CLAIM));
            case SETTLE ->
                settleByReading(
                        world, me, item -> item.marked() ? Place.COMMIT : item.exists() ? inDoubt() : Place.RELEASE);
            case COMMIT ->
                settle(world, me, rules.commit(claimed(actor)), "commits, 2xx", Programs::done, Promise.TRASHED);
            case RELEASE, GIVE_UP -> settle(world, me, rules.release(claimed(actor), "no"), "releases", Programs::done);
            case VERIFY, FORGET, DONE, DEAD -> throw new IllegalStateException(actor.toString());
        };
    }

    private List<Move<World>> restore(World world, int me, Actor actor) {
        return switch (actor.at()) {
            case START -> one(actor, "begins", world.with(me, it -> it.observing(world.revision(), Place.CLAIM)));
            case CLAIM ->
                claim(world, me, rules.claim(State.RESTORING), actor.seen().isPresent() ? Place.DONE : Place.AGAIN);
            // Without a tombstone: somebody may have trashed it at the upstream itself.
            case AGAIN -> read(world, me, item -> item.marked() ? Place.LEARN : Place.DONE, Place.DONE);
            case LEARN ->
                change(world, me, rules.learnTrashed(observed(actor), deletion(me)), "learns trashed", Place.CLAIM);
            case READ -> read(world, me, item -> item.marked() ? Place.WRITE : Place.FORGET, Place.FORGET);
            case WRITE -> send(world, me, Kind.CLEAR);
            case WAIT ->
                answered(world, me, Place.VERIFY, actor.attempts() > 0 ? Place.READ : Place.RELEASE, Place.RELEASE);
            case VERIFY -> read(world, me, item -> item.marked() ? Place.RELEASE : Place.FORGET, Place.FORGET);
            case REFUSED -> one(actor, "gives up", world.with(me, it -> it.to(Place.RELEASE)));
            case SETTLE -> settleByReading(world, me, item -> item.marked() ? inDoubt() : restoredOrMissing(item));
            case FORGET -> {
                boolean live = actor.seen().filter(Item::exists).isPresent();
                yield settle(
                        world,
                        me,
                        rules.forget(claimed(actor), Optional.empty()),
                        live ? "forgets, 2xx" : "forgets",
                        Programs::done,
                        live ? Promise.LIVE : world.promise());
            }
            case RELEASE -> release(world, me, actor);
            case GIVE_UP -> settle(world, me, rules.release(claimed(actor), "no"), "releases", Programs::done);
            case RELEASE_AND_CLAIM, COMMIT, DONE, DEAD -> throw new IllegalStateException(actor.toString());
        };
    }

    private List<Move<World>> deleteForGood(World world, int me, Actor actor) {
        return switch (actor.at()) {
            case START -> one(actor, "begins", world.with(me, it -> it.to(Place.CLAIM)));
            // A purge takes over nothing, a permanent delete does.
            case CLAIM ->
                actor.role() == Role.PURGE && !isTrashed(world)
                        ? end(world, me, "passes it over")
                        : claim(world, me, rules.claim(State.PURGING), Place.DONE);
            case READ -> read(world, me, item -> item.marked() ? Place.WRITE : Place.FORGET, Place.FORGET);
            case WRITE -> {
                World sending = world.stands(claimed(actor)) ? world : world.withUnclaimedDelete();
                yield send(sending, me, Kind.DELETE);
            }
            case WAIT -> answered(world, me, Place.FORGET, Place.REFUSED, Place.FORGET);
            case REFUSED ->
                actor.role() == Role.PURGE || hasty()
                        ? one(actor, "gives up", world.with(me, it -> it.to(Place.RELEASE)))
                        : read(world, me, item -> item.marked() ? Place.RELEASE : Place.FORGET, Place.FORGET);
            case SETTLE ->
                settleByReading(
                        world,
                        me,
                        item -> item.exists() ? actor.role() == Role.PURGE ? Place.DONE : inDoubt() : Place.FORGET);
            case GIVE_UP -> settle(world, me, rules.release(claimed(actor), "no"), "releases", Programs::done);
            case FORGET -> settle(world, me, rules.forget(claimed(actor), Optional.empty()), "forgets", Programs::done);
            case RELEASE -> release(world, me, actor);
            case LEARN, AGAIN, VERIFY, RELEASE_AND_CLAIM, COMMIT, DONE, DEAD ->
                throw new IllegalStateException(actor.toString());
        };
    }

    private List<Move<World>> learn(World world, int me, Actor actor) {
        return switch (actor.at()) {
            case START -> one(actor, "asks", world.with(me, it -> it.observing(world.revision(), Place.READ)));
            case READ -> read(world, me, item -> Place.LEARN, Place.DONE);
            case LEARN ->
                actor.seen().filter(Item::marked).isPresent()
                        ? change(
                                world,
                                me,
                                rules.learnTrashed(observed(actor), deletion(me)),
                                "learns trashed",
                                Place.DONE)
                        : change(world, me, rules.learnLive(observed(actor)), "learns live", Place.DONE);
            default -> throw new IllegalStateException(actor.toString());
        };
    }

    private List<Move<World>> recover(World world, int me, Actor actor) {
        return switch (actor.at()) {
            case START -> find(world, me, actor);
            case READ ->
                settleByReading(world, me, item -> recovered(claimed(actor).state(), item));
            case COMMIT -> settle(world, me, rules.commit(claimed(actor)), "commits", Programs::idle);
            case RELEASE -> settle(world, me, rules.release(claimed(actor), "left open"), "releases", Programs::idle);
            case FORGET -> settle(world, me, rules.forget(claimed(actor), Optional.empty()), "forgets", Programs::idle);
            default -> throw new IllegalStateException(actor.toString());
        };
    }

    private static List<Move<World>> find(World world, int me, Actor actor) {
        if (!(world.standing() instanceof Held held) || held.tombstone().state() == State.TRASHED || held.leased(NOW)) {
            return List.of();
        }
        return one(
                actor,
                "finds " + held.tombstone().state() + " abandoned",
                world.with(me, it -> it.granted(held.tombstone(), Place.READ)));
    }

    private static Place recovered(State state, Item item) {
        return switch (state) {
            case PENDING -> item.marked() ? Place.COMMIT : Place.RELEASE;
            case RESTORING, PURGING -> item.marked() ? Place.RELEASE : Place.FORGET;
            case TRASHED -> throw new IllegalArgumentException("Nothing is open");
        };
    }

    /** Passes the gate, and arrives some time later. */
    private static List<Move<World>> update(World world, int me) {
        Actor actor = world.actor(me);
        if (actor.at() == Place.START) {
            return world.gone()
                    ? end(world, me, "sees it gone")
                    : one(actor, "passes", world.with(me, it -> it.to(Place.WRITE)));
        }
        Item item = world.item();
        World updated = item.exists() ? world.with(item.with(item.marked())) : world;
        return one(actor, "writes", updated.with(me, Programs::done));
    }

    private List<Move<World>> read(World world, int me, Function<Item, Place> found, Place missing) {
        Item item = world.item();
        Place next = item.exists() ? found.apply(item) : missing;
        return one(
                world.actor(me),
                "reads " + shown(item),
                world.with(me, it -> next == Place.DONE ? it.end(next) : it.read(item, next)));
    }

    private List<Move<World>> settleByReading(World world, int me, Function<Item, Place> settled) {
        Item item = world.item();
        Place next = settled.apply(item);
        return one(
                world.actor(me),
                "reads " + shown(item),
                world.with(me, it -> next == Place.DONE ? it.leave(next) : it.read(item, next)));
    }

    /** The item is as it was before a write that had no answer. */
    private Place inDoubt() {
        return hasty() ? Place.GIVE_UP : Place.DONE;
    }

    private boolean hasty() {
        return assumptions.handlers() == Handlers.HASTY;
    }

    private Place restoredOrMissing(Item item) {
        return item.exists() || !hasty() ? Place.FORGET : Place.GIVE_UP;
    }

    private static boolean isTrashed(World world) {
        return world.standing() instanceof Held held && held.tombstone().state() == State.TRASHED;
    }

    private static String shown(Item item) {
        return item.exists() ? item.marked() ? "trashed" : "live" : "missing";
    }

    private List<Move<World>> claim(World world, int me, Rule<Claim> rule, Place absent) {
        Actor actor = world.actor(me);
        Decision<Claim> decision = rule.decide(claimable(world.standing()), world.revision() + 1);
        if (decision.answer() instanceof Claim.Granted granted) {
            Place next = switch (actor.role()) {
                case DELETE, PERMANENT_DELETE -> Place.WRITE;
                default -> Place.READ;
            };
            World changed = world.with(decision.change().orElseThrow());
            return one(
                    actor,
                    "claims " + granted.tombstone().state(),
                    changed.promising(Promise.NONE).with(me, it -> it.granted(granted.tombstone(), next)));
        }
        if (decision.answer() instanceof Claim.Absent && absent != Place.DONE) {
            return one(actor, "finds no tombstone", world.with(me, it -> it.to(absent)));
        }
        return end(world, me, "is refused: " + decision.answer().getClass().getSimpleName());
    }

    private List<Move<World>> change(World world, int me, Rule<?> rule, String name, Place next) {
        World changed = rule.decide(world.standing(), world.revision() + 1)
                .change()
                .map(world::with)
                .orElse(world);
        return one(world.actor(me), name, changed.with(me, it -> next == Place.DONE ? it.end(next) : it.to(next)));
    }

    private List<Move<World>> send(World world, int me, Kind kind) {
        Actor actor = world.actor(me);
        Optional<Integer> condition = assumptions.conditional() ? actor.seen().map(Item::tag) : Optional.empty();
        return one(
                actor,
                "sends " + kind + condition.map(tag -> " if " + tag).orElse(""),
                world.sent(new Message(me, kind, condition, true)).with(me, it -> it.to(Place.WAIT)));
    }

    private List<Move<World>> answered(World world, int me, Place success, Place failed, Place missing) {
        Actor actor = world.actor(me);
        if (actor.answer().isEmpty()) {
            return timeout(world, me, actor);
        }
        return switch (actor.answer().get()) {
            case SUCCESS -> one(actor, "is answered", world.with(me, it -> it.to(success)));
            case PRECONDITION_FAILED -> one(actor, "is answered 412", world.with(me, it -> it.again(failed)));
            case REFUSED -> one(actor, "is refused", world.with(me, it -> it.to(Place.REFUSED)));
            case MISSING -> one(actor, "is answered 404", world.with(me, it -> it.to(missing)));
            case LOST -> one(actor, "has no answer", world.with(me, it -> it.to(Place.SETTLE)));
        };
    }

    private List<Move<World>> timeout(World world, int me, Actor actor) {
        return assumptions.timing() == Timing.PROMPT
                ? List.of()
                : one(actor, "waits no longer", world.unawaited(me).with(me, it -> it.to(Place.SETTLE)));
    }

    /** Whoever asked is told that the item is still in the trash. */
    private List<Move<World>> release(World world, int me, Actor actor) {
        boolean shownTrashed = actor.seen().filter(Item::marked).isPresent();
        return settle(
                world,
                me,
                rules.release(claimed(actor), "no"),
                "releases",
                Programs::done,
                shownTrashed ? Promise.TRASHED : world.promise());
    }

    private List<Move<World>> settle(World world, int me, Rule<?> rule, String name, UnaryOperator<Actor> end) {
        return settle(world, me, rule, name, end, world.promise());
    }

    private List<Move<World>> settle(
            World world, int me, Rule<?> rule, String name, UnaryOperator<Actor> end, Promise promise) {
        Actor actor = world.actor(me);
        try {
            World settled = rule.decide(settleable(world.standing(), actor), world.revision() + 1)
                    .change()
                    .map(world::with)
                    .orElse(world);
            return one(actor, name, settled.promising(promise).with(me, end));
        } catch (StaleClaimException takenOver) {
            return one(
                    actor,
                    "comes too late",
                    world.with(me, actor.role() == Role.RECOVER ? Programs::idle : Programs::done));
        }
    }

    private Standing claimable(Standing standing) {
        return assumptions.broken() == Broken.LEASES && standing instanceof Held held
                ? new Held(held.tombstone(), Optional.empty())
                : standing;
    }

    private Standing settleable(Standing standing, Actor actor) {
        return assumptions.broken() == Broken.VERSIONS ? new Held(claimed(actor), Optional.empty()) : standing;
    }

    private long observed(Actor actor) {
        return assumptions.broken() == Broken.OBSERVATION ? Long.MAX_VALUE : actor.observed();
    }

    private static List<Move<World>> one(Actor actor, String name, World next) {
        return List.of(new Move<>(actor.role() + " " + name, next));
    }

    private static List<Move<World>> end(World world, int me, String name) {
        return one(world.actor(me), name, world.with(me, Programs::done));
    }

    private static Actor done(Actor actor) {
        return actor.end(Place.DONE);
    }

    private static Actor idle(Actor actor) {
        return actor.end(Place.START);
    }

    private static Tombstone claimed(Actor actor) {
        return actor.claimed().orElseThrow();
    }

    private static Deletion deletion(int me) {
        return new Deletion(KEY, NOW, Optional.empty(), "deletion of " + me, Optional.empty(), TRACE);
    }
}
