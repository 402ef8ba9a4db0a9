@NullMarked
package dev.cenotaph.policy.openapi;

import org.jspecify.annotations.NullMarked;
