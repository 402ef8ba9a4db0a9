/** One request that changes many items: each of them as a request of its own would. */
@NullMarked
package dev.cenotaph.gateway.many;

import org.jspecify.annotations.NullMarked;
