/** Real servers for tests, each in one line. */
@NullMarked
package dev.cenotaph.gateway.testing;

import org.jspecify.annotations.NullMarked;
