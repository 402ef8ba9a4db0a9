/** Holds the rehearsal of the command line and the gateway together. */
@NullMarked
package dev.cenotaph.gateway.rehearsal;

import org.jspecify.annotations.NullMarked;
