package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.rehearsal.Case;
import dev.cenotaph.policy.rehearsal.Comparison;
import dev.cenotaph.policy.rehearsal.Exchange;
import dev.cenotaph.policy.rehearsal.Known;
import dev.cenotaph.policy.rehearsal.Rehearsal;
import dev.cenotaph.policy.yaml.CaseFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plays the cases of case files. */
final class Cases {
    private final Rehearsal rehearsal;
    private final Instant now;

    Cases(Rehearsal rehearsal, Instant now) {
        this.rehearsal = rehearsal;
        this.now = now;
    }

    Subject play(String file, CaseFile.Placed placed) {
        Case played = placed.rehearsed();
        var trash = new ArrayList<Known>();
        for (Case.Trashed trashed : played.trashed()) {
            Optional<Known> known = rehearsal.trashed(trashed, now);
            if (known.isEmpty()) {
                return subject(file, placed, "No policy has an item `" + unknown(trashed) + "` that could be trashed.");
            }
            trash.add(known.get());
        }
        var outcome = rehearsal.play(played.request(), trash, played.upstream(), now);
        List<String> differences = Comparison.differences(
                played, outcome.exchanges().stream().map(Exchange::call).toList(), outcome.reply());
        return differences.isEmpty()
                ? new Subject(file, played.name(), List.of())
                : subject(
                        file,
                        placed,
                        "`" + played.name() + "` comes out otherwise.\n" + String.join("\n", differences));
    }

    private String unknown(Case.Trashed trashed) {
        return rehearsal.item(trashed.path()).isEmpty()
                ? trashed.path()
                : trashed.with().orElseThrow();
    }

    private static Subject subject(String file, CaseFile.Placed placed, String what) {
        var finding = new Finding(Severity.ERROR, TestCommand.FAILED, Optional.of(placed.at()), what, "");
        return new Subject(file, placed.rehearsed().name(), List.of(finding));
    }
}
