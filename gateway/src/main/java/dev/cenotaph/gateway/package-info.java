/** The gateway. */
@NullMarked
package dev.cenotaph.gateway;

import org.jspecify.annotations.NullMarked;
