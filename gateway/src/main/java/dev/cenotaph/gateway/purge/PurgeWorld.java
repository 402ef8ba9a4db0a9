package dev.cenotaph.gateway.purge;

import dev.cenotaph.gateway.cascade.Cascades;
import dev.cenotaph.gateway.marker.MarkerProtocols;
import dev.cenotaph.gateway.tombstone.PurgeQueue;
import dev.cenotaph.gateway.tombstone.Tombstones;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What a purge works with.
 *
 * @param clock tells what is due
 * @param cascades what went with an item and is purged before it
 * @param nanos tells how long something took: neither stands still nor jumps
 */
public record PurgeWorld(
        Tombstones tombstones,
        PurgeQueue queue,
        MarkerProtocols protocols,
        Cascades cascades,
        InstantSource clock,
        LongSupplier nanos) {}
