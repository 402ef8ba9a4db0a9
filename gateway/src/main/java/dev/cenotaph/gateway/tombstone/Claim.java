package dev.cenotaph.gateway.tombstone;

/** What became of the wish to change an item's state. */
public sealed interface Claim {

    /** It is yours: write to the upstream, then settle the tombstone. */
    record Granted(Tombstone tombstone) implements Claim {}

    /** The item is trashed already; nothing was changed. */
    record AlreadyTrashed(Tombstone tombstone) implements Claim {}

    /** Another change of the same item is under way; nothing was changed. */
    record Busy(Tombstone tombstone) implements Claim {}

    /** The item is not to be deleted for good; nothing was changed. */
    record OnHold(Hold hold) implements Claim {}

    /** There is no tombstone; nothing was changed. */
    record Absent() implements Claim {}
}
