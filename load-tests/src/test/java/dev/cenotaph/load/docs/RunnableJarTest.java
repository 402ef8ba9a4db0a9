package dev.cenotaph.load.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.load.demo.Child;
import dev.cenotaph.load.docs.Page.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runnable proxy in a process of its own, as it was packaged. */
class RunnableJarTest {
    @TempDir
    Path directory;

    @Test
    void brokenPoliciesStopTheStartWithEveryProblemTold() throws Exception {
        Block broken =
                page("policies.md").stream().filter(Block::isPolicy).toList().getLast();
        List<String> problems = page("policies.md").stream()
                .filter(block -> block.language().equals("text"))
                .findFirst()
                .orElseThrow()
                .lines();
        Files.writeString(directory.resolve("shop.yaml"), broken.text());

        String said = endedWith("--cenotaph.policies=shop.yaml");

        assertThat(said)
                .contains("exit code 1")
                .contains("The policies have " + problems.size() + " problems, so the gateway does not start")
                .contains(problems)
                .doesNotContain("\tat ");
        assertThat(directory.resolve("cenotaph.db")).doesNotExist();
    }

    @Test
    void missingPoliciesStopTheStart() throws Exception {
        assertThat(endedWith("--cenotaph.policies=nowhere"))
                .contains("exit code 1")
                .contains("nowhere:1:1: no-policy-files: There is nothing at this path.");
    }

    @Test
    void commandOfThePageStarts() throws Exception {
        Command command = page("operations.md").stream()
                .filter(Block::isConsole)
                .flatMap(block -> Command.of(block).stream())
                .filter(each -> each.program().equals("java"))
                .findFirst()
                .orElseThrow();
        int management = Ports.free();
        var words = new ArrayList<>(command.words().subList(1, command.words().size()));
        RunnableJar.path();
        words.add("--server.port=0");
        words.add("--management.server.port=" + management);
        words.add("--cenotaph.store.url=jdbc:sqlite:" + directory.resolve("cenotaph.db"));
        ProcessBuilder program = Child.java(words.toArray(String[]::new)).directory(Page.ROOT.toFile());
        try (Child gateway = Child.start("gateway", program, directory.resolve("gateway.log"))) {
            gateway.awaitAnswer("http://localhost:" + management + "/actuator/health/readiness");
        }
    }

    private String endedWith(String setting) throws Exception {
        ProcessBuilder program = Child.java(
                        "-jar",
                        RunnableJar.path().toString(),
                        setting,
                        "--cenotaph.store.url=jdbc:sqlite:cenotaph.db",
                        "--server.port=0",
                        "--management.server.port=0")
                .directory(directory.toFile());
        Path log = directory.resolve("gateway.log");
        try (Child gateway = Child.start("gateway", program, log)) {
            String end = gateway.ended().get(90, TimeUnit.SECONDS).getMessage();
            return Files.readString(log) + end;
        }
    }

    private static List<Block> page(String name) throws IOException {
        return Page.read(Page.ROOT.resolve("docs").resolve(name)).blocks();
    }
}
