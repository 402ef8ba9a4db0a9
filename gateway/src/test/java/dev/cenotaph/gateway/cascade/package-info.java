@NullMarked
package dev.cenotaph.gateway.cascade;

import org.jspecify.annotations.NullMarked;
