/** Embedded items: by example, and against trees. */
@NullMarked
package dev.cenotaph.policy.embedded;

import org.jspecify.annotations.NullMarked;
