/** What README and docs show is what happens. */
@NullMarked
package dev.cenotaph.load.docs;

import org.jspecify.annotations.NullMarked;
