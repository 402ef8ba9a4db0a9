/** What is measured: each target a process of its own, under the same JVM options. */
@NullMarked
package dev.cenotaph.load.speed.target;

import org.jspecify.annotations.NullMarked;
