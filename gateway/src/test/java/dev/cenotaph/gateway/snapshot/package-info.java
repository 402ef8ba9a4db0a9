/** Resources whose trash lies with the gateway alone, over HTTP. */
@NullMarked
package dev.cenotaph.gateway.snapshot;

import org.jspecify.annotations.NullMarked;
