/** The upstream of the load tests: answers that are ready made, so that it costs next to nothing beside a gateway. */
@NullMarked
package dev.cenotaph.load.speed.upstream;

import org.jspecify.annotations.NullMarked;
