/** Rebuilds of the tombstone index: a collection's list is walked page by page, and what it shows is believed. */
@NullMarked
package dev.cenotaph.gateway.rebuild;

import org.jspecify.annotations.NullMarked;
