package dev.cenotaph.policy.cli;

/** How a report looks. */
@FunctionalInterface
interface ReportForm {
    /** The whole output, with its last line break. */
    String of(Report report);
}
