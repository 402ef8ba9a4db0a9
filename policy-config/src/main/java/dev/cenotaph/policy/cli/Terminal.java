package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.yaml.Environment;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** What a command reads from and writes to, beside the files that it is given. */
public record Terminal(PrintWriter out, PrintWriter err, InputStream in, Ink ink, Environment environment) {

    public static Terminal ofProcess() {
        return new Terminal(
                writer(System.out), writer(System.err), System.in, Ink.ofProcess(), Environment.ofProcess());
    }

    /** What machines read is UTF-8, whatever the locale. */
    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }
}
