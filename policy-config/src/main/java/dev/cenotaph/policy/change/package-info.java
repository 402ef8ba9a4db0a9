/** What a new policy set does otherwise than an old one: behaviour, not text. */
@NullMarked
package dev.cenotaph.policy.change;

import org.jspecify.annotations.NullMarked;
