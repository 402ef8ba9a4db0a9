/** JSON as bytes: finding, judging and changing one place of a document while every other byte stays as it came. */
@NullMarked
package dev.cenotaph.policy.json;

import org.jspecify.annotations.NullMarked;
