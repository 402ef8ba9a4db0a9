package dev.cenotaph.policy.marker;

/**
 * The body of a write that sets or clears a marker.
 *
 * @param mediaType its media type, without parameters
 * @param body the bytes to send
 */
public record MarkerWrite(String mediaType, byte[] body) {}
