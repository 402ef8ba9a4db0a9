/** What retention does: items whose time in the trash is over are deleted for good, with credentials of our own. */
@NullMarked
package dev.cenotaph.gateway.purge;

import org.jspecify.annotations.NullMarked;
