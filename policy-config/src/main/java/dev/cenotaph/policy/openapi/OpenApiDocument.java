package dev.cenotaph.policy.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * An OpenAPI 3.0 or 3.1 document. Read as two things: the parser's model, which is asked what the document means, and
 * the tree of its nodes, which is what an overlay changes, so that all that nobody asked about stays as it was written.
 */
public final class OpenApiDocument {
    private static final int MOST_BYTES = 1 << 26;

    private final String file;
    private final String text;
    private final MappingNode root;
    private final OpenAPI model;
    private final List<String> complaints;
    private final Map<String, NodeTuple> paths;

    private OpenApiDocument(String file, String text, MappingNode root, OpenAPI model, List<String> complaints) {
        this.file = file;
        this.text = text;
        this.root = root;
        this.model = model;
        this.complaints = List.copyOf(complaints);
        paths = Nodes.member(root, "paths").map(Nodes::tuples).orElse(Map.of());
    }

    /**
     * Reads a file of at most 64 MiB.
     *
     * @throws UnreadableDocumentException if it is no OpenAPI 3.x document
     */
    public static OpenApiDocument read(Path path) {
        String file = path.toString();
        try (var bytes = Files.newInputStream(path)) {
            byte[] head = bytes.readNBytes(MOST_BYTES + 1);
            if (head.length > MOST_BYTES) {
                throw new UnreadableDocumentException(
                        file, 1, 1, "The document is longer than 64 MiB.", "Split it by its paths.");
            }
            var decoder = StandardCharsets.UTF_8.newDecoder();
            return of(file, decoder.decode(ByteBuffer.wrap(head)).toString());
        } catch (CharacterCodingException e) {
            throw new UnreadableDocumentException(file, 1, 1, "The document is not UTF-8.", "Save it as UTF-8.");
        } catch (IOException e) {
            throw new UnreadableDocumentException(
                    file, 1, 1, "The document cannot be read: " + e + ".", "Name a file that can be read.");
        }
    }

    /**
     * Reads a text.
     *
     * @param file as findings and errors shall name it
     * @throws UnreadableDocumentException if it is no OpenAPI 3.x document
     */
    public static OpenApiDocument of(String file, String text) {
        var root = new DocumentReader(file, text).read();
        checkVersion(file, root);
        var options = new ParseOptions();
        options.setResolve(false);
        var result = new OpenAPIV3Parser().readContents(JsonText.compact(file, root), List.of(), options);
        List<String> complaints = Optional.ofNullable(result.getMessages()).orElse(List.of());
        OpenAPI model = Optional.ofNullable(result.getOpenAPI())
                .filter(read -> read.getPaths() != null)
                .orElseThrow(() -> new UnreadableDocumentException(
                        file,
                        1,
                        1,
                        "The document has no paths" + (complaints.isEmpty() ? "" : ": " + String.join("; ", complaints))
                                + ".",
                        "Write what it describes below `paths`."));
        return new OpenApiDocument(file, text, root, model, complaints);
    }

    private static void checkVersion(String file, MappingNode root) {
        String version = Nodes.member(root, "openapi")
                .filter(ScalarNode.class::isInstance)
                .map(node -> ((ScalarNode) node).getValue())
                .orElse("");
        if (version.startsWith("3.0") || version.startsWith("3.1")) {
            return;
        }
        if (version.startsWith("3.")) {
            throw new UnreadableDocumentException(
                    file,
                    1,
                    1,
                    "This is an OpenAPI " + version + " document, and 3.0 and 3.1 are read.",
                    "Write it as OpenAPI 3.1.");
        }
        boolean swagger = Nodes.member(root, "swagger").isPresent();
        String what = swagger
                ? "This is a Swagger 2.0 document."
                : "This is no OpenAPI 3.x document: `openapi` is " + (version.isEmpty() ? "not there" : version) + ".";
        String mend = swagger ? "Convert it to OpenAPI 3 first." : "Start it with `openapi: 3.1.0`.";
        throw new UnreadableDocumentException(file, 1, 1, what, mend);
    }

    /** As it was named to us. */
    public String file() {
        return file;
    }

    /** As it was read. */
    public String text() {
        return text;
    }

    /** What the parser finds wrong with the document, though it can be read. */
    public List<String> complaints() {
        return complaints;
    }

    /** Whether it is written in JSON, and not in YAML. */
    boolean isJson() {
        return text.stripLeading().startsWith("{");
    }

    MappingNode root() {
        return root;
    }

    OpenAPI model() {
        return model;
    }

    /** Where something of a path stands; where the path stands if the document does not have the member. */
    DocumentPosition position(String path, String member) {
        Optional<NodeTuple> at = Optional.ofNullable(paths.get(path));
        return at.flatMap(tuple -> Nodes.key(tuple.getValueNode(), member))
                .or(() -> at.map(NodeTuple::getKeyNode))
                .flatMap(Node::getStartMark)
                .map(mark -> new DocumentPosition(mark.getLine() + 1, mark.getColumn() + 1))
                .orElse(new DocumentPosition(1, 1));
    }

    /**
     * A place in the text.
     *
     * @param line from 1
     * @param column from 1
     */
    record DocumentPosition(int line, int column) {}
}
