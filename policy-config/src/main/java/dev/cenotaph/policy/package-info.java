/** The policy language as immutable values: what one resource, one file and the whole set say. */
@NullMarked
package dev.cenotaph.policy;

import org.jspecify.annotations.NullMarked;
