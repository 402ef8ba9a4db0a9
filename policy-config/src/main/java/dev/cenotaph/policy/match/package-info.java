/** From a request path to the resource it means, read strictly and as leniently as any upstream might. */
@NullMarked
package dev.cenotaph.policy.match;

import org.jspecify.annotations.NullMarked;
