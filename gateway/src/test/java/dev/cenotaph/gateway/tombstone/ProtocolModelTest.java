package dev.cenotaph.gateway.tombstone;

import static dev.cenotaph.gateway.tombstone.Actor.Role.DELETE;
import static dev.cenotaph.gateway.tombstone.Actor.Role.LEARN;
import static dev.cenotaph.gateway.tombstone.Actor.Role.PERMANENT_DELETE;
import static dev.cenotaph.gateway.tombstone.Actor.Role.PURGE;
import static dev.cenotaph.gateway.tombstone.Actor.Role.RECOVER;
import static dev.cenotaph.gateway.tombstone.Actor.Role.RESTORE;
import static dev.cenotaph.gateway.tombstone.Actor.Role.UPDATE;
import static dev.cenotaph.gateway.tombstone.Assumptions.Handlers.CAREFUL;
import static dev.cenotaph.gateway.tombstone.Assumptions.Handlers.HASTY;
import static dev.cenotaph.gateway.tombstone.Assumptions.Timing.ANY;
import static dev.cenotaph.gateway.tombstone.Assumptions.Timing.PROMPT;
import static dev.cenotaph.gateway.tombstone.Assumptions.Timing.WITHIN_THE_LEASE;
import static dev.cenotaph.gateway.tombstone.Protocol.Breach.DELETE_LOST;
import static dev.cenotaph.gateway.tombstone.Protocol.Breach.DELETE_WITHOUT_A_CLAIM;
import static dev.cenotaph.gateway.tombstone.Protocol.Breach.LIVE_ITEM_BEHIND_A_TOMBSTONE;
import static dev.cenotaph.gateway.tombstone.Protocol.Breach.RESTORED_AND_GONE_FOR_GOOD;
import static dev.cenotaph.gateway.tombstone.Protocol.Breach.RESTORE_LOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.tombstone.Actor.Role;
import dev.cenotaph.gateway.tombstone.Assumptions.Broken;
import dev.cenotaph.gateway.tombstone.Assumptions.Handlers;
import dev.cenotaph.gateway.tombstone.Assumptions.Timing;
import dev.cenotaph.gateway.tombstone.Protocol.Breach;
import dev.cenotaph.gateway.tombstone.StateSearch.Result;
import dev.cenotaph.gateway.tombstone.World.Item;
import dev.cenotaph.gateway.tombstone.World.Promise;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every order in which the steps of a few actors can fall, with a crash and a lease that runs out at every moment where
 * they can, over the real {@link TombstoneRules}. Which assumptions the promises need is part of the facts here.
 */
class ProtocolModelTest {
    private static final Logger LOG = LoggerFactory.getLogger(ProtocolModelTest.class);
    /** How many actors crash, and how many leases run out; two take minutes and a heap of 6 GB. */
    private static final int FAULTS = Integer.getInteger("cenotaph.model.faults", 1);

    private static final boolean IF_MATCH = true;
    private static final boolean NO_CONDITION = false;

    private static final List<Role> TWO_DELETES = List.of(DELETE, DELETE, RECOVER);
    private static final List<Role> DELETES_AND_RESTORE = List.of(DELETE, DELETE, RESTORE, RECOVER);
    private static final List<Role> RESTORE_AND_PURGE = List.of(DELETE, RESTORE, PURGE, RECOVER);
    private static final List<Role> RESTORE_AND_PERMANENT_DELETE = List.of(DELETE, RESTORE, PERMANENT_DELETE, RECOVER);
    private static final List<Role> RESTORE_UPDATE_AND_LEARN = List.of(DELETE, RESTORE, LEARN, UPDATE, RECOVER);
    private static final List<List<Role>> STORIES = List.of(
            TWO_DELETES,
            DELETES_AND_RESTORE,
            RESTORE_AND_PURGE,
            RESTORE_AND_PERMANENT_DELETE,
            RESTORE_UPDATE_AND_LEARN);

    static Stream<Arguments> everyPromiseIsKept() {
        return Stream.of(
                        stories(PROMPT, CAREFUL, NO_CONDITION, STORIES),
                        stories(PROMPT, CAREFUL, IF_MATCH, STORIES),
                        stories(WITHIN_THE_LEASE, CAREFUL, IF_MATCH, STORIES),
                        stories(ANY, CAREFUL, IF_MATCH, List.of(TWO_DELETES)),
                        stories(ANY, CAREFUL, NO_CONDITION, List.of(TWO_DELETES)))
                .flatMap(List::stream);
    }

    @ParameterizedTest(name = "{0}, {1}, If-Match {2}: {3}")
    @MethodSource
    void everyPromiseIsKept(Timing timing, Handlers handlers, boolean conditional, List<Role> story) {
        assertThat(search(new Assumptions(timing, conditional, handlers, Broken.NOTHING), story)
                        .breaches())
                .isEmpty();
    }

