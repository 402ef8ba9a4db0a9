package dev.cenotaph.policy;

/** Where an item holds its id. */
public sealed interface ItemId {
    /** In a member of the item. */
    record Member(Place place) implements ItemId {}

    /** In the last path segment of a link that the item holds. */
    record Href(Place place) implements ItemId {}
}
