/** What operators ask for on the management port: purges, holds, rebuilds. */
@NullMarked
package dev.cenotaph.gateway.admin;

import org.jspecify.annotations.NullMarked;
