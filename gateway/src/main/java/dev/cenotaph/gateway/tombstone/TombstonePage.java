package dev.cenotaph.gateway.tombstone;

import java.util.List;
import java.util.Optional;

/**
 * A page of the trash, newest first.
 *
 * @param next names the following page; empty on the last one
 */
public record TombstonePage(List<Tombstone> tombstones, Optional<String> next) {
    public TombstonePage {
        tombstones = List.copyOf(tombstones);
    }
}
