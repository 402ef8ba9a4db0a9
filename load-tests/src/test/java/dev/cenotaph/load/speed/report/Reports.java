package dev.cenotaph.load.speed.report;

import dev.cenotaph.load.speed.result.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One set of results, in three forms beside each other. */
public final class Reports {
    private Reports() {}

    /** Writes {@code report.md}, {@code report.html} and {@code report.json}; prints the first. */
    public static void write(Results results, Path directory) throws IOException {
        String markdown = MarkdownReport.of(results);
        Files.writeString(directory.resolve("report.md"), markdown);
        Files.writeString(directory.resolve("report.html"), HtmlReport.of(results));
        Files.writeString(directory.resolve("report.json"), json(results));
        System.out.println();
        System.out.println(markdown);
        System.out.println("With charts: " + directory.resolve("report.html"));
    }

    static String json(Results results) {
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(results);
    }
}
