/** Older bodies of items: kept before each write that goes through, shown, and written back. */
@NullMarked
package dev.cenotaph.gateway.revision;

import org.jspecify.annotations.NullMarked;
