package dev.cenotaph.load.legacy;

/**
 * A method that changes an item.
 *
 * @param creates whether it creates an item that is not there
 */
record Write(Change change, boolean creates) {}
