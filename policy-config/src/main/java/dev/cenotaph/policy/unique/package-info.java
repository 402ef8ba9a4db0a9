/** Values that an upstream has once: read out of items, and out of what clients send. */
@NullMarked
package dev.cenotaph.policy.unique;

import org.jspecify.annotations.NullMarked;
