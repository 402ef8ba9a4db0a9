package dev.cenotaph.load.speed;

import dev.cenotaph.load.Parent;
import dev.cenotaph.load.demo.DemoFailure;
import dev.cenotaph.load.speed.report.Reports;
import dev.cenotaph.load.speed.result.Results;
import java.io.IOException;
import java.nio.file.Files;

/** The program: starts all targets, measures them, writes the report. */
public final class Speed {
    private static final String END_WITH_PARENT = "speed.end-with-parent";

    private Speed() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try {
            SpeedOptions options = SpeedOptions.parse(arguments);
            if (Boolean.getBoolean(END_WITH_PARENT)) {
                Parent.endWithIt();
            }
            Results results = run(options);
            System.exit(results.errors() == 0 ? 0 : 1);
        } catch (IllegalArgumentException | DemoFailure e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    static Results run(SpeedOptions options) throws IOException, InterruptedException {
        Files.createDirectories(options.output());
        Files.writeString(options.output().resolve("java.args"), javaArguments());
        Results results = new Run(options).measure();
        Reports.write(results, options.output());
        return results;
    }

    /** With these a run can be repeated without Maven: {@code java @target/speed/java.args}, and options. */
    private static String javaArguments() {
        return "--enable-native-access=ALL-UNNAMED\n-cp\n\"%s\"\n%s\n"
                .formatted(System.getProperty("java.class.path"), Speed.class.getName());
    }
}