    /** What more would take: the assumptions that the promises rest on are not there for nothing. */
    static Stream<Arguments> promiseIsBroken() {
        return Stream.of(
                // A permanent delete takes over a restore that had crashed after it took effect.
                Arguments.of(
                        PROMPT, HASTY, IF_MATCH, RESTORE_AND_PERMANENT_DELETE, Set.of(LIVE_ITEM_BEHIND_A_TOMBSTONE)),
                // A write arrives after its sender has read that it did not, and has gone back.
                Arguments.of(
                        WITHIN_THE_LEASE,
                        HASTY,
                        IF_MATCH,
                        RESTORE_AND_PERMANENT_DELETE,
                        Set.of(LIVE_ITEM_BEHIND_A_TOMBSTONE, RESTORED_AND_GONE_FOR_GOOD)),
                Arguments.of(
                        WITHIN_THE_LEASE,
                        HASTY,
                        IF_MATCH,
                        RESTORE_AND_PURGE,
                        Set.of(LIVE_ITEM_BEHIND_A_TOMBSTONE, DELETE_LOST)),
                Arguments.of(
                        WITHIN_THE_LEASE,
                        HASTY,
                        IF_MATCH,
                        RESTORE_UPDATE_AND_LEARN,
                        Set.of(LIVE_ITEM_BEHIND_A_TOMBSTONE)),
                // A delete is believed for the marker of another; its own arrives after the restore.
                Arguments.of(WITHIN_THE_LEASE, CAREFUL, NO_CONDITION, DELETES_AND_RESTORE, Set.of(RESTORE_LOST)),
                // A purge is paused until its lease is over: only the condition on its DELETE saves what was restored.
                Arguments.of(
                        ANY,
                        CAREFUL,
                        NO_CONDITION,
                        RESTORE_AND_PURGE,
                        Set.of(
                                RESTORED_AND_GONE_FOR_GOOD,
                                DELETE_LOST,
                                LIVE_ITEM_BEHIND_A_TOMBSTONE,
                                DELETE_WITHOUT_A_CLAIM)),
                Arguments.of(
                        ANY,
                        CAREFUL,
                        IF_MATCH,
                        RESTORE_AND_PURGE,
                        Set.of(DELETE_LOST, LIVE_ITEM_BEHIND_A_TOMBSTONE, DELETE_WITHOUT_A_CLAIM)));
    }

    @ParameterizedTest(name = "{0}, {1}, If-Match {2}: {3} breaks {4}")
    @MethodSource
    void promiseIsBroken(
            Timing timing, Handlers handlers, boolean conditional, List<Role> story, Set<Breach> expected) {
        assertThat(search(new Assumptions(timing, conditional, handlers, Broken.NOTHING), story)
                        .breaches()
                        .keySet())
                .isEqualTo(expected);
    }

    /** The search would notice: under the same assumptions no promise is broken as long as the rule is there. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOTHING")
    void ruleLeftOutIsFound(Broken broken) {
        Assumptions sound =
                new Assumptions(broken == Broken.VERSIONS ? ANY : PROMPT, IF_MATCH, CAREFUL, Broken.NOTHING);
        List<Role> story = switch (broken) {
            case LEASES -> RESTORE_AND_PERMANENT_DELETE;
            case VERSIONS -> TWO_DELETES;
            case OBSERVATION -> RESTORE_UPDATE_AND_LEARN;
            case NOTHING -> throw new IllegalArgumentException("Nothing is left out");
        };
        assertThat(search(sound, story).breaches()).isEmpty();
        assertThat(search(sound.with(broken), story).breaches()).isNotEmpty();
    }

    private static List<Arguments> stories(
            Timing timing, Handlers handlers, boolean conditional, List<List<Role>> stories) {
        return stories.stream()
                .map(story -> Arguments.of(timing, handlers, conditional, story))
                .toList();
    }

    private static Result<Breach> search(Assumptions assumptions, List<Role> story) {
        var protocol = new Protocol(assumptions);
        var start = new World(
                new Standing.Unknown(0),
                0,
                new Item(true, false, 0),
                story.stream().map(Actor::of).toList(),
                List.of(),
                Promise.NONE,
                FAULTS,
                FAULTS,
                false);
        Result<Breach> result = new StateSearch<>(Breach.class, protocol::moves, protocol::breaches).from(start);
        LOG.info("{} {}: {} states, {} moves", assumptions, story, result.states(), result.moves());
        result.breaches().forEach((breach, steps) -> LOG.info("{}:\n  {}", breach, String.join("\n  ", steps)));
        return result;
    }
}
