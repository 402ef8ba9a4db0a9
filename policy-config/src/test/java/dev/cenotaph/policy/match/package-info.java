@NullMarked
package dev.cenotaph.policy.match;

import org.jspecify.annotations.NullMarked;
