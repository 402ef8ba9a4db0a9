/**
 * The command line: what platform teams ask about their policies before a gateway reads them. {@link
 * dev.cenotaph.policy.cli.Cenotaph} lists the commands; each finds {@link dev.cenotaph.policy.cli.Finding}s, gathers them
 * in a {@link dev.cenotaph.policy.cli.Report}, and leaves to the {@link dev.cenotaph.policy.cli.ReportForm} how they look.
 */
@NullMarked
package dev.cenotaph.policy.cli;

import org.jspecify.annotations.NullMarked;
