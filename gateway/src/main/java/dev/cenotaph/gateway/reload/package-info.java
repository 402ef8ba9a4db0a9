/** Takes over changed policy files while requests flow: looked at, compiled, weighed, and swapped whole. */
@NullMarked
package dev.cenotaph.gateway.reload;

import org.jspecify.annotations.NullMarked;
