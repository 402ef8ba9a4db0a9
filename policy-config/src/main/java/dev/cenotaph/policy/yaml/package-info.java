/** From YAML to a compiled {@link dev.cenotaph.policy.PolicySet}, with every problem found on the way. */
@NullMarked
package dev.cenotaph.policy.yaml;

import org.jspecify.annotations.NullMarked;
