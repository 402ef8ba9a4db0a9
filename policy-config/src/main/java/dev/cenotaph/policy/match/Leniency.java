package dev.cenotaph.policy.match;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One thing that some upstreams do to a path before they look it up.
 *
 * @param words what such an upstream does, in the third person
 * @param rewrite the path as it is then; the same where there is nothing to do
 */
record Leniency(String words, UnaryOperator<String> rewrite) {
    static final List<Leniency> ALL = List.of(
            new Leniency("decodes percent-escapes", LenientDecoder.PLAIN::decode),
            new Leniency("decodes percent-escapes except slashes", LenientDecoder.BUT_SLASHES::decode),
            new Leniency("decodes overlong UTF-8", LenientDecoder.OVERLONG::decode),
            new Leniency("decodes %u escapes", LenientDecoder.UNICODE_ESCAPES::decode),
            new Leniency("reads raw bytes as UTF-8", Rewrites::bytesAsUtf8),
            new Leniency("drops scheme and host", Rewrites::originForm),
            new Leniency("adds a first slash", Rewrites::addFirstSlash),
            new Leniency("ends the path at a NUL", path -> Rewrites.cutAt(path, '\0')),
            new Leniency("begins a query at a decoded question mark", path -> Rewrites.cutAt(path, '?')),
            new Leniency("begins a fragment at a number sign", path -> Rewrites.cutAt(path, '#')),
            new Leniency("ends the path at a semicolon", path -> Rewrites.cutAt(path, ';')),
            new Leniency("drops tabs and line breaks", Rewrites::dropLineBreaks),
            new Leniency("takes lookalikes for slashes and dots", Lookalikes::read),
            new Leniency("takes backslashes for slashes", path -> path.replace('\\', '/')),
            new Leniency("strips path parameters", Rewrites::stripParameters),
            new Leniency("drops spaces around and dots behind a segment", Rewrites::trimSegments),
            new Leniency("collapses slashes", Rewrites::collapseSlashes),
            new Leniency("resolves dot segments", DotSegments::resolve),
            new Leniency("drops dot segments", DotSegments::drop),
            new Leniency("drops a last slash", Rewrites::dropLastSlashes));

    String apply(String path) {
        return rewrite.apply(path);
    }
}
