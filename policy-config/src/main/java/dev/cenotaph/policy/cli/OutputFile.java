package dev.cenotaph.policy.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command writes the text that it makes. Forms of reports are chosen with {@code --output}, and these are none. */
final class OutputFile {
    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to write it; what the command reads is not overwritten. Default: the standard output.")
    private @Nullable Path file;

    /** Empty for the standard output. */
    Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    void write(String text, Terminal terminal) {
        if (file == null) {
            terminal.out().print(text);
            terminal.out().flush();
            return;
        }
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UnusableInputException("`" + file + "` cannot be written: " + e, e);
        }
    }

    /** @throws UnusableInputException if the two are one file */
    void mustNotBe(Path read) {
        if (file != null && isSame(file, read)) {
            throw new UnusableInputException("`" + file + "` is read, and would be overwritten");
        }
    }

    private static boolean isSame(Path written, Path read) {
        try {
            return Files.exists(written) && Files.exists(read) && Files.isSameFile(written, read);
        } catch (IOException e) {
            throw new UnusableInputException("`" + written + "` cannot be compared with `" + read + "`: " + e, e);
        }
    }
}
