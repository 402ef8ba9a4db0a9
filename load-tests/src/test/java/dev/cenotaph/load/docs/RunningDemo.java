package dev.cenotaph.load.docs;

import dev.cenotaph.load.demo.Child;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The demo on free ports, started by the very arguments with which its Maven profile starts it. */
final class RunningDemo implements AutoCloseable {
    private static final Pattern ARGUMENT = Pattern.compile("<argument>(--[^<]+)</argument>");

    private final int gateway = Ports.free();
    private final int management = Ports.free();
    private final int legacy = Ports.free();
    private final Path log;
    private final Child demo;

    RunningDemo(Path directory) {
        RunnableJar.path();
        log = directory.resolve("demo.log");
        demo = Child.start("demo", Child.java(command(directory).toArray(String[]::new)), log);
    }

    void awaitWelcome() throws InterruptedException {
        demo.awaitAnswer("http://localhost:" + management + "/actuator/health");
    }

    /** Where the pages say that something listens, and where it does. */
    Map<String, String> places() {
        return Map.of(
                "localhost:8080", "localhost:" + gateway,
                "localhost:8081", "localhost:" + management,
                "localhost:9090", "localhost:" + legacy);
    }

    String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean listensNowhere() {
        return Ports.isFree(gateway) && Ports.isFree(management) && Ports.isFree(legacy);
    }

    @Override
    public void close() {
        demo.close();
    }

    private List<String> command(Path directory) {
        var command =
                new ArrayList<>(List.of("-cp", System.getProperty("java.class.path"), "dev.cenotaph.load.demo.Demo"));
        Map<String, String> properties = Map.of(
                "${demo.root}/data/demo", directory.resolve("data").toString(),
                "${demo.root}", Page.ROOT.toString(),
                "${demo.legacy.port}", Integer.toString(legacy),
                "${demo.gateway.port}", Integer.toString(gateway),
                "${demo.management.port}", Integer.toString(management));
        Matcher arguments = ARGUMENT.matcher(profile());
        while (arguments.find()) {
            command.add(filled(arguments.group(1), properties));
        }
        return command;
    }

    private static String filled(String argument, Map<String, String> properties) {
        String filled = argument;
        // The longest first: one name begins another.
        for (String name : properties.keySet().stream()
                .sorted((one, other) -> other.length() - one.length())
                .toList()) {
            filled = filled.replace(name, properties.getOrDefault(name, ""));
        }
        return filled;
    }

    private static String profile() {
        try {
            String pom = Files.readString(Page.ROOT.resolve("load-tests/pom.xml"));
            int start = pom.indexOf("<id>demo</id>");
            return pom.substring(start, pom.indexOf("</profile>", start));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
