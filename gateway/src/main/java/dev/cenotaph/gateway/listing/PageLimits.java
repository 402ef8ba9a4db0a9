package dev.cenotaph.gateway.listing;

import java.time.Duration;

/**
 * What a page may cost that is counted or filled.
 *
 * @param bytes how much is held of it, the pages that fill it included
 * @param calls how many further pages of the upstream it is filled from
 * @param time how long that may take
 */
public record PageLimits(int bytes, int calls, Duration time) {}
