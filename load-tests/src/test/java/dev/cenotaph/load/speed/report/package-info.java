/** Shows the results: as Markdown, JSON, and a page with charts. */
@NullMarked
package dev.cenotaph.load.speed.report;

import org.jspecify.annotations.NullMarked;
