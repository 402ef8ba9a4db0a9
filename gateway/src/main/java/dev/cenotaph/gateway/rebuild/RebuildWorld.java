package dev.cenotaph.gateway.rebuild;

import dev.cenotaph.gateway.marker.MarkerProtocols;
import dev.cenotaph.gateway.tombstone.Tombstones;
import java.time.InstantSource;

/**
 * What a rebuild works with.
 *
 * @param pace how fast all rebuilds together may call upstreams
 */
record RebuildWorld(Tombstones tombstones, MarkerProtocols protocols, Pace pace, InstantSource clock) {}
