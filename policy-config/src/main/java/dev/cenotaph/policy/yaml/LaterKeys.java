package dev.cenotaph.policy.yaml;

/** Keys of the language that cannot be had yet: read, checked, and refused wherever ignoring them would be silent. */
final class LaterKeys {
    private LaterKeys() {}

    /** A list of texts that may only be empty. Texts that start with a slash are JSON Pointers. */
    static void refuse(MappingReader reader, String key, String mend) {
        var texts = reader.texts(key);
        texts.ifPresent(given -> given.forEach(text -> Places.read(text, reader.problems())));
        if (texts.isPresent() && !texts.get().isEmpty()) {
            reader.entry(key).ifPresent(entry -> notYet(reader, entry.value().at(), key, mend));
        }
    }

    private static void notYet(MappingReader reader, Position at, String key, String mend) {
        reader.problems().add(at, ProblemCode.NOT_SUPPORTED_YET, "`" + key + "` cannot be had yet.", mend);
    }
}
