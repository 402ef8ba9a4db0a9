/** What stands before a governed item: nothing that is trashed, or below something trashed, is reached without asking. */
@NullMarked
package dev.cenotaph.gateway.gate;

import org.jspecify.annotations.NullMarked;
