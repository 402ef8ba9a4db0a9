/**
 * A legacy service: an HTTP API over SQLite that deletes rows for good and knows nothing of soft deletes.
 *
 * <p>It stands for the services that nobody wants to change, so each resource has a habit of its own ({@link
 * dev.cenotaph.load.legacy.Catalogue}). Members such as {@code deleted_at} are ordinary columns to it: stored, shown,
 * never interpreted.
 *
 * <p>A row is its key and its JSON text. Every scalar keeps the spelling that the client gave it ({@code 1.10}, {@code
 * 12345678901234567890}, {@code "\u00e9"}), and members keep their order; only white space between tokens is dropped.
 */
@NullMarked
package dev.cenotaph.load.legacy;

import org.jspecify.annotations.NullMarked;
