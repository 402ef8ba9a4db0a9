package dev.cenotaph.policy.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks for a Java that is new enough where people and packages put them. */
final class NewerJava {
    /** The oldest that the command line runs on. */
    static final int FEATURE = 21;

    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");

    private NewerJava() {}

    /** The {@code java} of {@code JAVA_HOME} if that is new enough, else of the first place that has one. */
    static Optional<Path> find(Map<String, String> environment, Path userHome) {
        Stream<Path> named = Stream.ofNullable(environment.get("JAVA_HOME")).map(Path::of);
        Stream<Path> usual = Stream.of(
                        Path.of("/usr/lib/jvm"),
                        Path.of("/Library/Java/JavaVirtualMachines"),
                        Path.of("/opt"),
                        userHome.resolve(".sdkman/candidates/java"),
                        userHome.resolve(".jdks"))
                .flatMap(place -> in(place).stream())
                .flatMap(home -> Stream.of(home, home.resolve("Contents/Home")));
        return Stream.concat(named, usual)
                .filter(NewerJava::isNewEnough)
                .map(home -> home.resolve("bin/java"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static List<Path> in(Path place) {
        try (Stream<Path> homes = Files.list(place)) {
            return homes.sorted().collect(Collectors.toList());
        } catch (IOException nothingThere) {
            return List.of();
        }
    }

    private static boolean isNewEnough(Path home) {
        try {
            Matcher version = VERSION.matcher(Files.readString(home.resolve("release")));
            return version.find() && Integer.parseInt(version.group(1)) >= FEATURE;
        } catch (IOException noJava) {
            return false;
        }
    }
}
