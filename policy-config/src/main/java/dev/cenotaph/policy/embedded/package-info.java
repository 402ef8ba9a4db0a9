/** Takes trashed items out of the documents of other resources: nested ones, references, HAL and JSON:API. Pure. */
@NullMarked
package dev.cenotaph.policy.embedded;

import org.jspecify.annotations.NullMarked;
