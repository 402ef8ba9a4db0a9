/** What each preset promises, held against the running gateway. */
@NullMarked
package dev.cenotaph.gateway.preset;

import org.jspecify.annotations.NullMarked;
