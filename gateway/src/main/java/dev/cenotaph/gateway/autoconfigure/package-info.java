/** The host's side: properties, beans, and the filter under the name that routes know it by. */
@NullMarked
package dev.cenotaph.gateway.autoconfigure;

import org.jspecify.annotations.NullMarked;
