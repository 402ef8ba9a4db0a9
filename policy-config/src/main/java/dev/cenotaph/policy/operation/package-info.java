/** From a matched path, a method, a query and a few headers to one sealed operation. Nobody reads the URL after this. */
@NullMarked
package dev.cenotaph.policy.operation;

import org.jspecify.annotations.NullMarked;
