package dev.cenotaph.load.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The counts, for people and for programs. */
final class Report {
    private final ProofOptions options;
    private final Tally tally;
    private final Findings findings;

    Report(ProofOptions options, Tally tally, Findings findings) {
        this.options = options;
        this.tally = tally;
        this.findings = findings;
    }

    /** Into the proof's directory, as {@code crash.md} and {@code crash.json}. */
    void write() throws IOException {
        Files.writeString(options.directory().resolve("crash.md"), markdown());
        Files.writeString(options.directory().resolve("crash.json"), json());
    }

    String markdown() {
        return """

                | killed at | kills | of these at this point alone | operations cut off | item then live | trashed | deleted |
                |---|---:|---:|---:|---:|---:|---:|
                %s

                %d kills with SIGKILL, tombstones in %s, seed %d. After the restart:

                | what must never be | times |
                |---|---:|
                %s

                | from the start of the process | median | longest |
                |---|---:|---:|
                | until it is ready | %d ms | %d ms |
                | until upstream, items, lists, trash and audit all agree | %d ms | %d ms |

                %s
                """.formatted(
                        Stream.of(Point.values()).map(this::row).collect(Collectors.joining("\n")),
                        tally.kills(),
                        options.store(),
                        options.seed(),
                        Stream.of(Findings.Kind.values())
                                .map(kind -> "| " + kind.words() + " | " + findings.violations(kind) + " |")
                                .collect(Collectors.joining("\n")),
                        tally.readyMillis(0.5),
                        tally.readyMillis(1),
                        tally.agreedMillis(0.5),
                        tally.agreedMillis(1),
                        findings.counts().entrySet().stream()
                                .map(count -> "%,d %s".formatted(count.getValue(), count.getKey()))
                                .collect(Collectors.joining(", ", "Traffic beside it: ", ".")));
    }

    private String row(Point point) {
        Tally.Line line = tally.line(point);
        return "| %s | %d | %d | %d | %d | %d | %d |"
                .formatted(
                        point.title(),
                        line.kills(),
                        line.alone(),
                        line.operations(),
                        line.ended(Condition.LIVE),
                        line.ended(Condition.TRASHED),
                        line.ended(Condition.ABSENT));
    }

    private String json() {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("store", options.store().name()).put("seed", options.seed()).put("kills", tally.kills());
        ObjectNode points = root.putObject("points");
        for (Point point : Point.values()) {
            Tally.Line line = tally.line(point);
            points.putObject(point.name())
                    .put("kills", line.kills())
                    .put("alone", line.alone())
                    .put("operations", line.operations())
                    .put("live", line.ended(Condition.LIVE))
                    .put("trashed", line.ended(Condition.TRASHED))
                    .put("absent", line.ended(Condition.ABSENT));
        }
        ObjectNode violations = root.putObject("violations");
        for (Findings.Kind kind : Findings.Kind.values()) {
            violations.put(kind.name(), findings.violations(kind));
        }
        root.putObject("readyMillis").put("median", tally.readyMillis(0.5)).put("longest", tally.readyMillis(1));
        root.putObject("agreedMillis").put("median", tally.agreedMillis(0.5)).put("longest", tally.agreedMillis(1));
        ObjectNode counts = root.putObject("counts");
        findings.counts().forEach(counts::put);
        return root.toPrettyString() + "\n";
    }
}
