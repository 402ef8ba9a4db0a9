/** How the command line finds a Java that can run it. Compiled for Java 11, and used by nobody else. */
@NullMarked
package dev.cenotaph.policy.launch;

import org.jspecify.annotations.NullMarked;
