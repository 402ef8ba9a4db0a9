package dev.cenotaph.policy.match;

import dev.cenotaph.policy.EncodedSlash;
import java.util.Optional;

/** How exactly a path must be spelt to match the templates. */
enum Strictness {
    /** Byte for byte; what cannot be decoded is no id. */
    STRICT {
        @Override
        boolean sameAt(String path, int from, String text) {
            return path.startsWith(text, from);
        }

        @Override
        Optional<String> id(String raw, EncodedSlash slash) {
            return StrictId.decode(raw, slash);
        }
    },
    /** Whatever the case, with or without a last slash; escapes that cannot be decoded stay. */
    LENIENT {
        @Override
        boolean sameAt(String path, int from, String text) {
            return Fold.matches(path, from, text);
        }

        @Override
        Optional<String> id(String raw, EncodedSlash slash) {
            return Optional.of(EncodedSlashes.reveal(LenientDecoder.PLAIN.decode(raw)));
        }
    };

    /** Whether the path has this text at this place. */
    abstract boolean sameAt(String path, int from, String text);

    /** The id that a variable's raw text stands for; empty where it stands for none. */
    abstract Optional<String> id(String raw, EncodedSlash slash);
}
