/** The client's side: what a handler is given, the tap through which it reads an answer on its way, and our own answers. */
@NullMarked
package dev.cenotaph.gateway.exchange;

import org.jspecify.annotations.NullMarked;
