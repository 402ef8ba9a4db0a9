package dev.cenotaph.policy.launch;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The jar's first class. Where {@code java} is too old for the rest, it hands over to a newer one of this machine, and says
 * what is missing where there is none.
 */
public final class Launcher {
    private static final int UNUSABLE = 2;

    private Launcher() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, URISyntaxException {
        if (Runtime.version().feature() >= NewerJava.FEATURE) {
            run(arguments);
            return;
        }
        Optional<Path> newer = NewerJava.find(System.getenv(), Path.of(System.getProperty("user.home")));
        System.exit(newer.isPresent() ? run(newer.get(), arguments) : missing());
    }

    /** By name: this class is read by a Java that cannot read that one. */
    private static void run(String[] arguments) {
        try {
            Class.forName("dev.cenotaph.policy.cli.Cenotaph")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This jar is not complete", e);
        }
    }

    private static int run(Path java, String[] arguments) throws IOException, InterruptedException, URISyntaxException {
        File jar = new File(Launcher.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> command = new ArrayList<>(List.of(java.toString(), "-jar", jar.getPath()));
        command.addAll(Arrays.asList(arguments));
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private static int missing() {
        System.err.println("This needs Java " + NewerJava.FEATURE + " or later; it was started with Java "
                + Runtime.version().feature() + " (" + System.getProperty("java.home")
                + "), and no later one was found. Set JAVA_HOME to one, or start it with that one's bin/java.");
        return UNUSABLE;
    }
}
