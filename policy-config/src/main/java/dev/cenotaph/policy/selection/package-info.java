/** Which items one request names that changes many. */
@NullMarked
package dev.cenotaph.policy.selection;

import org.jspecify.annotations.NullMarked;
