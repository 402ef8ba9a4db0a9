package dev.cenotaph.policy.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A command that was run in this process, and what came of it. */
record Run(int exitCode, String out, String err) {

    static Run of(String... arguments) {
        return withInput("", arguments);
    }

    static Run withInput(String input, String... arguments) {
        return withBytes(input.getBytes(StandardCharsets.UTF_8), arguments);
    }

    static Run withBytes(byte[] input, String... arguments) {
        return run(input, false, arguments);
    }

    static Run coloured(String... arguments) {
        return run(new byte[0], true, arguments);
    }

    private static Run run(byte[] input, boolean coloured, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var terminal = new Terminal(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                new ByteArrayInputStream(input),
                new Ink(coloured),
                Map.<String, String>of()::get);
        int exitCode = Cenotaph.run(terminal, arguments);
        return new Run(exitCode, out.toString(), err.toString());
    }
}
