/** How this upstream spells trashed: reading the marker in an item, and the bodies that set and clear it. */
@NullMarked
package dev.cenotaph.policy.marker;

import org.jspecify.annotations.NullMarked;
