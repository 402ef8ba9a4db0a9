/** A client's DELETE: the soft delete, and the permanent one. */
@NullMarked
package dev.cenotaph.gateway.deletion;

import org.jspecify.annotations.NullMarked;
