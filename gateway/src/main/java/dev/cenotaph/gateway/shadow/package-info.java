/** What policies in the mode {@code shadow} would have done: judged while everything passes as it came, and counted. */
@NullMarked
package dev.cenotaph.gateway.shadow;

import org.jspecify.annotations.NullMarked;
