package dev.cenotaph.policy.unique;

/**
 * What an item holds at a unique key.
 *
 * @param key a JSON Pointer from the item on
 * @param value equal for values that are, a text never equal to a number
 */
public record KeyValue(String key, String value) {}
