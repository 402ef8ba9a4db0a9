/** Lists without what is trashed, kept items byte for byte as the upstream sent them; and the trash collection. */
@NullMarked
package dev.cenotaph.gateway.listing;

import org.jspecify.annotations.NullMarked;
