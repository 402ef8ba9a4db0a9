/** Where a request enters: match, classify, and the only dispatch. */
@NullMarked
package dev.cenotaph.gateway.filter;

import org.jspecify.annotations.NullMarked;
