package dev.cenotaph.gateway.cascade;

import java.util.Optional;

/**
 * One round of a cascade.
 *
 * @param nothingLeft whether there was nothing to do any more
 * @param gotOn whether anything came of it
 * @param obstacle the first thing that failed
 */
record Round(boolean nothingLeft, boolean gotOn, Optional<String> obstacle) {}
