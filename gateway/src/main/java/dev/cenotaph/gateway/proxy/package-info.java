/** The runnable proxy: what a host application would bring when Cenotaph stands alone. */
@NullMarked
package dev.cenotaph.gateway.proxy;

import org.jspecify.annotations.NullMarked;
