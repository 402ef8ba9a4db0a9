/** What measures the gateway, and the legacy service it is measured in front of. */
@NullMarked
package dev.cenotaph.load;

import org.jspecify.annotations.NullMarked;
