/** What is legal in policies and dangerous all the same. */
@NullMarked
package dev.cenotaph.policy.advice;

import org.jspecify.annotations.NullMarked;
