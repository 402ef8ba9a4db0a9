package dev.cenotaph.gateway.tombstone;

/**
 * What a search takes for granted.
 *
 * @param conditional whether writes to the upstream carry {@code If-Match} with the entity tag that was read before
 * @param broken what is deliberately wrong
 */
record Assumptions(Timing timing, boolean conditional, Handlers handlers, Broken broken) {

    Assumptions with(Broken other) {
        return new Assumptions(timing, conditional, handlers, other);
    }

    /** What is assumed of time. */
    enum Timing {
        /** An answer comes in time or never, and a lease outlasts its holder's work and whatever the holder sent. */
        PROMPT,
        /** A write may arrive after its sender gave up waiting, but within the sender's lease. */
        WITHIN_THE_LEASE,
        /** Anybody may be paused and any write be late, for any time. */
        ANY
    }

    /** What an actor does where it cannot know. */
    enum Handlers {
        /**
         * A restore or permanent delete without an answer settles its claim by one reading; a permanent delete that was
         * refused or failed goes back to trashed.
         */
        HASTY,
        /**
         * A claim whose write has no answer stays open until its lease ends, unless a reading shows that the write took
         * effect; a permanent delete looks at the item before it goes back to trashed.
         */
        CAREFUL
    }

    /** A rule that is left out, to see whether the search notices. */
    enum Broken {
        NOTHING,
        /** A claim is granted although another one is leased. */
        LEASES,
        /** A claim is settled although another one has been granted since. */
        VERSIONS,
        /** An answer of the upstream is believed however old it is. */
        OBSERVATION
    }
}
