/** Calls of our own to the upstream, with the caller's credentials. */
@NullMarked
package dev.cenotaph.gateway.upstream;

import org.jspecify.annotations.NullMarked;
