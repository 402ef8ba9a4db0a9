package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.Write;
import dev.cenotaph.policy.Write.Exists;
import dev.cenotaph.policy.Write.Format;
import dev.cenotaph.policy.Write.Method;
import dev.cenotaph.policy.Write.Verify;
import java.util.Optional;

/** Reads {@code write}. Whether its keys fit together is for {@link WriteRules}. */
final class WriteReader {
    private static final Choices<Method> METHODS =
            Choices.of("PATCH", Method.PATCH).or("PUT", Method.PUT).or("POST", Method.POST);
    private static final Choices<Format> FORMATS = Choices.of("merge-patch", Format.MERGE_PATCH)
            .or("json-patch", Format.JSON_PATCH)
            .or("json", Format.JSON);
    private static final Choices<Replace> REPLACE =
            Choices.of("auto", Replace.AUTO).or("yes", Replace.YES).or("no", Replace.NO);
    private static final Choices<Exists> EXISTS =
            Choices.of("check", Exists.CHECK).or("if-match", Exists.IF_MATCH).or("trust", Exists.TRUST);
    private static final Choices<Verify> VERIFY =
            Choices.of("response", Verify.RESPONSE).or("read", Verify.READ).or("none", Verify.NONE);

    private static final Write USUAL =
            new Write(Method.PATCH, Format.MERGE_PATCH, false, Optional.empty(), Exists.CHECK, Verify.RESPONSE);

    private enum Replace {
        AUTO,
        YES,
        NO
    }

    private WriteReader() {}

    static Write read(MappingReader resource) {
        return resource.map("write").map(WriteReader::write).orElse(USUAL);
    }

    private static Write write(MappingReader write) {
        var method = write.choice("method", METHODS, Method.PATCH);
        var format = write.choice("format", FORMATS, method == Method.PATCH ? Format.MERGE_PATCH : Format.JSON);
        var replace = write.choice("replace", REPLACE, Replace.AUTO);
        var at = write.text("at")
                .filter(text -> !text.text().equals("none"))
                .flatMap(text -> Places.readInner(text, write.problems()));
        var exists = write.choice("exists", EXISTS, Exists.CHECK);
        var verify = write.choice("verify", VERIFY, Verify.RESPONSE);
        write.finish();
        boolean replaces = replace == Replace.YES || (replace == Replace.AUTO && method == Method.PUT);
        return new Write(method, format, replaces, at, exists, verify);
    }
}
