package dev.cenotaph.policy.openapi;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** From a text, YAML or JSON, to the tree of its nodes: comments, styles and places kept. */
final class DocumentReader {
    private static final int MOST_ALIASES = 100_000;
    private static final String SYNTAX_MEND = "Mend the document there.";

    private final String file;
    private final String text;

    DocumentReader(String file, String text) {
        this.file = file;
        this.text = text;
    }

    MappingNode read() {
        Optional<Node> root = compose();
        if (root.isPresent() && root.get() instanceof MappingNode mapping) {
            return mapping;
        }
        throw unreadable(Optional.empty(), "The document is no map.", "Start with `openapi: 3.1.0`.");
    }

    private Optional<Node> compose() {
        var settings = LoadSettings.builder()
                .setLabel(file)
                .setSchema(new CoreSchema())
                .setParseComments(true)
                .setCodePointLimit(Integer.MAX_VALUE)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .build();
        try {
            var parser = new BoundedParser(file, new ParserImpl(settings, new StreamReader(settings, text)));
            return new Composer(settings, parser).getSingleNode();
        } catch (MarkedYamlEngineException e) {
            String said = Optional.ofNullable(e.getProblem()).orElse("unreadable");
            throw unreadable(
                    e.getProblemMark().or(e::getContextMark),
                    "This is neither YAML nor JSON: " + said + ".",
                    SYNTAX_MEND);
        } catch (ReaderException e) {
            throw unreadable(e);
        } catch (YamlEngineException e) {
            throw unreadable(Optional.empty(), "The document cannot be read: " + e.getMessage() + ".", SYNTAX_MEND);
        }
    }

    private UnreadableDocumentException unreadable(ReaderException e) {
        String before = text.substring(0, text.offsetByCodePoints(0, e.getPosition()));
        int line = 1 + (int) before.chars().filter(letter -> letter == '\n').count();
        int column = before.length() - before.lastIndexOf('\n');
        String what = "The character U+%04X must not stand here.".formatted(e.getCodePoint());
        return new UnreadableDocumentException(file, line, column, what, "Remove it, or write it as an escape.");
    }

    private UnreadableDocumentException unreadable(Optional<Mark> at, String what, String mend) {
        int line = at.map(mark -> mark.getLine() + 1).orElse(1);
        int column = at.map(mark -> mark.getColumn() + 1).orElse(1);
        return new UnreadableDocumentException(file, line, column, what, mend);
    }
}
