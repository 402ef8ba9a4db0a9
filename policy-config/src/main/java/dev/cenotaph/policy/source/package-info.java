/** Where policy files come from. */
@NullMarked
package dev.cenotaph.policy.source;

import org.jspecify.annotations.NullMarked;
