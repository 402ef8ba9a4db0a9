package dev.cenotaph.policy.yaml;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;

/** From the text of one file to its {@link Value}. */
final class YamlReader {
    private static final int LONGEST_TEXT = 1 << 20;
    private static final String MEND = "Mend the YAML here; what follows was not read.";

    private YamlReader() {}

    /** Empty where the text cannot be read as one value; there is a problem then. */
    static Optional<Value> read(PolicySource source, Problems problems) {
        if (source.text().length() > LONGEST_TEXT) {
            problems.add(
                    Position.startOf(source.file()),
                    ProblemCode.TOO_LARGE,
                    "The file is longer than 1 MiB.",
                    "Split it into several files.");
            return Optional.empty();
        }
        return readBounded(source, problems);
    }

    private static Optional<Value> readBounded(PolicySource source, Problems problems) {
        var settings = LoadSettings.builder().setLabel(source.file()).build();
        try {
            var events = new Parse(settings).parseString(source.text()).iterator();
            return new ValueBuilder(source.file(), events, problems).document();
        } catch (UnreadableYamlException e) {
            problems.add(e.at(), e.code(), e.complaint());
        } catch (MarkedYamlEngineException e) {
            problems.add(position(source, e), ProblemCode.YAML_SYNTAX, "This is not YAML: " + said(e) + ".", mend(e));
        } catch (ReaderException e) {
            String what = "The character U+%04X must not stand in YAML.".formatted(e.getCodePoint());
            problems.add(
                    position(source, e),
                    ProblemCode.YAML_SYNTAX,
                    what,
                    "Remove it, or write it as an escape in double quotes.");
        }
        return Optional.empty();
    }

    private static String mend(MarkedYamlEngineException e) {
        return said(e).endsWith("got {") ? "Inside `[…]` and `{…}`, write a path with a variable in quotes." : MEND;
    }

    private static String said(MarkedYamlEngineException e) {
        String said = Optional.ofNullable(e.getProblem())
                .or(() -> Optional.ofNullable(e.getContext()))
                .orElse("unreadable");
        return said.lines().findFirst().orElse(said);
    }

    private static Position position(PolicySource source, MarkedYamlEngineException e) {
        return e.getProblemMark()
                .or(e::getContextMark)
                .map(mark -> new Position(source.file(), mark.getLine() + 1, mark.getColumn() + 1))
                .orElseGet(() -> Position.startOf(source.file()));
    }

    private static Position position(PolicySource source, ReaderException e) {
        int index = source.text().offsetByCodePoints(0, e.getPosition());
        String before = source.text().substring(0, index);
        int lineStart = before.lastIndexOf('\n') + 1;
        int line =
                1 + (int) before.chars().filter(character -> character == '\n').count();
        return new Position(source.file(), line, 1 + before.codePointCount(lineStart, before.length()));
    }
}
