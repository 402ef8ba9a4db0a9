/** Bringing a trashed item back. */
@NullMarked
package dev.cenotaph.gateway.restore;

import org.jspecify.annotations.NullMarked;
