package dev.cenotaph.load.speed;

import dev.cenotaph.load.Parent;
import dev.cenotaph.load.demo.DemoFailure;
import dev.cenotaph.load.speed.report.MarkdownReport;
import dev.cenotaph.load.speed.result.Samples;
import dev.cenotaph.load.speed.scenario.Scripts;
import dev.cenotaph.load.speed.target.RunningTarget;
import dev.cenotaph.load.speed.target.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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
            Samples samples = run(options);
            System.exit(samples.errors() == 0 ? 0 : 1);
        } catch (IllegalArgumentException | DemoFailure e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    static Samples run(SpeedOptions options) throws IOException, InterruptedException {
        Files.createDirectories(options.output());
        Files.writeString(options.output().resolve("java.args"), javaArguments());
        try (Targets targets = Targets.start(options.targets(), options.targetOptions())) {
            List<RunningTarget> wanted = options.targets().stream()
                    .map(targets::find)
                    .flatMap(Optional::stream)
                    .toList();
            Samples samples = new Saturation(options, wanted, new Scripts()).measure();
            write(options.output().resolve("report.md"), MarkdownReport.of(samples));
            return samples;
        }
    }

    /** With these a run can be repeated without Maven: {@code java @target/speed/java.args}, and options. */
    private static String javaArguments() {
        return "--enable-native-access=ALL-UNNAMED\n-cp\n\"%s\"\n%s\n"
                .formatted(System.getProperty("java.class.path"), Speed.class.getName());
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        System.out.println(text);
        System.out.println(file);
    }
}
