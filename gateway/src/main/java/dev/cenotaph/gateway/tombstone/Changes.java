package dev.cenotaph.gateway.tombstone;

import java.util.List;

/**
 * What was read on from a revision, at one moment.
 *
 * @param seen what stood at the keys that changed since, in the order of their last changes
 * @param latest the last revision at that moment
 * @param complete whether nothing more is to be read up to it
 * @param swept whether some of the changes are not there to be read any more; nothing else holds then
 */
record Changes(List<Seen> seen, long latest, boolean complete, boolean swept) {
    Changes {
        seen = List.copyOf(seen);
    }
}
