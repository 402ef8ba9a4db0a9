package dev.cenotaph.load.speed.report;

import dev.cenotaph.load.speed.result.Machine;

/** Where figures come from, in words. */
final class Conditions {
    private Conditions() {}

    static String of(Machine machine) {
        return "Measured on %s, at commit %s, on %d cores (%s) with %s, under %s and %s. Load before the run: %s. "
                        .formatted(
                                machine.date(),
                                machine.commit(),
                                machine.cores(),
                                machine.processor(),
                                machine.memory(),
                                machine.system(),
                                machine.java(),
                                machine.load())
                + "Targets, upstream and load generator share the machine. All figures are medians over rounds that took"
                + " the targets in turn.";
    }
}
