package dev.cenotaph.gateway.batch;

/**
 * A DELETE that a batch carries.
 *
 * @param part which one it is, in words
 * @param url as it stands there; a resource's type and id with a slash between them where it names no URL
 */
public record CarriedDelete(String part, String url) {}
