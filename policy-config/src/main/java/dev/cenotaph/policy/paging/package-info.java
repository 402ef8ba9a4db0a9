/** From page to page of a list: which page follows, how one is filled from those after it, and what its links and totals say. */
@NullMarked
package dev.cenotaph.policy.paging;

import org.jspecify.annotations.NullMarked;
