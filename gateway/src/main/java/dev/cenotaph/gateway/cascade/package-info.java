/**
 * What follows an item: the items below it that its policy calls children go into the trash, come back and are deleted for
 * good with it. Each goes by the ordinary steps of its own marker; the order of all of them is durable.
 */
@NullMarked
package dev.cenotaph.gateway.cascade;

import org.jspecify.annotations.NullMarked;
